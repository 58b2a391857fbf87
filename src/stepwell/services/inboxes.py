"""Inboxes (in pages: Business process tasks): what a person has to do or may take, searched, sorted, in groups.

Sorted by age, due time or priority a page is a few steps along an index, however long the list is. Everything
else looks at so many tasks at once and no more: a search goes on with the next page, a list sorted or
grouped by process or role holds the newest and says that it is not complete.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import asdict, replace

from stepwell.identity import STEPWELL, Actor
from stepwell.records.stored import fold
from stepwell.services import cursors, given
from stepwell.services.moments import micros, moment
from stepwell.services.records.titles import Connection, connections_of
from stepwell.services.records.viewer import ask, zone_of
from stepwell.services.user_tasks import MOST_ROLES, Person, UserTask, view
from stepwell.store import Store
from stepwell.store.queries import inbox as queries
from stepwell.store.queries.inbox import MOST_COUNTED, InboxFilter, Order, Place
from stepwell.store.queries.user_tasks import UserTaskView
from stepwell.store.session import Session

Sort = Literal["created", "due", "priority", "process"]
Group = Literal["due", "process", "role"]
LOOKED_AT = 2_000
"""Tasks that are looked at for one page of a search, or sorted and counted at once."""
PART = 500
NOTHING_KNOWN: Mapping[str, Connection] = {}
Key = tuple[int | str, ...]


class InboxTask(UserTask, frozen=True, kw_only=True):
    """A task as its row in the inbox shows it. ``role`` is that of the person to which it is offered, empty for
    one's own; ``group`` the day, process or role of a list in groups, empty where there is none.
    """

    role: str = ""
    is_overdue: bool = False
    connections: tuple[Connection, ...] = ()
    group: str | None = None


class InboxPage(Struct, frozen=True):
    """Tasks in order; ``after`` asks for the next ones, None if there are none. A page of a search may be short
    or empty and go on all the same. ``is_complete`` is false where only the newest were sorted.
    """

    items: tuple[InboxTask, ...]
    after: str | None = None
    is_complete: bool = True


class InboxCounter(Struct, frozen=True):
    """How many tasks there are, exactly up to 99; ``has_more`` for more than these; ``is_overdue``: one of them is."""

    count: int
    has_more: bool
    is_overdue: bool


class InboxGroup(Struct, frozen=True):
    """A day, process or role, how it is called, and how many tasks it has."""

    key: str
    label: str
    count: int


class InboxGroups(Struct, frozen=True):
    """The groups of an inbox in order; ``is_complete`` is false where only the newest tasks were counted."""

    items: tuple[InboxGroup, ...]
    is_complete: bool


class Asked(Struct, frozen=True, kw_only=True):
    """What to show of an inbox. ``is_taken``: what colleagues have taken in its place; ``is_later``: also what
    starts later. Words of ``search`` stand in the title, the caption or the name of the process.
    """

    sort: Sort = "created"
    group: Group | None = None
    search: str = ""
    process_id: str | None = None
    role: str | None = None
    kind: str | None = None
    due_before: datetime | None = None
    is_taken: bool = False
    is_later: bool = False
    limit: int = 50
    after: str | None = None

    @property
    def is_sorted_at_once(self) -> bool:
        """Whether there is no index for the order."""
        return self.sort == "process" or self.group in ("process", "role")

    @property
    def is_narrow(self) -> bool:
        """Whether tasks have to be looked at before it is known that they are meant."""
        narrowing = (self.process_id, self.kind, self.due_before)
        return self.is_taken or bool(self.search.strip()) or any(wish is not None for wish in narrowing)

    @property
    def takes_long(self) -> bool:
        return self.is_sorted_at_once or self.is_narrow

    @property
    def order(self) -> Order:
        return "due" if self.group == "due" else "created" if self.sort == "process" else self.sort


ALL = Asked()


def page(store: Store, person: Person, asked: Asked, actor: Actor = STEPWELL) -> InboxPage:
    """A page of somebody's inbox, as ``actor`` may see it; raises ``Invalid`` for a wrong limit or ``after``."""
    count = cursors.limit(asked.limit)
    with store.reading() as session:
        inbox = _Inbox(session, person, asked, actor)
        rows, after, is_complete = inbox.sorted(count) if asked.is_sorted_at_once else inbox.walked(count)
    records = {name for row in rows for name in row.task.details.connections}
    known = ask(store, actor, lambda viewer: connections_of(viewer, records)) if records else {}
    return InboxPage(tuple(inbox.shown(row, known) for row in rows), after, is_complete)


