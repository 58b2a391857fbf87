"""Searching everywhere: records of all types that a person may see, by words in their texts."""

from collections.abc import Iterator

from msgspec import Struct

from stepwell.identity import Actor
from stepwell.records.stored import fold
from stepwell.records.types import TEXTS, Field
from stepwell.records.values import reference
from stepwell.services.records.presenting import title_of
from stepwell.services.records.reading import LONGEST_SEARCH, MOST_WORDS
from stepwell.services.records.viewer import Viewer, ask
from stepwell.store import Store
from stepwell.store.records import queries
from stepwell.store.records.queries import Scope
from stepwell.store.records.table import Row, Table

PER_TYPE = 10
LOOKED_AT = 50_000
"""The newest records of a type that are looked at for words in the middle of a text."""

AROUND = 40


class Hit(Struct, frozen=True, kw_only=True):
    """Something that was found: what it is (``record``, ``step`` or ``process``), how it is called, and the text that
    has the words. ``type`` is that of a record, or the process.
    """

    kind: str
    id: str
    title: str
    type: str
    type_label: str
    field: str
    text: str


class Hits(Struct, frozen=True):
    """What was found, type by type. ``is_complete`` is false where only the newest records were looked at."""

    items: tuple[Hit, ...]
    is_complete: bool


def search(store: Store, actor: Actor, text: str) -> Hits:
    """Records in which all the words stand, at most ten of each type, the newest first."""
    return ask(store, actor, lambda viewer: hits(viewer, text))


def hits(viewer: Viewer, text: str) -> Hits:
    """The same within a session."""
    words = tuple(text[:LONGEST_SEARCH].replace("\0", "").split())[:MOST_WORDS]
    found: list[Hit] = []
    is_complete = True
    for name in viewer.visible if words else ():
        table = viewer.known.tables[name]
        fields = tuple(field for field in table.fields if field.kind in TEXTS)
        if table.type.kind == "lookup" or not fields:
            continue
        scope = Scope(table, viewer.known.tables, seeing=viewer.seeing, words=words, searched=fields)
        asked, is_whole = queries.newest(viewer.session, scope, LOOKED_AT, PER_TYPE, viewer.known.names)
        is_complete = is_complete and is_whole
        found += [_hit(table, fields, row, words) for row in asked]
    return Hits(tuple(found), is_complete)


def _hit(table: Table, fields: tuple[Field, ...], row: Row, words: tuple[str, ...]) -> Hit:
    name, text = next(_texts(fields, row, words), ("", ""))
    record_type = table.type
    return Hit(
        kind="record", id=reference(record_type.name, row["id"]), title=title_of(record_type, row),
        type=record_type.name, type_label=record_type.label or record_type.name, field=name, text=text,
    )  # fmt: skip


def _texts(fields: tuple[Field, ...], row: Row, words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The fields that have one of the words, and a piece of the text around it."""
    for field in fields:
        text = row[field.name] or ""
        for word in words:
            place = fold(text).find(fold(word))
            if place >= 0:
                start = max(0, place - AROUND)
                piece = " ".join(text[start : place + len(word) + AROUND].split())
                yield (
                    field.name,
                    f"{'…' * (start > 0)}{piece}{'…' * (place + len(word) + AROUND < len(text))}",
                )
