"""The Activities section (D3): whose activities, which are overdue, what stands in the calendar, what opens."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from stepwell.engine.rows import UserTask
from stepwell.identity import Actor
from stepwell.identity.policies import user_task as policy
from stepwell.records.shipped import ACTIVITY, FINAL
from stepwell.services.ids import inner_id
from stepwell.services.moments import micros, moment, perhaps
from stepwell.services.records import guarding, reading
from stepwell.services.records.presenting import Record, present
from stepwell.services.records.reading import ListAsked, RecordPage
from stepwell.services.records.viewer import Viewer, ask
from stepwell.store import Store
from stepwell.store.queries import inbox

MOST_IN_CALENDAR = 200
LONGEST_CALENDAR = 400  # days
MOST_LOOKED_THROUGH = 20  # times MOST_STARTING steps, of which hardly any may stand in the calendar
LAST = datetime(9999, 12, 31, tzinfo=UTC)


class Asked(Struct, frozen=True, kw_only=True):
    """Which activities: one's own, those of one's roles that nobody has, overdue ones, those made by processes, those
    that are not finished; with a ``filter`` as lists of records have it.
    """

    is_mine: bool = False
    is_of_my_roles: bool = False
    is_overdue: bool = False
    is_of_process: bool = False
    is_open: bool = False
    filter: Mapping[str, Any] | None = None
    search: str = ""
    sort: tuple[str, ...] = ("start",)
    limit: int = 50
    after: str | None = None


class Opening(Struct, frozen=True):
    """An activity, and what opening it opens: the ``step`` that waits for it, or the record itself."""

    record: Record
    opens: Literal["step", "record"]
    step: str = ""


class Days(Struct, frozen=True):
    """So many days from a moment on."""

    since: datetime
    days: int


class CalendarItem(Struct, frozen=True, kw_only=True):
    """An activity, or a step that stands in the calendar without one. ``step`` is the open step, if there is one."""

    id: str
    kind: Literal["activity", "step"]
    title: str
    start: datetime
    due: datetime | None
    owner: str
    owner_role: str
    step: str = ""
    is_finished: bool = False


class Calendar(Struct, frozen=True):
    """What begins or goes on between two moments, by start; ``is_complete`` is false when there is or may be more."""

    items: tuple[CalendarItem, ...]
    is_complete: bool


def page(store: Store, actor: Actor, asked: Asked) -> RecordPage:
    """Activities that one may see."""

    def question(viewer: Viewer) -> RecordPage:
        wanted = ListAsked(
            type=ACTIVITY,
            filter=_filter(viewer, asked),
            search=asked.search,
            sort=asked.sort,
            limit=asked.limit,
            after=asked.after,
        )
        return reading.page_of(viewer, wanted)

    return ask(store, actor, question)


def _filter(viewer: Viewer, asked: Asked) -> dict[str, Any]:
    parts: list[Any] = []
    whose = [*([MINE] if asked.is_mine else ()), *([OF_MY_ROLES] if asked.is_of_my_roles else ())]
    parts += [{"any": whose}] if whose else []
    if asked.is_open or asked.is_overdue:
        parts.append({"field": "status", "op": "not in", "value": list(FINAL)})
    if asked.is_overdue:
        parts.append({"field": "due", "op": "<", "value": moment(viewer.now).isoformat()})
    if asked.is_of_process:
        parts.append({"field": "step", "op": "is not empty"})
    return {"all": [*parts, *([asked.filter] if asked.filter else ())]}


MINE = {"field": "owner", "op": "is me"}
OF_MY_ROLES = {
    "all": [{"field": "owner", "op": "is empty"}, {"field": "owner_role", "op": "is my role"}],
}


def opening(store: Store, actor: Actor, id: str) -> Opening:
    """An activity and what it opens; raises ``NotFound``."""

    def question(viewer: Viewer) -> Opening:
        table, row = reading.find(viewer, ACTIVITY, id)
        task = guarding.awaiting(viewer.session, row)
        opens_step = task is not None and row["status"] not in FINAL and policy.may_open(actor, task)
        record = present(viewer, table, [row])[0]
        return Opening(record, "step", row["step"]) if opens_step else Opening(record, "record")

    return ask(store, actor, question)


# -- the calendar -------------------------------------------------------------------------------------------


def calendar(store: Store, actor: Actor, days: Days, which: Asked) -> Calendar:
    """What stands in the calendar in these days: activities as in the list, and one's steps that were put there."""
    since = days.since if days.since.tzinfo else days.since.replace(tzinfo=UTC)
    begin = min(since, LAST - timedelta(days=days.days))
    until = begin + timedelta(days=days.days)

    def question(viewer: Viewer) -> Calendar:
        wanted = _filter(viewer, replace(which, filter=_within(begin, until)))
        asked = ListAsked(
            type=ACTIVITY, filter=wanted, search=which.search, sort=("start",), limit=MOST_IN_CALENDAR
        )
        found = reading.page_of(viewer, asked)
        steps, are_all = _steps(viewer, begin, until, which)
        items = [*map(_activity, found.items), *steps]
        items.sort(key=lambda item: (item.start, item.id))
        return Calendar(tuple(items), found.after is None and are_all)

    return ask(store, actor, question)


