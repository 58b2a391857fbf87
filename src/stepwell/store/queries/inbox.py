"""A person's inbox: the tasks of several principals, merged along an index of each.

An order is one walk or several, one behind the other. What most tasks are without (a time when they are due,
a priority of their own) has an index of only those that have it, so the others cost nothing more.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from stepwell.store.postgresql.arrays import texts
from stepwell.store.queries.user_tasks import JOINED, SELECT, UserTaskView, view
from stepwell.store.session import Session

Order = Literal["created", "due", "priority"]
Place = tuple[int, int, int, int, int]
"""Where a list goes on: which walk, the time due or the priority (else 0), when created, instance, key."""
StartPlace = tuple[int, int, int]
"""Where a list by start goes on: the time when a task starts, instance, key."""

MOST_COUNTED = 100
MOST_STARTING = 1000
_END = 1 << 62


class InboxFilter(Struct, frozen=True, kw_only=True):
    """Which tasks, in which order: ``user:<name>``, ``role:<name>``, ``*`` for what is open to all, and with
    ``taken:`` before it what somebody has taken from these. ``now`` hides what starts later; None shows it.
    """

    principals: Sequence[str]
    order: Order = "created"
    now: int | None = None
    limit: int = 50
    after: Place | None = None


class Walk(NamedTuple):
    """A part of an order: the ``columns`` of its index, which rows this index ``indexes`` if not all, which of these
    the part ``holds``, and whether the columns rise.
    """

    columns: tuple[str, ...]
    holds: str = ""
    indexes: str = ""
    rises: bool = False


_AGE = ("created_at", "instance_id", "key")
WALKS: dict[Order, tuple[Walk, ...]] = {
    "created": (Walk(_AGE),),
    "due": (Walk(("due_at", *_AGE), indexes="due_at is not null", rises=True), Walk(_AGE, "due_at is null")),
    "priority": (
        Walk(("priority", *_AGE), "priority > 50", "priority != 50"),
        Walk(_AGE, "priority = 50"),
        Walk(("priority", *_AGE), "priority < 50", "priority != 50"),
    ),
}


class Asked(NamedTuple):
    """What makes the statement of a walk another one; the number of principals only where each is a part of it."""

    database: str
    walk: Walk
    principals: int
    hides: bool


def page(session: Session, asked: InboxFilter) -> list[UserTaskView]:
    """Tasks of the inbox in order; one that several principals see stands there once."""
    found: list[UserTaskView] = []
    first = asked.after[0] if asked.after else 0
    for number, walk in enumerate(WALKS[asked.order]):
        if number >= first and len(found) < asked.limit and asked.principals:
            wish = _wish(session, walk, asked)
            values = _values(wish, asked, number == first, asked.limit - len(found))
            found += map(view, session.read(_statement(wish), *values))
    return found


def _wish(session: Session, walk: Walk, asked: InboxFilter) -> Asked:
    parts = len(asked.principals) if session.name == "sqlite" else 0
    return Asked(session.name, walk, parts, asked.now is not None)


def place_of(order: Order, row: UserTaskView) -> Place:
    """Where a list in this order goes on behind a task."""
    task = row.task
    age = (task.created_at, row.instance_id, task.key)
    if order == "due":
        return (1, 0, *age) if task.due_at is None else (0, task.due_at, *age)
    if order == "priority":
        return (1, 0, *age) if task.priority == 50 else (0 if task.priority > 50 else 2, task.priority, *age)
    return (0, 0, *age)


def count(session: Session, principals: Sequence[str], now: int) -> int:
    """How many tasks an inbox shows now, exactly up to 100, which stands for more."""
    asked = InboxFilter(principals=principals, now=now, limit=MOST_COUNTED)
    wish = _wish(session, WALKS["created"][0], asked)
    found = session.read(
        f"select count(*) from ({_merged(wish)}) counted", *_values(wish, asked, True, asked.limit)
    )
    return int(found[0][0])


def has_overdue(session: Session, principals: Sequence[str], now: int) -> bool:
    """Whether one of the tasks that an inbox shows now is overdue."""
    values = [value for principal in principals for value in (principal, now, now)]
    return bool(session.read(_overdue(len(principals)), *values))


def starting(
    session: Session, principals: Sequence[str], after: StartPlace, until: int
) -> list[UserTaskView]:
    """The first tasks of an inbox that start behind a place and before a time; several principals see one once."""
    part = (
        "select start_at, instance_id, key from inbox"
        " where principal = ? and start_at >= ? and start_at < ? and (start_at, instance_id, key) > (?, ?, ?)"
    )
    order = "order by {0}start_at, {0}instance_id, {0}key"
    merged = f"{' union '.join([part] * len(principals))} {order.format('')} limit ?"
    values = [value for principal in principals for value in (principal, after[0], until, *after)]
    found = session.read(
        f"{SELECT} from ({merged}) i cross join user_task t{JOINED}"
        f" and t.instance_id = i.instance_id and t.key = i.key {order.format('i.')}",
        *values,
        MOST_STARTING,
    )
    return [view(row) for row in found]


@lru_cache(maxsize=64)
def _overdue(principals: int) -> str:
    part = f"select 1 from inbox where principal = ? and due_at is not null and due_at < ? and {_STARTED}"
    return f"{' union all '.join([part] * principals)} limit 1"


_STARTED = "(start_at is null or start_at <= ?)"


@lru_cache(maxsize=256)
def _statement(wish: Asked) -> str:
    return (
        f"{SELECT} from ({_merged(wish)}) i cross join user_task t{JOINED}"
        f" and t.instance_id = i.instance_id and t.key = i.key{_order(wish.walk, 'i.')}"
    )


def _merged(wish: Asked) -> str:
    """The first tasks of each principal, merged.

    SQLite walks along the index for all principals side by side and stops at the limit. PostgreSQL would
    read each to its end, so there each has the limit for itself; they come as one array, for planning a part of
    its own for each of fifty roles takes longer than reading.
    """
    walk, columns = wish.walk, ", ".join(wish.walk.columns)
    behind = f"({columns}) {'>' if walk.rises else '<'} ({', '.join('?' * len(walk.columns))})"
    meant = [_mostly(condition) for condition in (walk.holds, _STARTED if wish.hides else "") if condition]
    where = " and ".join(filter(None, [behind, walk.indexes, *meant]))
    part = f"select {columns} from inbox where principal = {{}} and {where}"
    order = f"{_order(walk)} limit ?"
    if wish.database == "sqlite":
        return " union ".join([part.format("?")] * wish.principals) + order
    return (
        f"select distinct {columns} from unnest(?::text[]) one(name)"
        f" cross join lateral ({part.format('one.name')}{order}) part{order}"
    )


def _mostly(condition: str) -> str:
    """A condition of which no database guesses that hardly any row meets it: then it would sort all rows."""
    return f"case when {condition} then 1 else 0 end <> 0"


def _order(walk: Walk, of: str = "") -> str:
    direction = "" if walk.rises else " desc"
    return f" order by {', '.join(f'{of}{column}{direction}' for column in walk.columns)}"


def _values(wish: Asked, asked: InboxFilter, is_first: bool, limit: int) -> list[Any]:
    """The values of ``_merged``; only the first walk goes on behind a place."""
    width = len(wish.walk.columns)
    beginning = (-_END if wish.walk.rises else _END,) * width
    behind = asked.after[-width:] if asked.after and is_first else beginning
    hides = () if asked.now is None else (asked.now,)
    if wish.database != "sqlite":
        return [texts(asked.principals), *behind, *hides, limit, limit]
    return [*(value for name in asked.principals for value in (name, *behind, *hides)), limit]
