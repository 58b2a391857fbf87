"""``records.read``: the first record, several, how many, or a measure of a field."""

from decimal import Decimal
from typing import Any

from stepwell.engine.commands import Command, CompleteRecords, FailRecords
from stepwell.engine.data_step import Asked, asked_of
from stepwell.engine.record_work import MEASURES
from stepwell.errors import Conflict, Invalid, Rejection
from stepwell.records.stored import from_raw
from stepwell.services.inline.asking import ActorOf, expect_right, filter_of, worker_of
from stepwell.services.records import slices
from stepwell.services.records.presenting import feel_values
from stepwell.services.records.reading import ListAsked, measurable, measured, scope, sorting_of
from stepwell.services.records.viewer import Viewer, ask
from stepwell.store import Store
from stepwell.store.jobs import ClaimedJob
from stepwell.store.records import queries
from stepwell.store.records.queries import Scope

MOST = 1000
COUNTED = 1 << 60


class TooMuchError(Exception):
    """Reading it takes so long that others would have to wait: it is better done beside the transactions."""


def read(viewer: Viewer, asked: Asked, *, is_beside: bool = False) -> tuple[object, int]:
    """What the step gives, and how many records that are; raises ``Rejection``, and ``TooMuchError`` unless
    it is done beside all transactions.
    """
    expect_right(viewer, asked.record_type, "read")
    found = scope(
        viewer, ListAsked(type=asked.record_type, filter=filter_of(asked) if asked.filter else None)
    )
    if not is_beside and not is_light(viewer, found, asked):
        raise TooMuchError
    if asked.mode == "count":
        count = queries.count(viewer.session, found, COUNTED)
        return count, count
    if asked.mode in MEASURES:
        return measure(viewer, found, asked), 1
    return listed(viewer, found, asked)


def is_light(viewer: Viewer, found: Scope, asked: Asked) -> bool:
    """Whether it is done soon: without any condition the first ones are at hand, else few are to be looked at."""
    is_plain = not asked.filter and not asked.sort and not viewer.seeing
    if asked.mode in ("first", "list") and is_plain:
        return True
    return slices.is_light(viewer.session, found)


def measure(viewer: Viewer, found: Scope, asked: Asked) -> object:
    """A number, or for the least and the greatest a value of the field; null without any."""
    what: Any = MEASURES[asked.mode]
    if what in {"sum", "average"}:
        value = measured(viewer, found, what, asked.field).value
        return None if value is None else Decimal(value)
    field = measurable(found, what, asked.field)
    return from_raw(field, queries.measure(viewer.session, found, field, what))


def listed(viewer: Viewer, found: Scope, asked: Asked) -> tuple[object, int]:
    """Records as contexts, those made first first unless the author says how they are sorted."""
    limit = 1 if asked.mode == "first" else asked.limit or MOST
    wanted = queries.Asked(sorting_of(viewer, found.table.type, asked.sort), limit + 1, descending=False)
    rows = queries.page(viewer.session, found, wanted, viewer.known.names).rows
    if asked.mode == "list" and asked.limit is None and len(rows) > MOST:
        message = f"Expected at most {MOST} records of '{asked.record_type}' in a list without a limit, but there are more."
        raise Conflict("records.too-many", message)
    values = [feel_values(found.table, row) for row in rows[:limit]]
    if asked.mode == "first":
        return (values[0] if values else None), len(values)
    return values, len(values)


def told(error: Rejection) -> str:
    """What an incident says: everything that is wrong."""
    problems = (
        " ".join(problem.message for problem in error.problems[:10]) if isinstance(error, Invalid) else ""
    )
    return f"{error.message} {problems}".strip()


def beside(store: Store, actor_of: ActorOf, claimed: ClaimedJob) -> Command:
    """Read for a job beside all transactions; what comes of it as a command."""
    asked, job = asked_of(claimed.job), claimed.job
    try:
        actor = worker_of(asked, actor_of)
        result, count = ask(store, actor, lambda viewer: read(viewer, asked, is_beside=True))
    except Rejection as error:
        return FailRecords(job.key, error.code, told(error), depth=asked.depth)
    return CompleteRecords(job.key, count, result, depth=asked.depth)
