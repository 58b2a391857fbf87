"""Instances made by hand, event by event, for stories about the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from msgspec.structs import replace

from stepwell.engine import events as e
from stepwell.engine import user_task_events as task_events
from stepwell.engine.event import Event
from stepwell.engine.rows import Job, ProcessInstance, Subscription, UserTask
from stepwell.engine.state import State
from stepwell.store import Store, open_store
from stepwell.store.deploying import NewDefinition, NewFile, Start
from stepwell.store.history import HistoryRow
from stepwell.store.loading import Target
from stepwell.store.saving import Save

NOW = 1_750_000_000_000_000
SECOND = 1_000_000


@dataclass
class Clock:
    """A clock that moves when told."""

    now: int = NOW

    def __call__(self) -> int:
        return self.now


@contextmanager
def opened(url: str, clock: Clock | None = None) -> Iterator[Store]:
    """A store for one story; what it did must agree with its history in the end."""
    store = open_store(url, clock=clock or Clock())
    try:
        yield store
        assert store.verify() == []
    finally:
        store.close()


def deploy(store: Store, process_id: str = "order", *starts: Start, xml: bytes = b"<xml/>") -> int:
    """Deploy one process; gives the id of the version."""
    new = NewDefinition(process_id, process_id.title(), starts)
    with store.transaction() as tx:
        return tx.deploy(NewFile(f"{process_id}.bpmn", xml, "anna", [new])).definitions[0].id


def apply(state: State, *events: Event, command: str = "Test") -> Save:
    """Let events happen in one command."""
    for event in events:
        event.apply(state)
    row = replace(state.instance, revision=state.instance.revision + 1, last_key=state.last_key)
    state.instances.put(0, row)
    return Save(state, [HistoryRow(row.revision, NOW, "anna", command, "", events)])


def start(store: Store, *events: Event, definition_id: int = 1, **fields: object) -> int:
    """Keep a new instance to which events happened; gives its id."""
    with store.transaction() as tx:
        number = tx.new_instance_ids(1)[0]
        row = ProcessInstance(number, definition_id, started_at=tx.now, **fields)  # type: ignore[arg-type]
        tx.save([apply(State(), e.InstanceStarted(row), *events, command="StartInstance")])
    return number


def change(store: Store, target: Target, *events: Event) -> None:
    """Load one instance, let events happen, save it."""
    with store.transaction() as tx:
        state = tx.load([target]).states[target.instance_id]
        tx.save([apply(state, *events)])


def waiting_task(key: int = 1, **fields: object) -> tuple[Event, Event]:
    """The events after which a user task waits."""
    task = UserTask(key, "Approve", f"Approve {key}", **{"created_at": NOW, **fields})  # type: ignore[arg-type]
    return e.ElementActivated(key, "Approve", 0), task_events.UserTaskCreated(task)


def waiting_job(key: int = 1, **fields: object) -> tuple[Event, Event]:
    """The events after which a job (key + 1) waits."""
    given = {"type": "http.request", "due_at": NOW, **fields}
    job = Job(key + 1, key, "Call", **given)  # type: ignore[arg-type]
    return e.ElementActivated(key, "Call", 0), e.JobCreated(job)


def subscribed(
    name: str, correlation_key: str = "", kind: str = "message", key: int = 1, created_at: int = NOW
) -> tuple[Event, Event]:
    """The events after which an element waits for a message or signal."""
    row = Subscription(key + 1, key, "Wait", kind, name, correlation_key, created_at)  # type: ignore[arg-type]
    return e.ElementActivated(key, "Wait", 0), e.Subscribed(row)
