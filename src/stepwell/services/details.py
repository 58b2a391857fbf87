"""One instance as an operator needs to see it: where it is, what it waits for, what is stuck, what it called."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict

from stepwell.engine.rows import ElementInstance, Job
from stepwell.identity import STEPWELL, Actor
from stepwell.services.directory import Directory
from stepwell.services.ids import inner_id
from stepwell.services.incidents import Incident
from stepwell.services.incidents import view as incident_view
from stepwell.services.instances import Instance, fetch
from stepwell.services.instances import view as instance_view
from stepwell.services.moments import moment
from stepwell.services.user_tasks import UserTask
from stepwell.services.user_tasks import view as task_view
from stepwell.store.queries import instances as queries
from stepwell.store.queries import jobs as job_queries
from stepwell.store.queries.incidents import IncidentView
from stepwell.store.queries.instances import InstanceView, Open
from stepwell.store.queries.user_tasks import UserTaskView


class Wait(Struct, frozen=True, omit_defaults=True):
    """What an element waits for.

    ``kind`` is ``user task``, ``timer``, ``job``, ``message``, ``signal``, ``record``, ``call``, ``flow`` (a joining
    gateway: the flow ``name`` has arrived, others not) or ``continuation``. ``name`` is the title, job
    type, message, signal or process; ``key`` the correlation key; ``due_at`` when a timer fires or a job is
    tried (again); ``error`` why the last attempt of a job failed.
    """

    kind: str
    name: str = ""
    key: str = ""
    id: str = ""
    due_at: datetime | None = None
    error: str = ""


class ActiveElement(Struct, frozen=True):
    """An element instance that is there now; ``scope`` is the id of the one around it, or of the instance."""

    id: str
    element: str
    scope: str
    state: str
    waits_for: tuple[Wait, ...] = ()


class InstanceDetails(Instance, frozen=True, kw_only=True):
    """An instance with everything that is open in it, at most 1,000 of each kind."""

    waiting: tuple[ActiveElement, ...] = ()
    user_tasks: tuple[UserTask, ...] = ()
    open_incidents: tuple[Incident, ...] = ()
    children: tuple[Instance, ...] = ()


def load(directory: Directory, instance_id: str | int, actor: Actor = STEPWELL) -> InstanceDetails:
    """One instance by its id; raises ``NotFound``, also when the actor may not see it."""
    with directory.store.reading() as session:
        row = fetch(session, instance_id, actor)
        found = queries.fetch_open(session, row.id)
        jobs = [item.job for item in job_queries.of_instance(session, row.id)]
        children = queries.called(session, row.id, actor)
    of_process = (
        row.business_key,
        row.definition_id,
        row.process_id,
        row.process_name,
        row.version,
        row.caption,
    )
    repairers = directory.repairers() if found.incidents else ()
    waits: dict[int, list[Wait]] = {}
    for key, wait in _waits(row.id, found, jobs):
        waits.setdefault(key, []).append(wait)
    for child in children:
        if child.ended_at is None:
            waits.setdefault(child.calling_key or 0, []).append(
                Wait("call", child.process_id, id=str(child.id))
            )
    return InstanceDetails(
        **asdict(instance_view(row)),
        waiting=tuple(_active(row, item, waits.get(item.key, ())) for item in found.elements),
        user_tasks=tuple(task_view(UserTaskView(row.id, item, *of_process)) for item in found.user_tasks),
        open_incidents=tuple(
            incident_view(IncidentView(row.id, item, *of_process), repairers) for item in found.incidents
        ),
        children=tuple(map(instance_view, children)),
    )  # fmt: skip


def _waits(instance: int, found: Open, jobs: list[Job]) -> Iterator[tuple[int, Wait]]:
    for task in found.user_tasks:
        yield task.key, Wait("user task", task.title, id=inner_id(instance, task.key))
    for job in jobs:
        yield job.element_key, _job_wait(job)
    for row in found.subscriptions:
        yield row.element_key, Wait(row.kind, row.name, row.correlation_key)
    for flow in found.flows:
        yield flow.gateway_key, Wait("flow", flow.flow)


def _job_wait(job: Job) -> Wait:
    if job.type == "timer":
        return Wait("timer", due_at=moment(job.due_at))
    if job.type == "continue":
        return Wait("continuation", due_at=moment(job.due_at))
    return Wait("job", job.type, due_at=moment(job.due_at), error=job.error)


def _active(row: InstanceView, item: ElementInstance, waits: tuple[Wait, ...] | list[Wait]) -> ActiveElement:
    scope = inner_id(row.id, item.scope) if item.scope else str(row.id)
    return ActiveElement(inner_id(row.id, item.key), item.element, scope, item.state, tuple(waits))