def _within(since: datetime, until: datetime) -> dict[str, Any]:
    goes_on = {"field": "due", "op": ">=", "value": since.isoformat()}
    begins = {"field": "start", "op": ">=", "value": since.isoformat()}
    return {
        "all": [
            {"field": "in_calendar", "op": "=", "value": True},
            {"field": "start", "op": "<", "value": until.isoformat()},
            {"any": [goes_on, begins]},
        ]
    }


def _activity(record: Record) -> CalendarItem:
    values = record.values
    return CalendarItem(
        id=record.id,
        kind="activity",
        title=record.title,
        start=datetime.fromisoformat(values["start"]),
        due=datetime.fromisoformat(values["due"]) if values["due"] else None,
        owner=values["owner"] or "",
        owner_role=values["owner_role"] or "",
        step="" if values["status"] in FINAL else values["step"] or "",
        is_finished=values["status"] in FINAL,
    )


def _steps(viewer: Viewer, since: datetime, until: datetime, which: Asked) -> tuple[list[CalendarItem], bool]:
    """The first steps without an activity that were put into the calendar; and whether that is all of them."""
    found: list[CalendarItem] = []
    place: inbox.StartPlace = (micros(since), 0, 0)
    for _ in range(MOST_LOOKED_THROUGH):
        rows = inbox.starting(viewer.session, viewer.actor.principals, place, micros(until))
        found += [_step(row.instance_id, row.task) for row in rows if _is_shown(viewer, which, row.task)]
        if len(found) > MOST_IN_CALENDAR:
            break
        if len(rows) < inbox.MOST_STARTING:
            return found, True
        last = rows[-1]
        place = (last.task.start_at or 0, last.instance_id, last.task.key)
    return found[:MOST_IN_CALENDAR], False


def _is_shown(viewer: Viewer, which: Asked, task: UserTask) -> bool:
    if not task.details.in_calendar or task.details.activity:
        return False
    if which.is_overdue and (task.due_at is None or task.due_at >= viewer.now):
        return False
    if which.is_mine != which.is_of_my_roles and bool(task.assignee) != which.is_mine:
        return False
    title = task.title.casefold()
    return all(word in title for word in which.search.casefold().split())


def _step(instance_id: int, task: UserTask) -> CalendarItem:
    id = inner_id(instance_id, task.key)
    return CalendarItem(
        id=id,
        kind="step",
        title=task.title,
        start=moment(task.start_at or task.created_at),
        due=perhaps(task.due_at),
        owner=task.assignee,
        owner_role=next(iter(task.candidate_roles), ""),
        step=id,
    )
