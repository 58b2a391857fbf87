"""Who links to a record: its deletion has to know."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from stepwell.records.types import Field
from stepwell.store.records.filter_sql import Tables
from stepwell.store.records.rows import marks, padded, parts
from stepwell.store.records.table import Row, Table, column
from stepwell.store.session import Session


class Place(Struct, frozen=True):
    """A field of a type through which records link to others, and the ids of these records."""

    table: Table
    field: Field
    ids: tuple[int, ...]


def places(
    session: Session, table: Table, found: Mapping[int, Row], tables: Tables, limit: int
) -> Iterator[Place]:
    """Where records of a table are linked from; of each place at most ``limit`` ids."""
    ids = list(found)
    keys = [row["code"] for row in found.values()] if table.type.kind == "lookup" else ids
    for other in tables.values():
        for field in other.type.linking():
            if field.type == "links":
                linking = _several(session, (other, field), table, ids, limit)
            elif field.to == table.type.name:
                linking = _single(session, (other, field), keys, limit)
            else:
                continue
            if linking:
                yield Place(other, field, linking)


def _single(
    session: Session, place: tuple[Table, Field], keys: Sequence[object], limit: int
) -> tuple[int, ...]:
    table, field = place
    found: list[int] = []
    for part in parts(keys):
        statement = (
            f"select {table.mark} t.id from {table.name} t where t.{column(field)} in ({marks(len(part))})"
            " order by t.id limit ?"
        )
        found += [row[0] for row in session.read(statement, *padded(part), limit - len(found))]
    return tuple(found)


def _several(
    session: Session, place: tuple[Table, Field], to: Table, ids: Sequence[int], limit: int
) -> tuple[int, ...]:
    table, field = place
    found: list[int] = []
    for part in parts(ids):
        statement = (
            "select distinct l.record_id from record_link l where l.type_id = ? and l.field = ? and l.to_type = ?"
            f" and l.to_id in ({marks(len(part))}) order by l.record_id limit ?"
        )
        given = (table.type.number, field.number, to.type.number, *padded(part), limit - len(found))
        found += [row[0] for row in session.read(statement, *given)]
    return tuple(found)
