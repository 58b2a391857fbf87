"""User tasks: a person's inbox, and lists of all."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from stepwell.engine.rows import UserTask
from stepwell.store.columns import USER_TASK
from stepwell.store.queries.page import CAPTION, LAST, Where
from stepwell.store.session import Session
from stepwell.store.tuples import Tuple, user_task_row

Place = tuple[int, int, int]

_COLUMNS = ", ".join(f"t.{name}" for name in USER_TASK.names)
_SELECT = f"select {_COLUMNS}, p.business_key, d.id, d.process_id, d.name, d.version, {CAPTION}"
_JOINED = " cross join process_instance p cross join definition d where p.id = t.instance_id and d.id = p.definition_id"
_SEEN = (
    "select created_at, instance_id, key from inbox where principal = ?"
    " and (created_at, instance_id, key) < (?, ?, ?)"
)
_NEWEST = " order by created_at desc, instance_id desc, key desc limit ?"
_BY_AGE = " order by i.created_at desc, i.instance_id desc, i.key desc"


class UserTaskView(Struct, frozen=True):
    """A task and the instance it belongs to."""

    instance_id: int
    task: UserTask
    business_key: str
    definition_id: int
    process_id: str
    process_name: str
    version: int
    caption: str

    @property
    def place(self) -> Place:
        """Where a list goes on behind this task."""
        return self.task.created_at, self.instance_id, self.task.key


class UserTaskFilter(Struct, frozen=True, kw_only=True):
    """Which tasks; what is None does not matter. ``after`` is the place of the last task seen.

    ``candidate`` and ``role`` find tasks that are offered to a user or role and nobody has yet.
    """

    assignee: str | None = None
    candidate: str | None = None
    role: str | None = None
    process_id: str | None = None
    definition_id: int | None = None
    instance_id: int | None = None
    element: str | None = None
    due_before: int | None = None
    limit: int = 50
    after: Place | None = None

    @property
    def principal(self) -> str | None:
        """The inbox in which all tasks asked for stand, if there is one."""
        if self.assignee is not None:
            return f"user:{self.assignee}"
        if self.candidate is not None:
            return f"user:{self.candidate}"
        return None if self.role is None else f"role:{self.role}"


def fetch(session: Session, instance_id: int, key: int) -> UserTaskView | None:
    """One open task."""
    statement = f"{_SELECT} from user_task t{_JOINED} and t.instance_id = ? and t.key = ?"
    found = session.read(statement, instance_id, key)
    return _view(found[0]) if found else None


def inbox(
    session: Session, principals: Sequence[str], limit: int = 50, after: Place | None = None
) -> list[UserTaskView]:
    """What a person sees, the newest first.

    ``principals`` are ``user:<name>``, ``role:<name>`` for each role, and ``*`` for what is open to all.
    """
    place = after or LAST
    own_limit = () if session.name == "sqlite" else (limit,)
    values = [value for principal in principals for value in (principal, *place, *own_limit)]
    found = session.read(_inbox(session.name, len(principals)), *values, limit) if principals else []
    return [_view(row) for row in found]


@lru_cache(maxsize=64)
def _inbox(database: str, count: int) -> str:
    """The first tasks of each principal, merged; a task that several of them see stands there once.

    SQLite walks along the index for all principals side by side and stops at the limit. PostgreSQL would
    read each to its end, so there each has the limit for itself.
    """
    if database == "sqlite":
        merged = " union ".join([_SEEN] * count) + _NEWEST
    else:
        parts = " union ".join(f"select * from ({_SEEN}{_NEWEST}) part{number}" for number in range(count))
        merged = f"select * from ({parts}) merged{_NEWEST}"
    return (
        f"{_SELECT} from ({merged}) i cross join user_task t{_JOINED}"
        f" and t.instance_id = i.instance_id and t.key = i.key{_BY_AGE}"
    )


def page(session: Session, asked: UserTaskFilter) -> list[UserTaskView]:
    """Open tasks, the newest first (those of one principal by age, others by instance)."""
    where = Where()
    where.equal("t.assignee", asked.assignee)
    where.equal("t.element", asked.element)
    where.equal("d.process_id", asked.process_id)
    where.equal("d.id", asked.definition_id)
    where.equal("t.instance_id", asked.instance_id)
    if asked.candidate is not None or asked.role is not None:
        where.equal("t.assignee", asked.assignee or "")
    if asked.due_before is not None:
        where.add("t.due_at < ?", asked.due_before)
    if asked.principal is not None:
        return _page_of_principal(session, asked, where)
    where.add("(t.instance_id, t.key) < (?, ?)", *(asked.after or LAST)[1:])
    statement = f"{_SELECT} from user_task t{_JOINED}{where.text('and')}"
    order = " order by t.instance_id desc, t.key desc limit ?"
    return [_view(row) for row in session.read(statement + order, *where.values, asked.limit)]


def _page_of_principal(session: Session, asked: UserTaskFilter, where: Where) -> list[UserTaskView]:
    statement = (
        f"{_SELECT} from inbox i cross join user_task t{_JOINED}"
        " and t.instance_id = i.instance_id and t.key = i.key and i.principal = ?"
        f" and (i.created_at, i.instance_id, i.key) < (?, ?, ?){where.text('and')}{_BY_AGE} limit ?"
    )
    values = (asked.principal, *(asked.after or LAST), *where.values, asked.limit)
    return [_view(row) for row in session.read(statement, *values)]


def _view(row: Tuple) -> UserTaskView:
    return UserTaskView(row[0], user_task_row(row[1:11]), *row[11:])