def counter(store: Store, person: Person) -> InboxCounter:
    """How many tasks somebody's inbox shows now."""
    names = principals(person)
    with store.reading() as session:
        now = session.now()
        found = queries.count(session, names, now)
        is_overdue = found > 0 and queries.has_overdue(session, names, now)
    return InboxCounter(min(found, MOST_COUNTED - 1), found >= MOST_COUNTED, is_overdue)


def groups(store: Store, person: Person, asked: Asked, actor: Actor = STEPWELL) -> InboxGroups:
    """The groups of somebody's inbox and how many tasks each has; counts the newest ``LOOKED_AT``."""
    by = asked.group or "process"
    with store.reading() as session:
        inbox = _Inbox(session, person, asked, actor)
        rows, is_complete = inbox.newest()
    found = Counter(inbox.group(row, by) for row in rows)
    labels = {row.process_id: row.process_name or row.process_id for row in rows} if by == "process" else {}
    items = [InboxGroup(key, labels.get(key, key), count) for key, count in found.items()]
    items.sort(key=lambda item: (not item.key if by == "due" else False, fold(item.label), item.key))
    return InboxGroups(tuple(items), is_complete)


def person_of(actor: Actor) -> Person:
    """Whose inbox is one's own."""
    return Person(actor.name, tuple(sorted(actor.roles)))


def principals(person: Person, *, role: str | None = None, is_taken: bool = False) -> list[str]:
    """The names under which tasks stand in somebody's inbox: all, or those of one role."""
    roles = [f"role:{given.text(name, 'roles')}" for name in dict.fromkeys(person.roles[:MOST_ROLES])]
    if role is not None:
        roles = [name for name in roles if name == f"role:{role}"]
        names = roles
    else:
        user = f"user:{given.name(person.user, 'user')}"
        names = [user, *roles] if is_taken else [user, *roles, "*"]
    return [f"taken:{name}" for name in names] if is_taken else names


