"""What the page of an instance shows beside its diagram: the way it took, and its steps for people (O2)."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct

from stepwell.engine import events as e
from stepwell.engine.event import Event
from stepwell.identity import STEPWELL, Actor
from stepwell.services.ids import inner_id
from stepwell.services.instances import fetch
from stepwell.services.moments import moment, perhaps
from stepwell.services.past_steps import PastStep, PastSteps
from stepwell.services.records.titles import Connection, connections_of
from stepwell.services.records.viewer import ask
from stepwell.store import Store, checkpoint
from stepwell.store.history import HistoryRow
from stepwell.store.queries import history as queries
from stepwell.store.queries import instances as instance_queries
from stepwell.store.session import Session

PAGE = 1_000
MOST_CONNECTIONS = 200

StepState = Literal["open", "completed", "cancelled"]


class ElementPath(Struct, frozen=True):
    """How often an element was entered, done, ended from outside and got stuck (``failed``: every retry in vain counts);
    how many wait there now, and are stuck.
    """

    element: str
    entered: int
    completed: int
    ended: int
    waiting: int
    stuck: int
    failed: int = 0


class FlowPath(Struct, frozen=True):
    """How often a sequence flow was taken."""

    flow: str
    taken: int


class InstancePath(Struct, frozen=True):
    """The way that an instance took. ``is_complete`` is false when its early history was let go, or is too long."""

    elements: tuple[ElementPath, ...]
    flows: tuple[FlowPath, ...]
    is_complete: bool


class Step(Struct, frozen=True, kw_only=True):
    """A step for a person: who has or had it, and to whom it was offered; when it began and ended, and ``by`` whom;
    the ``outcome`` that was chosen.
    """

    id: str
    element: str
    title: str
    kind: str
    state: StepState
    assignee: str
    candidate_users: tuple[str, ...]
    candidate_roles: tuple[str, ...]
    created_at: datetime
    start_at: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    by: str = ""
    seconds: float | None = None
    outcome: str | list[str] | None = None


class Steps(Struct, frozen=True):
    """The steps for people of an instance, in the order in which they began; ``connections`` are the records that
    they are or were about, as far as one may see them.
    """

    items: tuple[Step, ...]
    is_complete: bool
    connections: tuple[Connection, ...] = ()


def path(store: Store, instance_id: str | int, actor: Actor = STEPWELL) -> InstancePath:
    """The way that an instance took; raises ``NotFound``, also when the actor may not see it."""
    with store.reading() as session:
        row = fetch(session, instance_id, actor)
        told = _Told(session, row.id)
        found = instance_queries.fetch_open(session, row.id)
    waiting = Counter(element.element for element in found.elements)
    stuck = Counter(incident.element for incident in found.incidents)
    counted = (told.entered, told.completed, told.ended, waiting, stuck, told.failed)
    elements = [ElementPath(name, *(count[name] for count in counted)) for name in told.entered | told.failed]
    flows = [FlowPath(name, count) for name, count in told.flows.items()]
    return InstancePath(tuple(elements), tuple(flows), told.is_complete)


def steps(store: Store, instance_id: str | int, actor: Actor = STEPWELL) -> Steps:
    """The steps for people of an instance; raises ``NotFound``, also when the actor may not see it."""
    with store.reading() as session:
        row = fetch(session, instance_id, actor)
        told = _Told(session, row.id)
    found = [step for _, step in sorted(told.steps.found.items())]
    records = dict.fromkeys(name for step in found for name in step.task.details.connections)
    known = (
        ask(store, actor, lambda viewer: connections_of(viewer, list(records)[:MOST_CONNECTIONS]))
        if records
        else {}
    )
    connections = tuple(known[name] for name in records if name in known)
    return Steps(tuple(_step(row.id, step) for step in found), told.is_complete, connections)


class _Told:
    """What the history of an instance tells, command by command."""

    def __init__(self, session: Session, instance: int) -> None:
        self.instance = instance
        self.steps = PastSteps()
        self.entered: Counter[str] = Counter()
        self.completed: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self.flows: Counter[str] = Counter()
        self.is_complete = True
        for row in self._rows(session):
            self.steps.note(row)
            for event in row.events:
                self._note(event)

    def _rows(self, session: Session) -> Iterator[HistoryRow]:
        after = read = 0
        while rows := queries.page(session, self.instance, after, PAGE):
            yield from rows
            after, read = rows[-1].revision, read + len(rows)
            if read >= queries.MOST:
                self.is_complete = False
                return

    def _note(self, event: Event) -> None:
        if isinstance(event, e.Checkpoint):
            self.is_complete = False
            self.entered.update(row.element for row in checkpoint.restore(event).elements.values())
        elif isinstance(event, e.ElementPassed):
            self.entered[event.element] += 1
            self.completed[event.element] += 1
            self.flows.update(event.flows)
        elif isinstance(event, e.ElementActivated):
            self.entered[event.element] += 1
        elif isinstance(event, e.ElementCompleted):
            self.completed[event.element] += 1
            self.flows.update(event.flows)
        elif isinstance(event, e.ElementTerminated):
            self.ended[event.element] += 1
        elif isinstance(event, e.IncidentRaised) and event.incident.element:
            self.failed[event.incident.element] += 1


def _step(instance: int, past: PastStep) -> Step:
    task = past.task
    created_at, ended_at = moment(task.created_at), perhaps(past.ended_at)
    return Step(
        id=inner_id(instance, task.key), element=task.element, title=task.title, kind=task.kind, state=_state(past),
        assignee=task.assignee, candidate_users=task.candidate_users, candidate_roles=task.candidate_roles,
        created_at=created_at, start_at=perhaps(task.start_at), due_at=perhaps(task.due_at), ended_at=ended_at,
        by=past.actor if past.by is None else past.by, outcome=past.outcome,
        seconds=None if ended_at is None else (ended_at - created_at).total_seconds(),
    )  # fmt: skip


def _state(past: PastStep) -> StepState:
    if past.ended_at is None:
        return "open"
    return "completed" if past.is_completed else "cancelled"
