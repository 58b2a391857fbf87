"""Process instances: one with all that is open in it, and lists, the newest first."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from stepwell.engine.rows import ElementInstance, Incident, Subscription, UserTask, WaitingFlow
from stepwell.store.columns import ELEMENT_INSTANCE, INCIDENT, SUBSCRIPTION, USER_TASK, WAITING_FLOW, Layout
from stepwell.store.queries.page import CAPTION, LAST, Where
from stepwell.store.session import Session
from stepwell.store.tuples import Tuple, element_row, user_task_row

_SELECT = (
    "select p.id, p.definition_id, d.process_id, d.name, d.version, p.status, p.revision, p.incidents,"
    " p.starter, p.business_key, p.started_at, p.ended_at, p.calling_instance, p.calling_key,"
    f" {CAPTION}"
)
_JOINED = " from process_instance p join definition d on d.id = p.definition_id"
_STATUSES = (
    "(select 'running' as status union all select 'terminating' union all select 'completed'"
    " union all select 'cancelled') s"
)
_OF_DEFINITIONS = {
    "sqlite": (
        f"{_SELECT} from definition d cross join {_STATUSES} cross join process_instance p"
        " where p.id in (select q.id {parts}){more}"
    ),
    "postgresql": (
        f"{_SELECT} from definition d cross join {_STATUSES} cross join lateral (select q.* {{parts}}) p"
        " where true{more}"
    ),
}
_PART = (
    "from process_instance q where q.definition_id = d.id and q.status = s.status and q.id < ?{more}"
    " order by q.id desc limit ?"
)


class InstanceView(Struct, frozen=True):
    """An instance and the version of the process that it runs."""

    id: int
    definition_id: int
    process_id: str
    process_name: str
    version: int
    status: str
    revision: int
    incidents: int
    starter: str
    business_key: str
    started_at: int
    ended_at: int | None
    calling_instance: int | None
    calling_key: int | None
    caption: str


class InstanceFilter(Struct, frozen=True, kw_only=True):
    """Which instances; what is None does not matter. The list goes on below the id ``after``."""

    status: Literal["running", "terminating", "completed", "cancelled"] | None = None
    process_id: str | None = None
    definition_id: int | None = None
    business_key: str | None = None
    starter: str | None = None
    limit: int = 50
    after: int | None = None


class Open(Struct, frozen=True):
    """What is open in an instance: where it is and what it waits for (at most ``limit`` of each kind)."""

    elements: Sequence[ElementInstance]
    flows: Sequence[WaitingFlow]
    user_tasks: Sequence[UserTask]
    subscriptions: Sequence[Subscription]
    incidents: Sequence[Incident]


def fetch(session: Session, instance_id: int) -> InstanceView | None:
    """One instance by its id."""
    found = session.read(f"{_SELECT}{_JOINED} where p.id = ?", instance_id)
    return InstanceView(*found[0]) if found else None


def fetch_open(session: Session, instance_id: int, limit: int = 1000) -> Open:
    """What is open in an instance, in order of keys."""

    def rows(layout: Layout) -> list[Tuple]:
        names = ", ".join(layout.names[1:])
        order = layout.names[1]
        statement = f"select {names} from {layout.name} where instance_id = ? order by {order} limit ?"
        return session.read(statement, instance_id, limit)

    return Open(
        [element_row(row) for row in rows(ELEMENT_INSTANCE)],
        [WaitingFlow(*row) for row in rows(WAITING_FLOW)],
        [user_task_row(row) for row in rows(USER_TASK)],
        [Subscription(*row) for row in rows(SUBSCRIPTION)],
        [Incident(*row) for row in rows(INCIDENT)],
    )


def called(session: Session, instance_id: int, limit: int = 200) -> list[InstanceView]:
    """The instances that this one called, in the order of the calls."""
    where = "where p.calling_instance = ? order by p.calling_key limit ?"
    return [InstanceView(*row) for row in session.read(f"{_SELECT}{_JOINED} {where}", instance_id, limit)]


def page(session: Session, asked: InstanceFilter) -> list[InstanceView]:
    """Instances, the newest first."""
    before = LAST[0] if asked.after is None else asked.after
    by_definition = asked.status or asked.process_id is not None or asked.definition_id is not None
    if asked.business_key is None and by_definition:
        return _page_of_definitions(session, asked, before)
    where = Where()
    where.add("p.id < ?", before)
    where.equal("p.business_key", asked.business_key)
    if asked.business_key is not None:
        where.add("p.business_key != ''")
    where.equal("p.starter", asked.starter)
    where.equal("p.status", asked.status)
    where.equal("d.process_id", asked.process_id)
    where.equal("d.id", asked.definition_id)
    statement = f"{_SELECT}{_JOINED}{where.text()} order by p.id desc limit ?"
    return [InstanceView(*row) for row in session.read(statement, *where.values, asked.limit)]


def _page_of_definitions(session: Session, asked: InstanceFilter, before: int) -> list[InstanceView]:
    """The newest of each definition and status, merged: each part is a few steps along an index."""
    starter, more = Where(), Where()
    starter.equal("q.starter", asked.starter)
    more.equal("s.status", asked.status)
    more.equal("d.process_id", asked.process_id)
    more.equal("d.id", asked.definition_id)
    part = _PART.format(more=starter.text("and"))
    statement = _OF_DEFINITIONS[session.name].format(parts=part, more=more.text("and"))
    values = (before, *starter.values, asked.limit, *more.values, asked.limit)
    found = session.read(f"{statement} order by p.id desc limit ?", *values)
    return [InstanceView(*row) for row in found]
