"""What one command brought about, worked out from its events."""

from collections.abc import Callable
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from stepwell.engine import events as e
from stepwell.engine import user_task_events as task_events
from stepwell.engine.event import Event
from stepwell.engine.rows import Incident, UserTask
from stepwell.services.directory import Directory
from stepwell.services.requests import Done
from stepwell.services.trail import Followed

State = Literal["waiting", "running", "ended", "incident"]


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
    """An incident that was raised. ``repairers`` are the roles whose members can repair it."""

    id: str
    element: str
    code: str
    message: str
    repairers: tuple[str, ...] = ()


class Progress(Struct, frozen=True):
    """The instance ``id`` after a command: its ``status`` and ``revision``, and what is new in it.

    ``waiting``, ``user_tasks`` and ``incidents`` name only what this command left behind, not what was
    there before. ``is_repeated`` is true when an idempotency key brought back an earlier answer; of a repetition
    in the foreground ``state``, ``next`` and ``incidents`` say what is open by now.
    ``state`` is where that leaves whoever asked: ``running`` if it goes on by itself. ``next`` are the open
    steps of this person that the command made in the foreground, in the order in which they were made.
    ``open_conditions`` say in words what a record that was saved on its page does not meet yet.
    """

    id: str
    status: str
    revision: int
    waiting: tuple[WaitingElement, ...] = ()
    user_tasks: tuple[OpenTask, ...] = ()
    incidents: tuple[RaisedIncident, ...] = ()
    is_repeated: bool = False
    state: State = "waiting"
    next: tuple[OpenTask, ...] = ()
    open_conditions: tuple[str, ...] = ()


def progress(done: Done) -> Progress:
    """What came of a command on an instance."""
    made = _Made()
    for event in done.events:
        note = _NOTES.get(type(event))
        if note is not None:
            note(made, event)
    id = str(done.instance_id)
    waiting = _innermost(id, made.living) if made.living else ()
    tasks = tuple(
        [OpenTask(f"{id}-{row.key}", row.element, row.title, row.assignee) for row in made.tasks.values()]
    )
    incidents = tuple(
        [
            RaisedIncident(f"{id}-{row.key}", row.element, row.code, row.message)
            for row in made.incidents.values()
        ]
    )
    state = state_of(is_ended=made.status != "running", is_stuck=bool(incidents))
    return Progress(
        id, made.status, done.revision, waiting, tasks, incidents, done.repeated, state,
        open_conditions=made.open_conditions,
    )  # fmt: skip


def state_of(*, is_ended: bool, is_stuck: bool, is_running: bool = False) -> State:
    if is_ended:
        return "ended"
    if is_stuck:
        return "incident"
    return "running" if is_running else "waiting"


def with_repairers(directory: Directory, found: Progress) -> Progress:
    """The same, and who can repair what is stuck."""
    if not found.incidents:
        return found
    roles = directory.repairers()
    return replace(found, incidents=tuple([replace(one, repairers=roles) for one in found.incidents]))


def followed(found: Followed, actor: str) -> Progress:
    """What came of a command in the foreground, with everything that it brought about at once."""
    done, standing = found.done, found.standing
    shown = progress(done)
    if done.trail is None:
        return shown
    status = standing.ended.get(done.instance_id, shown.status)
    stuck = tuple(
        RaisedIncident(f"{instance}-{row.key}", row.element, row.code, row.message)
        for (instance, _), row in standing.incidents.items()
    )
    state = state_of(is_ended=status != "running", is_stuck=bool(stuck), is_running=found.is_running)
    steps = tuple(
        OpenTask(f"{instance}-{task.key}", task.element, task.title, task.assignee)
        for instance, task in standing.next(actor)
    )
    return replace(shown, status=status, incidents=stuck, state=state, next=steps)


class _Made:
    """What the events left behind so far, by key."""

    __slots__ = ("incidents", "living", "open_conditions", "status", "tasks")

    def __init__(self) -> None:
        self.status = "running"
        self.open_conditions: tuple[str, ...] = ()
        self.living: dict[int, e.ElementActivated] = {}
        self.tasks: dict[int, UserTask] = {}
        self.incidents: dict[int, Incident] = {}

    def entered(self, event: e.ElementActivated) -> None:
        self.living[event.key] = event

    def left(self, event: e.ElementCompleted | e.ElementTerminated) -> None:
        self.living.pop(event.key, None)
        self.tasks.pop(event.key, None)
        self.incidents.pop(event.key, None)

    def created(self, event: task_events.UserTaskCreated) -> None:
        self.tasks[event.task.key] = event.task

    def saved(self, event: task_events.UserTaskSaved) -> None:
        self.open_conditions = event.open_conditions

    def raised(self, event: e.IncidentRaised) -> None:
        self.incidents[event.incident.key] = event.incident

    def ended(self, event: e.InstanceEnded | e.InstanceTerminating) -> None:
        self.status = event.status


_NOTES: dict[type[Event], Callable[[_Made, Any], None]] = {
    e.ElementActivated: _Made.entered,
    e.ElementCompleted: _Made.left,
    e.ElementTerminated: _Made.left,
    task_events.UserTaskCreated: _Made.created,
    task_events.UserTaskSaved: _Made.saved,
    e.IncidentRaised: _Made.raised,
    e.InstanceEnded: _Made.ended,
    e.InstanceTerminating: _Made.ended,
}


def _innermost(id: str, living: dict[int, e.ElementActivated]) -> tuple[WaitingElement, ...]:
    """Those that are not only the scope of others."""
    scopes = {event.scope for event in living.values()}
    return tuple(
        [WaitingElement(f"{id}-{key}", event.element) for key, event in living.items() if key not in scopes]
    )
