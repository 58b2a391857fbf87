"""User tasks: one, and lists of all (a person's inbox: ``stepwell.store.queries.inbox``)."""

from msgspec import Struct

from stepwell.engine.rows import UserTask
from stepwell.identity import STEPWELL, Actor
from stepwell.store import policies
from stepwell.store.columns import USER_TASK
from stepwell.store.queries.page import CAPTION, LAST, Where
from stepwell.store.session import Session
from stepwell.store.tuples import Tuple, user_task_row

Place = tuple[int, int, int]

_COLUMNS = ", ".join(f"t.{name}" for name in USER_TASK.names)
SELECT = f"select {_COLUMNS}, p.business_key, d.id, d.process_id, d.name, d.version, {CAPTION}"
JOINED = " cross join process_instance p cross join definition d where p.id = t.instance_id and d.id = p.definition_id"
_OF_PROCESS = " cross join definition d where q.id = t.instance_id and d.id = q.definition_id"
_JOINED_ONE = {
    "sqlite": " join user_task t on t.instance_id = s.id{more}",
    # the offset keeps PostgreSQL from walking through all tasks instead
    "postgresql": " cross join lateral (select t.* from user_task t where t.instance_id = s.id{more} offset 0) t",
}
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


def fetch(session: Session, instance_id: int, key: int, actor: Actor = STEPWELL) -> UserTaskView | None:
    """One open task of an instance that the actor may see."""
    where = Where()
    where.add("t.instance_id = ? and t.key = ?", instance_id, key)
    where.add_condition(policies.instance_seen(actor))
    found = session.read(f"{SELECT} from user_task t{JOINED}{where.text('and')}", *where.values)
    return view(found[0]) if found else None


def page(session: Session, asked: UserTaskFilter, actor: Actor = STEPWELL) -> list[UserTaskView]:
    """Open tasks of instances that the actor may see, the newest first (those of one principal by age,
    others by instance).
    """
    if asked.principal is None and asked.instance_id is None and not policies.sees_all(actor):
        return _page_of_actor(session, asked, actor)
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
    where.add_condition(policies.instance_seen(actor))
    if asked.principal is not None:
        return _page_of_principal(session, asked, where)
    where.add("(t.instance_id, t.key) < (?, ?)", *(asked.after or LAST)[1:])
    statement = f"{SELECT} from user_task t{JOINED}{where.text('and')}"
    order = " order by t.instance_id desc, t.key desc limit ?"
    return [view(row) for row in session.read(statement + order, *where.values, asked.limit)]


def _page_of_actor(session: Session, asked: UserTaskFilter, actor: Actor) -> list[UserTaskView]:
    """The open tasks of the newest instances that a person started or had a step of, merged."""
    place = (asked.after or LAST)[1:]
    where = Where()
    where.add("(t.instance_id, t.key) < (?, ?)", *place)
    where.equal("t.element", asked.element)
    if asked.due_before is not None:
        where.add("t.due_at < ?", asked.due_before)
    for column, value in (("d.process_id", asked.process_id), ("d.id", asked.definition_id)):
        if value is not None:
            where.add(f"exists (select 1 from process_instance q{_OF_PROCESS} and {column} = ?)", value)
    joined = _JOINED_ONE[session.name].format(more=where.text("and"))
    part = policies.Part("t.instance_id, t.key", joined, "s.id <= ?", "s.id desc, t.key desc")
    statement = (
        f"{SELECT} from ({policies.merged(session, actor, part)}) v cross join user_task t{JOINED}"
        " and t.instance_id = v.instance_id and t.key = v.key order by t.instance_id desc, t.key desc"
    )
    values = policies.merged_values(actor, [*where.values, place[0]], asked.limit)
    return [view(row) for row in session.read(statement, *values)]


def _page_of_principal(session: Session, asked: UserTaskFilter, where: Where) -> list[UserTaskView]:
    statement = (
        f"{SELECT} from inbox i cross join user_task t{JOINED}"
        " and t.instance_id = i.instance_id and t.key = i.key and i.principal = ?"
        f" and (i.created_at, i.instance_id, i.key) < (?, ?, ?){where.text('and')}{_BY_AGE} limit ?"
    )
    values = (asked.principal, *(asked.after or LAST), *where.values, asked.limit)
    return [view(row) for row in session.read(statement, *values)]


def view(row: Tuple) -> UserTaskView:
    """A row of ``SELECT``."""
    return UserTaskView(row[0], user_task_row(row[1:11]), *row[11:])
