"""Changing or deleting all records that meet a filter: at once when there are few, else a slice at a time.

A slice is found by id, up to the highest id that there was at the beginning: records that are added meanwhile
are left alone, and none is met twice. Whoever carries a slice out keeps its ``rest`` in the same transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from stepwell.records.asking import Asking
from stepwell.records.binding import bind
from stepwell.records.bound import ALWAYS, Bound, Every, Test
from stepwell.records.filters import Filter
from stepwell.services.moments import moment
from stepwell.services.records import deleting, writing
from stepwell.services.records.viewer import zone_of
from stepwell.services.records.work import Work
from stepwell.services.records.writing import Given
from stepwell.store.records import queries, rows
from stepwell.store.records.queries import Scope
from stepwell.store.session import Session

WINDOW = 20_000
"""The records that one transaction looks through, so that others need not wait for it."""


class Slice(Struct, frozen=True, array_like=True):
    """What is left to do: records behind one id up to another one, of a filter as it was at a time."""

    after: int
    highest: int
    at: int


class Touched(Struct, frozen=True):
    """How many records were touched, and what is left; ``rest`` is None when all are done."""

    count: int
    rest: Slice | None = None


def begin(work: Work, type_name: str, filter: Filter) -> tuple[list[int], Slice | None]:
    """The ids of the records that meet the filter; none, and a slice to begin with, if there are more than ``work.most``.

    So too if it would take long to find them: there are many records and no index serves the filter.
    """
    table = work.table(type_name)
    first = Slice(0, queries.highest_id(work.session, table), work.now)
    scope = _scope(work, type_name, filter, first)
    if not is_light(work.session, scope):
        return [], first
    found = queries.ids(work.session, scope, (0, first.highest), work.most + 1)
    return ([], first) if len(found) > work.most else (found, None)


def is_light(session: Session, scope: Scope) -> bool:
    """Whether few records have to be looked at: those that an index finds, or the whole of a small table."""
    parts: list[Bound] = [*_served(scope.filter)] or [ALWAYS]
    return any(map(_finds_one, parts)) or any(
        queries.count(session, Scope(scope.table, {}, part), WINDOW) <= WINDOW for part in parts
    )


def _served(found: Bound) -> Iterator[Test]:
    """What has to hold of all records that meet the filter and is found by an index."""
    if isinstance(found, Every):
        for item in found.items:
            yield from _served(item)
    elif isinstance(found, Test) and _has_index(found):
        yield found


def _has_index(found: Test) -> bool:
    if found.hops or found.op not in {"=", "in", "starts"}:
        return False
    return found.field.has_index or found.field.name == "id"


def _finds_one(part: Bound) -> bool:
    """Whether each of its values belongs to one record at most."""
    return isinstance(part, Test) and part.op != "starts" and (part.field.unique or part.field.name == "id")


def change_matching(
    work: Work, type_name: str, filter: Filter, values: Mapping[str, Any], part: Slice | None = None
) -> Touched:
    """Give the records that meet a filter the same values: all when there are few, or those of a slice.

    Without ``part`` and with more than ``work.most`` of them nothing is touched and ``rest`` is the first slice.
    """
    ids, rest = chosen(work, type_name, filter, part)
    writing.change(work, type_name, ids, values)
    return Touched(len(ids), rest)


def delete_matching(work: Work, type_name: str, filter: Filter, part: Slice | None = None) -> Touched:
    """Delete the records that meet a filter; see ``change_matching``. Counts those that go along."""
    ids, rest = chosen(work, type_name, filter, part)
    return Touched(deleting.delete(work, type_name, [Given({}, id) for id in ids]) if ids else 0, rest)


def counted(work: Work, type_name: str, filter: Filter, part: Slice) -> tuple[list[int], Slice | None]:
    """The ids of the records of one window that meet the filter, nothing of them locked, and what is left."""
    scope = _scope(work, type_name, filter, part)
    end = queries.id_behind(work.session, scope.table, part.after, WINDOW, part.highest)
    found = queries.ids(work.session, scope, (part.after, end), WINDOW)
    return found, Slice(end, part.highest, part.at) if end < part.highest else None


def chosen(work: Work, type_name: str, filter: Filter, part: Slice | None) -> tuple[list[int], Slice | None]:
    """The ids to be touched now, locked, and what is left."""
    if part is None:
        ids, rest = begin(work, type_name, filter)
    else:
        scope = _scope(work, type_name, filter, part)
        end = queries.id_behind(work.session, scope.table, part.after, WINDOW, part.highest)
        ids = queries.ids(work.session, scope, (part.after, end), work.slice)
        after = ids[-1] if len(ids) == work.slice else end
        rest = Slice(after, part.highest, part.at) if after < part.highest else None
    at = part.at if part else work.now
    return still_meeting(work, type_name, filter, (ids, at)), rest


def still_meeting(work: Work, type_name: str, filter: Filter, found: tuple[Sequence[int], int]) -> list[int]:
    """Those of the ids, in their order, that meet the filter as of a time now that they are locked."""
    ids, at = found
    if not ids:
        return []
    table = work.table(type_name)
    locked = rows.lock(work.session, table, ids, work.known.names)
    meeting = queries.meeting(work.session, _scope(work, type_name, filter, Slice(0, ids[-1], at)), ids)
    return [id for id in ids if id in locked and id in meeting]


def _scope(work: Work, type_name: str, filter: Filter, part: Slice) -> Scope:
    table = work.table(type_name)
    asking = Asking(moment(part.at), zone_of(work.actor.time_zone), work.actor.name, work.actor.roles)
    return Scope(table, work.known.tables, bind(filter, table.type, work.visible, asking), work.seeing)
