"""What only the other records can tell: whether linked ones are there, whether a value is free."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from stepwell.errors import Invalid, Problem, how_many
from stepwell.records.naming import nearest, shown
from stepwell.records.stored import fold, from_raw
from stepwell.records.types import Field
from stepwell.records.values import parse_reference, reference, to_plain
from stepwell.services.records.work import Work
from stepwell.store.records import attachments, rows
from stepwell.store.records.history import Fields
from stepwell.store.records.table import Row, Table, compared_column

MOST_PROBLEMS = 1000


class Draft(Struct):
    """A record as it will be: its row, what it was before (None: a new one), which fields are other ones.

    ``place`` and ``line`` say where it stands in what was submitted, if there were several.
    """

    row: Row
    before: Row | None = None
    changed: Fields = {}
    place: str = ""
    line: int = 0

    def problem(self, rule: str, message: str, field: Field, hint: str = "") -> Problem:
        return Problem(rule, message, field=f"{self.place}{field.name}", line=self.line, hint=hint)

    def moved(self, problem: Problem) -> Problem:
        """A problem of this record, where it stands in what was submitted."""
        return replace(problem, field=f"{self.place}{problem.field}", line=self.line)


def expect_fitting(problems: Sequence[Problem], record_type: str) -> None:
    """Raise ``Invalid`` (``record.invalid``) if there are problems."""
    if problems:
        message = f"Expected values that fit '{record_type}', but found {how_many(problems)}."
        raise Invalid("record.invalid", message, problems[:MOST_PROBLEMS])


def linked_problems(work: Work, table: Table, drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Links to records that are not there, or that the person may not see; codes that can not be chosen."""
    new = table.type.name, {draft.row["id"] for draft in drafts if draft.before is None}
    for field in table.type.linking():
        changed = [draft for draft in drafts if field.name in draft.changed]
        if changed and field.type == "lookup":
            yield from _codes(work, field, changed)
        elif changed:
            yield from _links(work, field, changed, new)
    for field in table.type.all_fields:
        if field.type == "file":
            yield from _files(work, table, field, [draft for draft in drafts if field.name in draft.changed])


def _codes(work: Work, field: Field, drafts: Sequence[Draft]) -> Iterator[Problem]:
    wanted = {draft.row[field.name] for draft in drafts} - {None}
    if not wanted:
        return
    table = work.known.tables[field.to]
    known = rows.keep_codes(work.session, table, wanted)
    for draft in drafts:
        code = draft.row[field.name]
        if code is not None and not known.get(code, False):
            what = "an active code" if code in known else "a code"
            message = f"Expected {field.name} to be {what} of '{field.to}', but found {shown(code)}."
            yield draft.problem(
                "lookup.unknown-code", message, field, nearest(code, rows.active_codes(work.session, table))
            )


def _links(work: Work, field: Field, drafts: Sequence[Draft], new: tuple[str, set[int]]) -> Iterator[Problem]:
    """Each link that is new; one that stays may lead to what the person does not see.

    ``new``: the type and ids of records that are being added.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for draft in drafts:
        for to, id in _new_links(field, draft):
            wanted[to].add(id)
    there = {to: _seen(work, to, ids) for to, ids in wanted.items()}
    if new[0] in there:
        there[new[0]] |= new[1]
    for draft in drafts:
        for to, id in _new_links(field, draft):
            if id not in there[to]:
                message = f"Expected {field.name} to lead to a record, but there is no '{reference(to, id)}'."
                yield draft.problem("record.unknown", message, field)


def _new_links(field: Field, draft: Draft) -> Iterable[tuple[str, int]]:
    value = draft.row[field.name]
    if field.type == "links":
        before = set((draft.before or {}).get(field.name) or ())
        return [found for text in value or () if text not in before and (found := parse_reference(text))]
    return [] if value is None else [(field.to, value)]


def _seen(work: Work, name: str, ids: set[int]) -> set[int]:
    """Which of the records there are, for the person; they can not be deleted until the end of this transaction."""
    if name not in work.visible:
        return set()
    table = work.known.tables[name]
    kept = rows.keep_linked(work.session, table, ids)
    if work.access(name).see == "all":
        return kept
    found = rows.fetch(work.session, table, sorted(kept), work.known.names)
    return {id for id, row in found.items() if work.sees(table.type, row)}


def _files(work: Work, table: Table, field: Field, drafts: Sequence[Draft]) -> Iterator[Problem]:
    """A file has to be uploaded by the person, or to lie with this very record."""
    for draft in drafts:
        id = draft.row[field.name]
        found = None if id is None else attachments.fetch(work.session, id)
        own = reference(table.type.name, draft.row["id"])
        is_fit = found is not None and (
            found.owner == own or (found.owner == "" and found.actor == work.actor.name)
        )
        if id is not None and not is_fit:
            message = f"Expected {field.name} to be a file that was uploaded for it, but found {shown(id)}."
            yield draft.problem("attachment.unknown", message, field)


def unique_problems(work: Work, table: Table, drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Values that another record has, or another one of those submitted."""
    for field in table.fields:
        if field.unique:
            changed = [
                draft for draft in drafts if field.name in draft.changed and draft.row[field.name] is not None
            ]
            yield from _repeated(work, table, field, changed)


def _repeated(work: Work, table: Table, field: Field, drafts: Sequence[Draft]) -> Iterator[Problem]:
    if not drafts:
        return
    leaving = {draft.row["id"] for draft in drafts}
    held = rows.taken(
        work.session, table, compared_column(field), [_compared(field, draft.row) for draft in drafts]
    )
    seen: set[Any] = set()
    for draft in drafts:
        value = _compared(field, draft.row)
        if value in seen or any(id not in leaving for id in held.get(value, ())):
            found = to_plain(field, from_raw(field, draft.row[field.name]))
            message = f"Expected a {field.name} that no other record of '{table.type.name}' has, but {shown(found)} is taken."
            yield draft.problem("field.not-unique", message, field)
        seen.add(value)


def _compared(field: Field, row: Row) -> Any:
    raw = row[field.name]
    return fold(raw) if field.is_folded else raw
