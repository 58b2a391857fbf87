"""What happened to an instance: facts, in the past tense.

``apply`` is the only place where state changes. The events of one command are kept as one packed row of
the history: a list of arrays that begin with the event's tag. Tags are never used again for something
else; new fields come last and have defaults.
"""

from typing import ClassVar

from msgspec.structs import replace

from stepwell.engine.counting import count_child, count_incident, count_waits, drop_waits, remove_element
from stepwell.engine.event import Event
from stepwell.engine.rows import (
    ElementInstance,
    ElementState,
    Incident,
    Job,
    ProcessInstance,
    Subscription,
    WaitingFlow,
)
from stepwell.engine.state import State
from stepwell.engine.values import Plain, Values

# -- the instance ---------------------------------------------------------------------------------------


class InstanceStarted(Event, frozen=True, gc=False, tag=1):
    """The instance exists from now on; its row as it was at the start."""

    instance: ProcessInstance

    def apply(self, state: State) -> None:
        state.instances.put(0, self.instance)


class InstanceEnded(Event, frozen=True, gc=False, tag=2):
    """Nothing is left to do: completed, or cancelled by somebody for a reason."""

    status: str
    at: int
    reason: str = ""

    def apply(self, state: State) -> None:
        if state.instance.waits:
            drop_waits(state, 0)
        ended = replace(
            state.instance, status=self.status, ended_at=self.at, waits=0, visits=None, positions=None
        )
        state.instances.put(0, ended)


class InstanceTerminating(Event, frozen=True, gc=False, tag=4):
    """Everything inside is being ended, in several transactions; ``status`` is what comes then."""

    status: str
    reason: str = ""

    def apply(self, state: State) -> None:
        state.instances.put(0, replace(state.instance, status="terminating"))


class VariablesSet(Event, frozen=True, gc=False, tag=3):
    """Variables of one scope have new values.

    ``plain`` are small values that need no codec of their own (the usual case, and quick to write),
    ``others`` all else.
    """

    scope: int
    plain: dict[str, Plain]
    others: Values | None = None

    def apply(self, state: State) -> None:
        table = state.local(self.scope)
        for name, value in self.plain.items():
            table.put(name, value)
        if self.others is not None:
            for name, other in self.others.map.items():
                table.put(name, other)

    @property
    def values(self) -> dict[str, object]:
        """All of them."""
        return {**self.plain, **(self.others.map if self.others else {})}


# -- elements -------------------------------------------------------------------------------------------


class ElementPassed(Event, frozen=True, gc=False, tag=10):
    """An element was entered and left in one go; ``flows`` are the ids of the flows taken."""

    element: str
    scope: int
    flows: tuple[str, ...] = ()


class ElementActivated(Event, frozen=True, gc=False, tag=11):
    """An element instance exists from now on. ``counted``: its scope keeps positions of this element."""

    key: int
    element: str
    scope: int
    state: ElementState = "active"
    data: dict[str, object] | None = None
    counted: bool = False

    def apply(self, state: State) -> None:
        row = ElementInstance(self.key, self.element, self.scope, self.state, data=self.data)
        state.elements.put(self.key, row)
        state.complete.add(self.key)
        state.loaded_waits.add(self.key)
        state.last_key = self.key
        if self.state == "joining":
            state.joins.put((self.scope, self.element), self.key)
        count_child(state, row, 1, self.counted)


class ElementChanged(Event, frozen=True, gc=False, tag=12):
    """The element instance is in another state or remembers something else."""

    key: int
    state: ElementState
    data: dict[str, object] | None = None

    def apply(self, state: State) -> None:
        state.elements.put(self.key, replace(state.elements[self.key], state=self.state, data=self.data))


class ElementCompleted(Event, frozen=True, gc=False, tag=13):
    """The element did what it is for; ``flows`` are the ids of the flows taken."""

    key: int
    element: str
    flows: tuple[str, ...] = ()
    counted: bool = False

    def apply(self, state: State) -> None:
        remove_element(state, self.key, self.counted)


class ElementTerminated(Event, frozen=True, gc=False, tag=14):
    """The element was ended from outside before it was done."""

    key: int
    element: str
    counted: bool = False

    def apply(self, state: State) -> None:
        remove_element(state, self.key, self.counted)


class CycleEntered(Event, frozen=True, gc=False, tag=15):
    """An entry of a cycle of the diagram was passed for the ``count``-th time in this scope."""

    scope: int
    element: str
    count: int

    def apply(self, state: State) -> None:
        row = state.scope_row(self.scope)
        visits = dict(row.visits or ())
        visits[self.element] = self.count
        state.put_scope(self.scope, replace(row, visits=visits))


