"""The hot statements as PostgreSQL understands them: rows travel as one array per column."""

from functools import lru_cache

from stepwell.store.columns import Type
from stepwell.store.statements import INSTANCE_COLUMNS
from stepwell.store.writes import Write

ARRAYS: dict[Type, str] = {
    "integer": "bigint[]",
    "text": "text[]",
    "blob": "bytea[]",
    "float": "double precision[]",
}
PAIRS = "select * from unnest(?::bigint[], ?::bigint[])"
NOW = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint"
BEGAN = f"{NOW}, (select value from counter where name = 'epoch'), pg_current_xact_id()::text"
LOCK_INSTANCES = (
    f"select {INSTANCE_COLUMNS} from process_instance p where p.id = any(?::bigint[])"
    " order by p.id for update skip locked"
)
EXISTING = "select id from process_instance where id = any(?::bigint[])"
NUMBERS = "select nextval(?::regclass) from generate_series(1, ?::bigint)"
LOCK_NAME = "select pg_advisory_xact_lock(hashtextextended(?, 0))"
OUTCOME = "select pg_xact_status(?::xid8)"
GUARDED = "with done as ({update} returning 1) select 1 / (count(*) = ?::bigint)::integer from done"
HOT_SETTINGS = (
    "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off"
    " -c plan_cache_mode=force_generic_plan -c lock_timeout=5s"
)
READ_SETTINGS = "-c jit=off"


def places(write: Write) -> tuple[int, ...]:
    """Which places of a row's tuple the statement takes, in the order of its arrays."""
    columns = write.layout.columns
    if write.verb == "delete":
        return tuple(range(write.layout.keys))
    if write.verb == "update":
        guard = (len(columns),) if write.guard else ()
        return (*range(write.layout.keys), *write.sets, *guard)
    return tuple(range(len(columns)))


def types(write: Write) -> tuple[Type, ...]:
    """The type of each array that the statement takes."""
    columns = write.layout.columns
    return tuple(columns[place].type if place < len(columns) else "integer" for place in places(write))


def text(write: Write) -> str:
    """The statement whose parameters are the arrays of ``places``; with a guard, also how many rows it must touch."""
    table, names, keys = write.layout.name, write.layout.names, write.layout.names[: write.layout.keys]
    arrays = ", ".join(f"?::{ARRAYS[kind]}" for kind in types(write))
    given = [names[place] if place < len(names) else "guard_value" for place in places(write)]
    source = f"unnest({arrays}) as given({', '.join(given)})"
    where = " and ".join(f"{table}.{name} = given.{name}" for name in keys)
    if write.verb == "delete":
        return f"delete from {table} using {source} where {where}"
    if write.verb == "update":
        sets = [f"{names[place]} = given.{names[place]}" for place in write.sets]
        guard = f" and {table}.{write.guard} = given.guard_value" if write.guard else ""
        changes = ", ".join([*sets, *filter(None, [write.also])])
        update = f"update {table} set {changes} from {source} where {where}{guard}"
        return GUARDED.format(update=update) if write.guard else update
    insert = f"insert into {table} ({', '.join(names)}) select * from unnest({arrays})"
    if write.verb == "insert":
        return insert
    if write.verb == "add":
        return f"{insert} on conflict do nothing"
    changes = ", ".join(f"{name} = excluded.{name}" for name in names[len(keys) :])
    return f"{insert} on conflict ({', '.join(keys)}) do update set {changes}"


@lru_cache(maxsize=1024)
def described(write: Write) -> tuple[str, tuple[int, ...], tuple[Type, ...]]:
    """The statement, the places of a row's tuple that it takes, and their types."""
    return text(write), places(write), types(write)
