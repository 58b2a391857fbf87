"""What is open around an instance: in itself, in what it called, and where it went back to when it ended."""

from collections.abc import Sequence

from msgspec import Struct

from stepwell.engine.rows import Incident, Job, UserTask
from stepwell.store.columns import INCIDENT, JOB, USER_TASK, Layout
from stepwell.store.session import Session
from stepwell.store.tuples import Tuple, user_task_row

MOST = 1_000  # instances, and rows of each kind
_ABOVE = (
    "with recursive above(id, status, caller) as ("
    "select id, status, calling_instance from process_instance where id = ?"
    " union all select p.id, p.status, p.calling_instance from above a join process_instance p on p.id = a.caller"
    " where a.status in ('completed', 'cancelled')) select id, status from above"
)
_BELOW = (
    "with recursive below(id) as (select id from process_instance where id = ?"
    " union all select p.id from below b join process_instance p on p.calling_instance = b.id"
    " where p.status in ('running', 'terminating')) select id from below limit ?"
)


class OpenWork(Struct, frozen=True):
    """Rows by instance, at most ``MOST`` of each kind, in the order in which they were made; how the instance
    asked for, and those that it went back to, are.
    """

    statuses: dict[int, str]
    tasks: Sequence[tuple[int, UserTask]]
    incidents: Sequence[tuple[int, Incident]]
    jobs: Sequence[tuple[int, Job]]


def around(session: Session, instance_id: int, person: str) -> OpenWork:
    """The open tasks of a person around an instance, and whatever is stuck or still to be done there."""
    statuses: dict[int, str] = dict(session.read(_ABOVE, instance_id))
    top = min(statuses, default=instance_id)  # a caller is older than what it called
    ids = [row[0] for row in session.read(_BELOW, top, MOST)]
    tasks = _rows(session, USER_TASK, ids, "assignee = ? order by created_at", person) if person else []
    incidents = _rows(session, INCIDENT, ids, "true order by raised_at")
    jobs = _rows(session, JOB, ids, "type not in ('timer', 'reminder') order by due_at")
    return OpenWork(
        statuses,
        [(row[0], user_task_row(row[1:])) for row in tasks],
        [(row[0], Incident(*row[1:])) for row in incidents],
        [(row[0], Job(*row[1:])) for row in jobs],
    )


def _rows(session: Session, of: Layout, ids: Sequence[int], rest: str, *values: object) -> list[Tuple]:
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    statement = f"select {', '.join(of.names)} from {of.name} where instance_id in ({marks}) and {rest}, instance_id, key limit ?"
    return session.read(statement, *ids, *values, MOST)