class _Inbox:
    """One inbox, and what is asked of it."""

    def __init__(self, session: Session, person: Person, asked: Asked, actor: Actor) -> None:
        self.session = session
        self.person = person
        self.asked = asked
        self.zone: ZoneInfo = zone_of(actor.time_zone)
        self.now = session.now()
        self.words = [fold(word) for word in given.text(asked.search, "search").split()]
        names = principals(person, role=given.asked(asked.role, "role"), is_taken=asked.is_taken)
        self.wish = InboxFilter(
            principals=names, order=asked.order, now=None if asked.is_later else self.now, limit=1
        )

    def walked(self, count: int) -> tuple[list[UserTaskView], str | None, bool]:
        """A page along the index, and where the next one begins."""
        place = _place(self.asked.after)
        if not self.asked.is_narrow:
            rows = self.part(place, count + 1)
            return rows[:count], self.behind(rows[count - 1]) if len(rows) > count else None, True
        found: list[UserTaskView] = []
        for _ in range(LOOKED_AT // PART):
            rows = self.part(place, PART)
            for row in filter(self.fits, rows):
                if len(found) == count:
                    return found, self.behind(found[-1]), True
                found.append(row)
            if len(rows) < PART:
                return found, None, True
            place = queries.place_of(self.wish.order, rows[-1])
        return found, None if place is None else cursors.encode(place), True

    def sorted(self, count: int) -> tuple[list[UserTaskView], str | None, bool]:
        """A page of the newest tasks, sorted as nothing is kept."""
        rows, is_complete = self.newest()
        keyed = sorted((self.key(row), number) for number, row in enumerate(rows))
        if keyed and self.asked.after:
            last = cursors.decode_like(self.asked.after, keyed[0][0])
            keyed = [(key, number) for key, number in keyed if key > last]
        shown = [rows[number] for _, number in keyed[:count]]
        after = cursors.encode(keyed[count - 1][0]) if len(keyed) > count else None
        return shown, after, is_complete

    def newest(self) -> tuple[list[UserTaskView], bool]:
        """The newest tasks that are meant, and whether these are all."""
        wish = replace(self.wish, order="created", limit=LOOKED_AT + 1)
        rows = queries.page(self.session, wish)
        return list(filter(self.fits, rows[:LOOKED_AT])), len(rows) <= LOOKED_AT

    def part(self, place: Place | None, limit: int) -> list[UserTaskView]:
        return queries.page(self.session, replace(self.wish, after=place, limit=limit))

    def behind(self, row: UserTaskView) -> str:
        return cursors.encode(queries.place_of(self.wish.order, row))

    def fits(self, row: UserTaskView) -> bool:
        """Whether a task of the inbox is meant."""
        asked, task = self.asked, row.task
        if asked.is_taken and task.assignee == self.person.user:
            return False
        if asked.process_id not in (None, row.process_id) or asked.kind not in (None, task.kind):
            return False
        if asked.due_before and (task.due_at is None or task.due_at >= micros(asked.due_before)):
            return False
        text = fold(f"{task.title} {row.caption} {row.process_name}") if self.words else ""
        return all(word in text for word in self.words)

    def key(self, row: UserTaskView) -> Key:
        """What a task is sorted by: its group, then the order within; the newest first where all is equal."""
        task = row.task
        process: Key = (fold(row.process_name or row.process_id), row.process_id)
        group = process if "process" in (self.asked.group, self.asked.sort) else (self.group(row, "role"),)
        own: dict[str, Key] = {"due": (task.due_at or 1 << 61,), "priority": (-task.priority,)}
        age = (-task.created_at, -row.instance_id, -task.key)
        return (*group, *own.get(self.asked.sort, ()), *age)

    def group(self, row: UserTaskView, by: Group) -> str:
        if by == "process":
            return row.process_id
        if by == "role":
            return role_of(row, self.person)
        due_at = row.task.due_at
        return "" if due_at is None else moment(due_at).astimezone(self.zone).date().isoformat()

    def shown(self, row: UserTaskView, known: dict[str, Connection]) -> InboxTask:
        by = self.asked.group
        found = shown(row, self.person, self.now, known)
        return replace(found, group=self.group(row, by)) if by else found


def shown(
    row: UserTaskView, person: Person, now: int, known: Mapping[str, Connection] = NOTHING_KNOWN
) -> InboxTask:
    """A task as the row of this person shows it; ``known`` are the records that the person sees."""
    task = row.task
    return InboxTask(
        **asdict(view(row)),
        role=role_of(row, person),
        is_overdue=task.due_at is not None and task.due_at < now,
        connections=tuple(known[name] for name in task.details.connections if name in known),
    )


def role_of(row: UserTaskView, person: Person) -> str:
    """The first of the person's roles to which a task is, or was, offered; empty for one's own."""
    task = row.task
    if task.assignee == person.user or person.user in task.candidate_users:
        return ""
    return min((role for role in task.candidate_roles if role in person.roles), default="")


def _place(after: str | None) -> Place | None:
    place = cursors.decode(after, 5)
    return None if place is None else (place[0], place[1], place[2], place[3], place[4])
