"""Steps for people as the history tells of them: whose they were, to whom they were offered, and how they ended."""

from collections.abc import Iterator

from msgspec import Struct

from stepwell.engine.event import Event
from stepwell.engine.events import (
    Checkpoint,
    ElementActivated,
    ElementCompleted,
    ElementTerminated,
    VariablesSet,
)
from stepwell.engine.outcome import NAME
from stepwell.engine.rows import UserTask
from stepwell.engine.state import State
from stepwell.engine.user_task_events import (
    UserTaskAssigned,
    UserTaskCompleted,
    UserTaskCreated,
    UserTaskPostponed,
    UserTaskReassigned,
)
from stepwell.store import checkpoint
from stepwell.store.history import HistoryRow
from stepwell.store.queries import history
from stepwell.store.session import Session

_CHANGES = (UserTaskAssigned, UserTaskReassigned, UserTaskPostponed)
_ENDS = (UserTaskCompleted, ElementCompleted, ElementTerminated)


class PastStep(Struct, frozen=True):
    """``task`` as it is, or was at last. ``ended_at`` is when it ended (None: it is open), ``actor`` whose command that
    was. Completed, ``by`` is who did it and ``outcome`` what was chosen; cancelled, ``by`` is None.
    """

    task: UserTask
    ended_at: int | None = None
    actor: str = ""
    by: str | None = None
    outcome: str | list[str] | None = None

    @property
    def is_completed(self) -> bool:
        """Whether somebody did it."""
        return self.by is not None


class PastSteps:
    """Takes in what the commands on an instance did, in their order; ``found`` are its steps by key."""

    def __init__(self) -> None:
        self.found: dict[int, PastStep] = {}
        self._open = State()

    def note(self, row: HistoryRow) -> None:
        """What one command did. Steps of whose beginning nothing was told are left out."""
        tasks = self._open.user_tasks
        for event in row.events:
            if isinstance(event, UserTaskCreated):
                self._begin(event.task)
            elif isinstance(event, _CHANGES) and event.key in tasks:
                event.apply(self._open)
                self.found[event.key] = PastStep(tasks[event.key])
            elif isinstance(event, _ENDS) and event.key in tasks:
                self.found[event.key] = _ended(tasks.pop(event.key), row, event)
            elif isinstance(event, Checkpoint):
                for task in checkpoint.restore(event).user_tasks.values():
                    self._begin(task)
        self._open.journal.clear()

    def _begin(self, task: UserTask) -> None:
        self._open.user_tasks[task.key] = task
        self.found[task.key] = PastStep(task)


def _ended(task: UserTask, row: HistoryRow, event: Event) -> PastStep:
    """A step that a command ended: completed by somebody, or with what is around it."""
    if not isinstance(event, UserTaskCompleted):
        return PastStep(task, row.at, row.actor)
    return PastStep(task, row.at, row.actor, event.by, _outcome(row, task.element))


def _outcome(row: HistoryRow, element: str) -> str | list[str] | None:
    for event in row.events:
        known = event.values.get(element) if isinstance(event, VariablesSet) else None
        if isinstance(known, dict) and NAME in known:
            return known[NAME]  # type: ignore[no-any-return]
    return None


def of(session: Session, instance_id: int, keys: frozenset[int]) -> dict[int, PastStep | None]:
    """What the history tells of these keys of an instance; None: that is no step. Missing: it tells nothing, or that
    lies too far back.
    """
    rows, missing = [], set(keys)
    for row in history.backwards(session, instance_id):
        if any(isinstance(event, Checkpoint) or _key(event) in keys for event in row.events):
            rows.append(row)
            missing.difference_update(_made(row))
            if not missing:
                break
    told = PastSteps()
    for row in reversed(rows):
        told.note(row)
    return {key: told.found.get(key) for key in keys - missing}


def _key(event: Event) -> int:
    found: int = event.task.key if isinstance(event, UserTaskCreated) else getattr(event, "key", 0)
    return found


def _made(row: HistoryRow) -> Iterator[int]:
    """The keys of elements that began with a command, or before all that the history still tells."""
    for event in row.events:
        if isinstance(event, ElementActivated):
            yield event.key
        elif isinstance(event, Checkpoint):
            yield from checkpoint.restore(event).elements
