"""Adding and changing records, one or many of a type at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from stepwell.errors import Conflict, NotFound, Problem
from stepwell.identity.policies.record import narrower
from stepwell.records.changes import Change
from stepwell.records.filling import Filled, fill_changed, fill_new
from stepwell.records.shipped import ACTIVITY
from stepwell.records.stored import to_raw
from stepwell.records.types import RecordType
from stepwell.records.values import reference
from stepwell.services.moments import moment
from stepwell.services.records import guarding
from stepwell.services.records.checking import (
    Draft,
    expect_fitting,
    linked_problems,
    unique_problems,
)
from stepwell.services.records.formulas import calculate
from stepwell.services.records.presenting import plain_values
from stepwell.services.records.work import Noted, Work, difference
from stepwell.store.records import attachments, rows
from stepwell.store.records.table import Row, Table


class Given(Struct, frozen=True):
    """What was submitted for one record: its id (0: a new one), values, the revision that was seen.

    ``place`` and ``line`` say where it stands among several. ``new_id``: the id that a new one shall have.
    """

    values: Mapping[str, Any]
    id: int = 0
    revision: int | None = None
    place: str = ""
    line: int = 0
    new_id: int = 0


def save(work: Work, type_name: str, given: Sequence[Given]) -> list[Row]:
    """Add and change records of one type; gives them as they are now, in the order in which they were given.

    Raises ``Invalid`` (``record.invalid``) with every problem of all of them, ``NotFound``, ``Forbidden``,
    and ``Conflict`` (``record.outdated``) when somebody saved before.
    """
    drafts = prepare(work, type_name, given)
    write(work, work.known.tables[type_name], drafts)
    return [draft.row for draft in drafts]


def prepare(work: Work, type_name: str, given: Sequence[Given]) -> list[Draft]:
    """The records as they will be, checked, and those that are changed locked; nothing is written."""
    is_adding = any(not one.id for one in given)
    table = work.writable_table(type_name) if is_adding else work.table(type_name)
    held = _held(work, table, [one for one in given if one.id])
    problems: list[Problem] = []
    drafts = [_draft(work, table, (one, held.get(one.id)), problems) for one in given]
    _number(work, [draft for draft in drafts if not draft.row["id"]])
    if type_name == ACTIVITY and not work.is_of_step:
        problems += guarding.problems(work, drafts)
    problems += linked_problems(work, table, drafts)
    problems += unique_problems(work, table, drafts)
    expect_fitting(problems, type_name)
    return drafts


def add(work: Work, type_name: str, values: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Add records; see ``save``."""
    return save(work, type_name, [Given(one) for one in values])


def change(work: Work, type_name: str, ids: Sequence[int], values: Mapping[str, Any]) -> list[Row]:
    """Give records the same values; see ``save``."""
    return save(work, type_name, [Given(values, id) for id in ids])


def _held(work: Work, table: Table, given: Sequence[Given]) -> dict[int, Row]:
    """The records to be changed, locked; raises what keeps the person from changing one of them."""
    if not given:
        return {}
    found = rows.lock(work.session, table, [one.id for one in given], work.known.names)
    access = work.access(table.type.name)
    for one in given:
        row = found.get(one.id)
        if row is None or not work.sees(table.type, row):
            raise unknown(table.type, one.id)
        if not work.may(narrower(access.see, access.change), table.type, row):
            raise work.forbidden("change", table.type)
        if one.revision is not None and one.revision != row["revision"]:
            raise outdated(table, row, one)
    return found


def unknown(record_type: RecordType, id: object) -> NotFound:
    """That there is no such record, or none that the person may see."""
    return NotFound("record.unknown", f"Expected a record '{record_type.name}/{id}', but there is none.")


