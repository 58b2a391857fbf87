"""The hot statements as SQLite understands them."""

from functools import lru_cache

from stepwell.store.statements import INSTANCE_COLUMNS
from stepwell.store.writes import Write

INSTANCES = (
    f"with wanted(first, second) as ({{pairs}}) select {INSTANCE_COLUMNS}"
    " from wanted cross join process_instance p where p.id = wanted.first"
)
NUMBERS = "update counter set value = value + ? where name = ? returning value"
SETTINGS = """
pragma journal_mode = wal;
pragma synchronous = full;
pragma cache_size = -32000;
pragma wal_autocheckpoint = 2000;
pragma temp_store = memory;
"""


@lru_cache(maxsize=1024)
def text(write: Write) -> str:
    """The statement whose parameters are the columns of the layout, in order."""
    names = write.layout.names
    place = {name: f"?{number}" for number, name in enumerate(names, 1)}
    table = write.layout.name
    where = " and ".join(f"{name} = {place[name]}" for name in names[: write.layout.keys])
    if write.verb == "delete":
        return f"delete from {table} where {where}"
    if write.verb == "update":
        sets = [f"{names[number]} = {place[names[number]]}" for number in write.sets]
        guard = f" and {write.guard} = ?{len(names) + 1}" if write.guard else ""
        return f"update {table} set {', '.join([*sets, *filter(None, [write.also])])} where {where}{guard}"
    verb = {"insert": "insert", "put": "insert or replace", "add": "insert or ignore"}[write.verb]
    return f"{verb} into {table} ({', '.join(names)}) values ({', '.join(place.values())})"
