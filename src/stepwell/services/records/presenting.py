"""Records as people and programs get them: values as JSON, and how what they lead to is called."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from stepwell.identity.policies.record import narrower
from stepwell.records.stored import from_raw
from stepwell.records.types import Field, RecordType
from stepwell.records.values import parse_reference, reference, to_feel, to_plain
from stepwell.services.moments import moment
from stepwell.services.records.viewer import Viewer
from stepwell.store.records import rows
from stepwell.store.records.table import Row, Table


class Record(Struct, frozen=True, kw_only=True):
    """One record. ``values`` are plain JSON by field: a decimal is a text, so is the id of a linked record,
    a moment is UTC; ``titles`` say how linked records and lookup values are called, as far as one may see
    them. ``revision`` counts its changes: who changes it says which one they saw.
    """

    id: str
    type: str
    title: str
    revision: int
    values: dict[str, Any]
    titles: dict[str, str]
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str
    may_change: bool
    may_delete: bool


def present(
    viewer: Viewer, table: Table, found: Sequence[Row], columns: Iterable[str] | None = None
) -> list[Record]:
    """Records for the person; ``columns`` names the fields wanted, all if it is None."""
    record_type = table.type
    wanted = set(columns) if columns is not None else None
    fields = [field for field in record_type.all_fields if wanted is None or field.name in wanted]
    titles = _Titles(viewer, fields, found)
    return [_record(viewer, record_type, row, (fields, titles)) for row in found]


def value_of(field: Field, raw: Any) -> object:
    """The value of what is stored: of several links their ids."""
    return tuple(raw or ()) if field.type == "links" else from_raw(field, raw)


def plain_values(fields: Iterable[Field], row: Row) -> dict[str, Any]:
    """The values of a row as JSON has them."""
    return {field.name: to_plain(field, value_of(field, row[field.name])) for field in fields}


def title_of(record_type: RecordType, row: Row) -> str:
    """How people know the record."""
    name = record_type.title_field
    return str(row.get(name) or "") if name else ""


def _record(
    viewer: Viewer, record_type: RecordType, row: Row, shown: "tuple[list[Field], _Titles]"
) -> Record:
    fields, titles = shown
    access = viewer.access(record_type.name)
    return Record(
        id=reference(record_type.name, row["id"]),
        type=record_type.name,
        title=title_of(record_type, row),
        revision=row["revision"],
        values=plain_values(fields, row),
        titles=titles.of(row),
        created_at=moment(row["created_at"]),
        created_by=row["created_by"],
        changed_at=moment(row["changed_at"]),
        changed_by=row["changed_by"],
        may_change=viewer.may(narrower(access.see, access.change), record_type, row),
        may_delete=viewer.may(narrower(access.see, access.delete), record_type, row),
    )


class _Titles:
    """How the records are called to which the fields of some rows lead."""

    def __init__(self, viewer: Viewer, fields: Sequence[Field], found: Sequence[Row]) -> None:
        self.viewer = viewer
        self.fields = [field for field in fields if field.type in {"lookup", "link", "links"}]
        wanted: dict[str, set[Any]] = defaultdict(set)
        for row in found:
            for field in self.fields:
                for to, id in _leads_to(field, row[field.name]):
                    if to in viewer.visible:
                        wanted[to].add(id)
        self.known = {to: self.fetch(viewer.known.tables[to], ids) for to, ids in wanted.items()}

    def fetch(self, table: Table, ids: set[Any]) -> dict[Any, str]:
        """The title of each record of a type that may be seen, by its id or code."""
        if table.type.kind == "lookup":
            return rows.labels(self.viewer.session, table, ids)
        found = rows.fetch(self.viewer.session, table, sorted(ids), self.viewer.known.names)
        return {
            id: title_of(table.type, row) for id, row in found.items() if self.viewer.sees(table.type, row)
        }

    def of(self, row: Row) -> dict[str, str]:
        found = {}
        for field in self.fields:
            several = [self.known.get(to, {}).get(id) for to, id in _leads_to(field, row[field.name])]
            texts = [text for text in several if text]
            if texts:
                found[field.name] = ", ".join(texts)
        return found


def _leads_to(field: Field, raw: Any) -> Iterable[tuple[str, Any]]:
    if field.type == "links":
        return [found for found in map(parse_reference, raw or ()) if found]
    return [] if raw is None else [(field.to, raw)]


def feel_values(table: Table, row: Row) -> dict[str, object]:
    """A record as expressions see it: its id, its fields, who made and changed it and when."""
    system = {"id": reference(table.type.name, row["id"]), "revision": row["revision"]}
    at = {name: moment(row[name]) for name in ("created_at", "changed_at")}
    own = {field.name: to_feel(field, value_of(field, row[field.name])) for field in table.type.all_fields}
    return {**system, **at, "created_by": row["created_by"], "changed_by": row["changed_by"], **own}