def outdated(table: Table, row: Row, given: Given) -> Conflict:
    """That somebody saved before, or nobody so often: what stands there now, and what the person meant."""
    name = reference(table.type.name, row["id"])
    message = f"Expected revision {given.revision} of '{name}', but {_found(row, given)}."
    facts = {
        "theirs": plain_values(table.type.all_fields, row),
        "yours": dict(given.values),
        "revision": row["revision"],
        "changed_by": row["changed_by"],
        "changed_at": moment(row["changed_at"]),
    }
    return Conflict("record.outdated", message, facts)


def _found(row: Row, given: Given) -> str:
    if (given.revision or 0) > row["revision"]:
        return f"there is none yet: the latest is {row['revision']}"
    who = f"'{row['changed_by']}'" if row["changed_by"] else "Stepwell"
    return f"{who} saved revision {row['revision']} meanwhile"


def _draft(work: Work, table: Table, one: tuple[Given, Row | None], problems: list[Problem]) -> Draft:
    """The record as it will be; what does not fit goes to the problems."""
    given, before = one
    if before is None:
        filled: Filled = fill_new(table.type, given.values, work.asking)
        row = _new_row(work, table, given.new_id)
    else:
        filled = fill_changed(table.type, given.values, work.asking)
        row = dict(before)
    draft = Draft(row, before, place=given.place, line=given.line)
    problems += [draft.moved(problem) for problem in filled.problems]
    for field in table.type.all_fields:
        if field.name in filled.values:
            value = filled.values[field.name]
            row[field.name] = (value or ()) if field.type == "links" else to_raw(field, value)
    calculate(table.type, row, work.asking)
    draft.changed = difference(table, before or {}, row)
    if draft.changed and before is not None:
        row["revision"], row["changed_at"], row["changed_by"] = (
            before["revision"] + 1,
            work.now,
            work.cause.actor,
        )
    return draft


def _new_row(work: Work, table: Table, id: int) -> Row:
    empty: Row = dict.fromkeys(field.name for field in table.type.all_fields)
    who = work.cause.actor
    made = {"created_at": work.now, "created_by": who, "changed_at": work.now, "changed_by": who}
    return {**empty, "id": id, "revision": 1, **made}


def _number(work: Work, drafts: Sequence[Draft]) -> None:
    if drafts:
        for draft, id in zip(drafts, work.session.numbers("record_id", len(drafts)), strict=True):
            draft.row["id"] = id


def write(work: Work, table: Table, drafts: Sequence[Draft]) -> None:
    """Write what was prepared, and tell of it."""
    new = [draft for draft in drafts if draft.before is None]
    changed = [draft for draft in drafts if draft.before is not None and draft.changed]
    if new:
        rows.insert(work.session, table, [draft.row for draft in new], work.known.numbers)
    for names, some in _alike(changed):
        rows.update(work.session, table, [draft.row for draft in some], names, work.known.numbers)
    _take_files(work, table, [*new, *changed])
    work.note(table, [*_noted(table, new, "added"), *_noted(table, changed, "changed")])


def _alike(drafts: Sequence[Draft]) -> Iterator[tuple[frozenset[str], list[Draft]]]:
    """Those of which the same fields change, together: one statement for all of them."""
    groups: dict[frozenset[str], list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(frozenset(draft.changed), []).append(draft)
    yield from groups.items()


def _noted(table: Table, drafts: Sequence[Draft], kind: Any) -> list[Noted]:
    name = table.type.name
    return [
        Noted(Change(name, draft.row["id"], kind, tuple(draft.changed), draft.row["revision"]), draft.changed)
        for draft in drafts
    ]


def _take_files(work: Work, table: Table, drafts: Sequence[Draft]) -> None:
    """A file that a field names belongs to the record now; one that it named before is gone."""
    for field in table.type.all_fields:
        if field.type != "file":
            continue
        for draft in drafts:
            if field.name in draft.changed:
                old, new = draft.changed[field.name]
                if old is not None:
                    attachments.mark(work.session, old, work.now)
                if new is not None:
                    owner = reference(table.type.name, draft.row["id"])
                    attachments.give(work.session, new, owner, field.name)
