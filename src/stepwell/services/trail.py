"""What a command brings about at once while a person waits for it (R4): in its instance, in called children, and back."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from stepwell.engine import events as e
from stepwell.engine import user_task_events as t
from stepwell.engine.deliveries import Delivery as Returning
from stepwell.engine.event import Event
from stepwell.engine.record_events import JobWentOn
from stepwell.engine.rows import Incident, Job, UserTask
from stepwell.engine.scopes import IN_BACKGROUND
from stepwell.engine.state import State
from stepwell.services.requests import Done, OnInstance, Request
from stepwell.store.deliveries import Delivery, job_of
from stepwell.store.jobs import ClaimedJob

FIRST = 1  # the attempt of a job that is born locked


class Trail:
    """The events of one request in the foreground, by instance, and what is to be done at once because of it.

    ``work`` is filled when the transaction is saved: only what is still to be done by then, and is locked for
    this server so that nobody else does it. ``person`` is who waits for all of it.
    """

    def __init__(self, person: str = "") -> None:
        self.person = person
        self.events: list[tuple[int, Event]] = []
        self.jobs: list[tuple[int, Job]] = []
        self.returns: list[tuple[int, Returning]] = []
        self.work: list[ClaimedJob] = []

    def note(self, instance_id: int, events: Sequence[Event]) -> None:
        """Remember what a command did to an instance."""
        self.events += [(instance_id, event) for event in events]
        self.jobs += [
            (instance_id, event.job)
            for event in events
            if isinstance(event, e.JobCreated) and is_awaited(event.job)
        ]

    def steps(self) -> Iterable[tuple[int, int]]:
        """The instance and the key of each step that it made."""
        return (
            (instance_id, event.task.key)
            for instance_id, event in self.events
            if isinstance(event, t.UserTaskCreated)
        )

    def living(self, states: dict[int, State]) -> dict[int, set[int]]:
        """The keys of its jobs that are still to be done, by instance."""
        found: dict[int, set[int]] = {}
        for instance_id, job in self.jobs:
            if job.key in states[instance_id].jobs:
                found.setdefault(instance_id, set()).add(job.key)
                self.work.append(ClaimedJob(instance_id, job, FIRST))
        return found

    def went_out(self, deliveries: Iterable[tuple[int, Delivery]]) -> None:
        """Deliveries were kept under these keys, which it has to carry out."""
        for key, delivery in deliveries:
            self.work.append(ClaimedJob(delivery.instance_id, job_of(delivery, key), FIRST))


def is_awaited(job: Job) -> bool:
    """Whether somebody waits for a job that was made in the foreground: not for its time, nor in the background."""
    return job.type not in ("timer", "reminder") and job.args != IN_BACKGROUND


def awaited(request: Request, person: str = "") -> Request:
    """The request as somebody asks it who waits for everything that it brings about: ``person``, or who asks."""
    found = replace(request, foreground=True, awaited_by=person or request.actor)
    if isinstance(found, OnInstance):
        return replace(found, command=replace(found.command, foreground=True))
    return found


class Standing(Struct):
    """How things stand behind a trail: open tasks that open by themselves, open incidents, jobs that are tried
    again later, and how instances ended. ``announced`` are the tasks that the caller knows of, once it was told
    that the rest goes on.
    """

    tasks: dict[tuple[int, int], UserTask] = {}
    incidents: dict[tuple[int, int], Incident] = {}
    put_off: set[tuple[int, int]] = set()
    ended: dict[int, str] = {}
    announced: set[tuple[int, int]] | None = None

    def so_far(self) -> "Standing":
        """How things stand now, whatever comes later."""
        return Standing(dict(self.tasks), dict(self.incidents), set(self.put_off), dict(self.ended))

    def late(self, actor: str) -> list[tuple[int, UserTask]]:
        """The open steps of a person of which nobody has told the caller; from now on somebody has."""
        if self.announced is None:
            return []
        found = [
            (instance_id, task)
            for instance_id, task in self.next(actor)
            if (instance_id, task.key) not in self.announced
        ]
        self.announced.update((instance_id, task.key) for instance_id, task in found)
        return found

    def go_on(self, events: Iterable[tuple[int, Event]]) -> None:
        """Take further events into account."""
        for instance_id, event in events:
            self.note(instance_id, event)

    def note(self, instance_id: int, event: Event) -> None:
        if isinstance(event, t.UserTaskCreated):
            if event.task.details.foreground:
                self.tasks[instance_id, event.task.key] = event.task
        elif isinstance(event, e.IncidentRaised):
            self.incidents[instance_id, event.incident.key] = event.incident
        elif isinstance(event, e.IncidentResolved | e.ElementCompleted | e.ElementTerminated):
            self.tasks.pop((instance_id, event.key), None)
            self.incidents.pop((instance_id, event.key), None)
        elif (isinstance(event, e.JobPutOff) and event.error) or isinstance(event, JobWentOn):
            self.put_off.add((instance_id, event.key))
        elif isinstance(event, e.JobDone):
            self.put_off.discard((instance_id, event.key))
        elif isinstance(event, e.InstanceEnded):
            self.ended[instance_id] = event.status

    def next(self, actor: str) -> list[tuple[int, UserTask]]:
        """The open steps of a person that the trail made, in the order in which it made them."""
        return [(place[0], task) for place, task in self.tasks.items() if actor and task.assignee == actor]


class Followed(Struct, frozen=True):
    """What came of a command: how things stand behind its trail, and whether something is still going on."""

    done: Done
    standing: Standing
    is_running: bool