class TokenArrived(Event, frozen=True, gc=False, tag=16):
    """A token waits at a joining gateway on this incoming flow."""

    key: int
    flow: str

    def apply(self, state: State) -> None:
        place = (self.key, self.flow)
        waiting = state.flows.get(place)
        if waiting is None:
            row = state.elements[self.key]
            state.elements.put(self.key, replace(row, filled=row.filled + 1))
        state.flows.put(place, WaitingFlow(self.key, self.flow, waiting.tokens + 1 if waiting else 1))


class TokensTaken(Event, frozen=True, gc=False, tag=17):
    """A joining gateway consumed tokens: (flow, how many) pairs."""

    key: int
    taken: tuple[tuple[str, int], ...]

    def apply(self, state: State) -> None:
        row = state.elements[self.key]
        for flow, count in self.taken:
            waiting = state.flows[self.key, flow]
            if waiting.tokens == count:
                state.flows.drop((self.key, flow))
                row = replace(row, filled=row.filled - 1)
            else:
                state.flows.put((self.key, flow), WaitingFlow(self.key, flow, waiting.tokens - count))
        state.elements.put(self.key, row)


# -- jobs, timers, messages, signals --------------------------------------------------------------------


class JobCreated(Event, frozen=True, gc=False, tag=30):
    """A machine has something to do, now or at its time."""

    job: Job

    def apply(self, state: State) -> None:
        state.jobs.put(self.job.key, self.job)
        state.last_key = max(state.last_key, self.job.key)
        count_waits(state, self.job.element_key, 1)


class JobDone(Event, frozen=True, gc=False, tag=31):
    """The job did what it is for, or is not needed any more."""

    key: int

    def apply(self, state: State) -> None:
        job = state.jobs[self.key]
        state.jobs.drop(self.key)
        count_waits(state, job.element_key, -1)


class JobPutOff(Event, frozen=True, gc=False, tag=32):
    """The job runs (again) later: after a failure, or at the next time of its cycle."""

    key: int
    due_at: int
    retries: int
    failures: int = 0
    error: str = ""
    repeat: str = ""

    def apply(self, state: State) -> None:
        row = state.jobs[self.key]
        state.jobs.put(
            self.key,
            replace(
                row,
                due_at=self.due_at,
                retries=self.retries,
                failures=self.failures,
                error=self.error,
                repeat=self.repeat,
            ),
        )


class Subscribed(Event, frozen=True, gc=False, tag=33):
    """An element waits for a message or a signal."""

    subscription: Subscription

    def apply(self, state: State) -> None:
        row = self.subscription
        state.subscriptions.put(row.key, row)
        state.last_key = max(state.last_key, row.key)
        count_waits(state, row.element_key, 1)


class Unsubscribed(Event, frozen=True, gc=False, tag=34):
    """The element does not wait for it any more (it came, or something else came first)."""

    key: int

    def apply(self, state: State) -> None:
        row = state.subscriptions[self.key]
        state.subscriptions.drop(self.key)
        count_waits(state, row.element_key, -1)


class EventCaught(Event, frozen=True, gc=False, tag=35):
    """A timer, message, signal or error reached the element that was drawn for it."""

    element: str
    element_key: int
    name: str = ""


# -- incidents ------------------------------------------------------------------------------------------


class IncidentRaised(Event, frozen=True, gc=False, tag=40):
    """An element can not go on until somebody repairs what the incident names."""

    incident: Incident

    def apply(self, state: State) -> None:
        state.incidents.put(self.incident.key, self.incident)
        count_incident(state, self.incident.key, 1)


class IncidentResolved(Event, frozen=True, gc=False, tag=41):
    """Somebody let the element try again."""

    key: int

    def apply(self, state: State) -> None:
        state.incidents.drop(self.key)
        count_incident(state, self.key, -1)


# -- what leaves the instance ---------------------------------------------------------------------------


class ProcessCalled(Event, frozen=True, gc=False, tag=50):
    """A call activity starts a child; the child is found by this instance and ``key``."""

    leaves: ClassVar[bool] = True
    key: int
    process_id: str
    values: Values


class CallerInformed(Event, frozen=True, gc=False, tag=51):
    """A called child ended: completed with values, with a BPMN error code, or (code empty) cancelled."""

    leaves: ClassVar[bool] = True
    values: Values
    error_code: str | None = None
    message: str = ""


class CallEnded(Event, frozen=True, gc=False, tag=52):
    """A call activity was ended from outside: its child has to go."""

    leaves: ClassVar[bool] = True
    key: int


class MessageThrown(Event, frozen=True, gc=False, tag=53):
    """A message for whoever waits for its name and correlation key."""

    leaves: ClassVar[bool] = True
    name: str
    correlation_key: str
    values: Values


class SignalThrown(Event, frozen=True, gc=False, tag=54):
    """A signal for everybody who waits for its name now; in this instance, keys up to ``reached`` have it."""

    leaves: ClassVar[bool] = True
    name: str
    values: Values
    reached: int = 0


class Checkpoint(Event, frozen=True, gc=False, tag=60):
    """All rows as they were: folding may begin here."""

    rows: bytes
