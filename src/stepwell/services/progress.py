"""What one command brought about, worked out from its events."""

from msgspec import Struct

from stepwell.engine import events as e
from stepwell.engine.rows import UserTask
from stepwell.services.ids import inner_id
from stepwell.services.requests import Done


class WaitingElement(Struct, frozen=True):
    """An element instance that was entered and waits: its ``id``, and the ``element`` of the diagram."""

    id: str
    element: str


class OpenTask(Struct, frozen=True):
    """A user task that was created; it may be claimed or completed by its ``id``."""

    id: str
    element: str
    title: str
    assignee: str = ""


class RaisedIncident(Struct, frozen=True):
    """An incident that was raised."""

    id: str
    element: str
    code: str
    message: str


class Progress(Struct, frozen=True):
    """The instance ``id`` after a command: its ``status`` and ``revision``, and what is new in it.

    ``waiting``, ``user_tasks`` and ``incidents`` name only what this command left behind, not what was
    there before. ``is_repeated`` is true when an idempotency key brought back an earlier answer.
    """

    id: str
    status: str
    revision: int
    waiting: tuple[WaitingElement, ...] = ()
    user_tasks: tuple[OpenTask, ...] = ()
    incidents: tuple[RaisedIncident, ...] = ()
    is_repeated: bool = False


def progress(done: Done) -> Progress:
    """What came of a command on an instance."""
    status = "running"
    living: dict[int, tuple[str, int]] = {}
    tasks: dict[int, UserTask] = {}
    incidents: dict[int, RaisedIncident] = {}
    for event in done.events:
        kind = type(event)
        if kind is e.ElementActivated:
            living[event.key] = (event.element, event.scope)  # type: ignore[attr-defined]
        elif isinstance(event, e.ElementCompleted | e.ElementTerminated):
            for table in (living, tasks, incidents):
                table.pop(event.key, None)
        elif isinstance(event, e.UserTaskCreated):
            tasks[event.task.key] = event.task
        elif isinstance(event, e.IncidentRaised):
            row = event.incident
            key = inner_id(done.instance_id, row.key)
            incidents[row.key] = RaisedIncident(key, row.element, row.code, row.message)
        elif isinstance(event, e.InstanceEnded | e.InstanceTerminating):
            status = event.status
    return Progress(
        str(done.instance_id),
        status,
        done.revision,
        _innermost(done.instance_id, living),
        tuple(OpenTask(inner_id(done.instance_id, row.key), row.element, row.title, row.assignee) for row in tasks.values()),
        tuple(incidents.values()),
        done.repeated,
    )  # fmt: skip


def _innermost(instance: int, living: dict[int, tuple[str, int]]) -> tuple[WaitingElement, ...]:
    """Those that are not only the scope of others."""
    scopes = {scope for _, scope in living.values()}
    return tuple(
        WaitingElement(inner_id(instance, key), element)
        for key, (element, _) in living.items()
        if key not in scopes
    )
