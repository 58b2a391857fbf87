"""Deleting records: refused while others link to them, unless the link says what becomes of it then."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from stepwell.errors import Conflict
from stepwell.identity.policies.record import narrower
from stepwell.records.changes import Change
from stepwell.records.shipped import ACTIVITY
from stepwell.records.types import Field, RecordType
from stepwell.records.values import parse_reference, reference
from stepwell.services.records import guarding
from stepwell.services.records.work import Noted, Work, difference
from stepwell.services.records.writing import Given, outdated, unknown
from stepwell.store.records import attachments, references, rows
from stepwell.store.records.references import Place
from stepwell.store.records.table import Row, Table

MOST = 1000
EXAMPLES = 5


class _Plan:
    """Everything that one deletion takes along, found before anything is written."""

    def __init__(self, work: Work, most: int) -> None:
        self.work = work
        self.most = most
        self.gone: dict[str, dict[int, Row]] = {}
        self.cleared: dict[str, dict[int, Row]] = {}
        self.fields: dict[str, set[str]] = {}
        self.refused: list[Place] = []

    def take(self, table: Table, found: dict[int, Row]) -> None:
        """Let these records go, and see who links to them."""
        mine = self.gone.setdefault(table.type.name, {})
        new = {id: row for id, row in found.items() if id not in mine}
        mine.update(new)
        if sum(map(len, (*self.gone.values(), *self.cleared.values()))) > self.most:
            message = f"Expected at most {MOST} records to go or change with it, but there are more."
            raise Conflict("record.takes-too-many", message)
        if new:
            self.follow(table, new)

    def follow(self, table: Table, found: dict[int, Row]) -> None:
        tables = self.work.known.tables
        for place in list(references.places(self.work.session, table, found, tables, MOST + 1)):
            left = tuple(id for id in place.ids if id not in self.gone.get(place.table.type.name, {}))
            if left:
                self.decide(Place(place.table, place.field, left))

    def decide(self, place: Place) -> None:
        if place.field.on_delete == "refuse":
            self.refused.append(place)
            return
        is_going = place.field.on_delete == "delete"
        found = rows.lock(
            self.work.session, place.table, place.ids, self.work.known.names, for_deletion=is_going
        )
        if place.field.on_delete == "delete":
            self.take(place.table, found)
            return
        name = place.table.type.name
        known = self.cleared.setdefault(name, {})
        for id, row in found.items():
            known.setdefault(id, row)
        self.fields.setdefault(name, set()).add(place.field.name)


class Link(Struct, frozen=True):
    """Where a record is linked from: the type, the field, how many records (exactly up to 1,000), some of them."""

    type: str
    field: str
    label: str
    count: int
    examples: tuple[str, ...] = ()


def delete(work: Work, type_name: str, given: Sequence[Given]) -> int:
    """Delete records by their ids; gives how many went, those that went with them among it.

    Raises ``NotFound``, ``Forbidden``, and ``Conflict``: ``record.outdated`` when somebody saved one
    before, ``record.linked`` with the places when others link to one.
    """
    table = work.table(type_name)
    found = rows.lock(work.session, table, [one.id for one in given], work.known.names, for_deletion=True)
    access = work.access(type_name)
    for one in given:
        row = found.get(one.id)
        if row is None or not work.sees(table.type, row):
            raise unknown(table.type, one.id)
        if not work.may(narrower(access.see, access.delete), table.type, row):
            raise work.forbidden("delete", table.type)
        if one.revision is not None and one.revision != row["revision"]:
            raise outdated(table, row, one)
    plan = _Plan(work, MOST + len(found))
    plan.take(table, found)
    _expect_free(work, table.type, plan)
    guarding.expect_not_awaited(work.session, plan.gone.get(ACTIVITY, {}))
    _clear(work, plan)
    return sum(_remove(work, work.known.tables[name], gone) for name, gone in plan.gone.items() if gone)


def _expect_free(work: Work, record_type: RecordType, plan: _Plan) -> None:
    """Raise ``Conflict`` if a link stands in the way that does not go with the others."""
    left = []
    for place in plan.refused:
        name = place.table.type.name
        ids = [id for id in place.ids if id not in plan.gone.get(name, {})]
        if ids:
            examples = tuple(reference(name, id) for id in ids[:EXAMPLES]) if name in work.visible else ()
            left.append(Link(name, place.field.name, place.field.title, len(ids), examples))
    if left:
        where = "; ".join(f"{link.field} of {link.count} '{link.type}'" for link in left)
        message = (
            f"Expected that nothing links to this record of '{record_type.name}', but there are: {where}."
        )
        raise Conflict("record.linked", message, {"links": left})


def _clear(work: Work, plan: _Plan) -> None:
    """Empty the links that may be emptied, as a change of the records they stand in."""
    for name, found in plan.cleared.items():
        table = work.known.tables[name]
        left = {id: row for id, row in found.items() if id not in plan.gone.get(name, {})}
        fields = [field for field in table.type.all_fields if field.name in plan.fields[name]]
        changed = [(row, _without(work, fields, row, plan)) for row in left.values()]
        noted = [(after, difference(table, before, after)) for before, after in changed]
        noted = [(after, fields) for after, fields in noted if fields]
        if noted:
            names = {field for _, fields in noted for field in fields}
            rows.update(work.session, table, [after for after, _ in noted], names, work.known.numbers)
            work.note(table, [Noted(_changed(name, after, fields), fields) for after, fields in noted])


def _without(work: Work, fields: Sequence[Field], row: Row, plan: _Plan) -> Row:
    """The row without links to what is gone."""
    after = {**row, "revision": row["revision"] + 1, "changed_at": work.now, "changed_by": work.cause.actor}
    for field in fields:
        if field.type == "links":
            after[field.name] = tuple(text for text in row[field.name] if not _is_gone(text, plan))
        elif row[field.name] in plan.gone.get(field.to, {}):
            after[field.name] = None
    return after


def _is_gone(text: str, plan: _Plan) -> bool:
    parsed = parse_reference(text)
    return parsed is not None and parsed[1] in plan.gone.get(parsed[0], {})


def _changed(name: str, row: Row, fields: dict[str, Any]) -> Change:
    return Change(name, row["id"], "changed", tuple(fields), row["revision"])


def _remove(work: Work, table: Table, gone: dict[int, Row]) -> int:
    """Delete rows; their history keeps what they held, their files go."""
    name = table.type.name
    rows.delete(work.session, table, list(gone))
    attachments.mark_of(work.session, [reference(name, id) for id in gone], work.now)
    noted = []
    for id, row in gone.items():
        fields = difference(table, row, {})
        noted.append(Noted(Change(name, id, "deleted", tuple(fields), row["revision"] + 1), fields))
    work.note(table, noted)
    return len(gone)
