"""What a digest says: the steps of a person's inbox by when they are due, and what the person has not read yet."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from stepwell.identity import Actor
from stepwell.services import inboxes
from stepwell.services.digests.periods import WEEK, local_time
from stepwell.services.ids import inner_id
from stepwell.store import notifications
from stepwell.store.notifications import NotificationFilter
from stepwell.store.queries import inbox
from stepwell.store.queries.inbox import InboxFilter
from stepwell.store.queries.user_tasks import UserTaskView
from stepwell.store.session import Session

Heading = Literal["overdue", "today", "week", "other"]
HEADINGS: tuple[Heading, ...] = ("overdue", "today", "week", "other")
MOST = 99  # steps that are counted
SHOWN = 10  # of each heading
NOTIFICATIONS = 5


class Step(Struct, frozen=True):
    """A step that is open: what, of which instance, offered to which role (empty: one's own), due when."""

    id: str
    title: str
    caption: str
    role: str
    due: datetime | None


class Part(Struct, frozen=True):
    """The first steps under a heading, and how many there are in all; ``has_more`` for more than were counted."""

    heading: Heading
    steps: tuple[Step, ...]
    count: int
    has_more: bool


class Summary(Struct, frozen=True):
    """All that a digest says. ``count`` of steps is exact up to 99, ``has_more`` for more than these; ``unread`` of
    notifications, 100 for more than 99, with kind and title of the newest. ``today`` is the day where the person is.
    """

    today: date
    parts: tuple[Part, ...]
    count: int
    has_more: bool
    unread: int
    notifications: tuple[tuple[str, str], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.count or self.unread)


def gather(session: Session, actor: Actor, now: int) -> Summary:
    """What is open for a person: what the panel shows, and nothing else (T1)."""
    person = inboxes.person_of(actor)
    asked = InboxFilter(principals=inboxes.principals(person), order="due", now=now, limit=MOST + 1)
    rows = inbox.page(session, asked)
    today = local_time(now, actor.time_zone).date()
    told = NotificationFilter(person=actor.name, now=now, is_unread=True, limit=NOTIFICATIONS)
    return Summary(
        today,
        tuple(_parts(rows, actor, now)),
        min(len(rows), MOST),
        len(rows) > MOST,
        notifications.unread(session, actor.name, now),
        tuple((row.kind, row.title) for row in notifications.page(session, told)),
    )


def _parts(rows: Sequence[UserTaskView], actor: Actor, now: int) -> Iterator[Part]:
    by: dict[Heading, list[UserTaskView]] = {heading: [] for heading in HEADINGS}
    for row in rows[:MOST]:
        by[_heading(row, actor, now)].append(row)
    last = _heading(rows[-1], actor, now) if len(rows) > MOST else None
    for heading, found in by.items():
        if found:
            steps = tuple(_step(row, actor) for row in found[:SHOWN])
            yield Part(heading, steps, len(found), heading == last)


def _heading(row: UserTaskView, actor: Actor, now: int) -> Heading:
    due_at = row.task.due_at
    if due_at is None:
        return "other"
    if due_at < now:
        return "overdue"
    today, day = (local_time(at, actor.time_zone).date() for at in (now, due_at))
    if day == today:
        return "today"
    return "week" if day < today + timedelta(days=WEEK - today.weekday()) else "other"


def _step(row: UserTaskView, actor: Actor) -> Step:
    task = row.task
    due = None if task.due_at is None else local_time(task.due_at, actor.time_zone)
    role = inboxes.role_of(row, inboxes.person_of(actor))
    return Step(inner_id(row.instance_id, task.key), task.title, row.caption, role, due)
