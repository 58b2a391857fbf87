"""What a batch has to tell, worked out from what it did after it is committed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from stepwell.engine import user_task_events as t
from stepwell.engine.event import Event
from stepwell.engine.rows import UserTask
from stepwell.services.batch import Batch
from stepwell.services.live.event import SEEN, LiveEvent, Name, about, everybody_of, notified, step_to_open
from stepwell.store.history import HistoryRow
from stepwell.store.saving import TaskChange
from stepwell.store.tuples import principals

TIMES: Mapping[type[Event], Name] = {
    t.UserTaskReminded: "reminder-due",
    t.UserTaskStartReached: "task-changed",
    t.UserTaskOverdue: "task-overdue",
}


def events_of(batch: Batch) -> Iterator[LiveEvent]:
    """Everything that somebody may want to know of a batch, in the order in which it is best told."""
    awaited = batch.awaited()
    for change in batch.tasks:
        yield from _of_task(change, batch.histories[change[0]])
        yield from _to_open(change, awaited)
    for instance_id, rows in batch.histories.items():
        for event in _of(rows, TIMES):
            task = batch.states[instance_id].user_tasks.get(event.key)  # type: ignore[attr-defined]
            if task is not None:
                yield LiveEvent(TIMES[type(event)], frozenset(principals(task)), about(instance_id, task))
        yield _of_instance(batch, instance_id)
    for row in batch.notices:
        yield notified(row)


def _of_instance(batch: Batch, instance_id: int) -> LiveEvent:
    row = batch.states[instance_id].instance
    data = {"id": str(instance_id), "status": row.status, "revision": row.revision}
    return LiveEvent("instance-changed", frozenset({f"{SEEN}{instance_id}"}), data)


def _of_task(change: TaskChange, rows: Sequence[HistoryRow]) -> Iterator[LiveEvent]:
    instance_id, old, new = change
    if new is None:
        if old is not None:
            yield _ended(instance_id, old, rows)
    elif old is None:
        data = about(instance_id, new, rows[-1].actor)
        yield LiveEvent("task-created", frozenset(principals(new)), data)
    elif not _is_opened_only(old, new):
        is_taken = bool(new.assignee) and not old.assignee
        name: Name = "task-taken" if is_taken else "task-changed"
        actor = _actor(rows, new.key)
        yield LiveEvent(name, everybody_of(old, new), about(instance_id, new, actor))


def _is_opened_only(old: UserTask, new: UserTask) -> bool:
    """Whether somebody opened the step for the first time: that is nobody else's concern."""
    return replace(old, details=replace(old.details, is_opened=True)) == new


def _ended(instance_id: int, old: UserTask, rows: Sequence[HistoryRow]) -> LiveEvent:
    for event in _of(rows, (t.UserTaskCompleted,)):
        if event.key == old.key:  # type: ignore[attr-defined]
            actor: str = event.by  # type: ignore[attr-defined]
            return LiveEvent("task-done", everybody_of(old), about(instance_id, old, actor))
    return LiveEvent("task-cancelled", everybody_of(old), about(instance_id, old, rows[-1].actor))


def _to_open(change: TaskChange, awaited: Mapping[tuple[int, int], str]) -> Iterator[LiveEvent]:
    """A new step in the foreground opens by itself, unless its person waits for the answer that names it."""
    instance_id, old, new = change
    if old is not None or new is None or not (new.details.foreground and new.assignee):
        return
    if awaited.get((instance_id, new.key)) != new.assignee:
        yield step_to_open(instance_id, new)


def _actor(rows: Sequence[HistoryRow], key: int) -> str:
    """Who did the last thing with a step."""
    for row in reversed(rows):
        if any(getattr(event, "key", 0) == key for event in row.events):
            return row.actor
    return rows[-1].actor


def _of(rows: Sequence[HistoryRow], kinds: Iterable[type[Event]]) -> Iterator[Event]:
    wanted = set(kinds)
    return (event for row in rows for event in row.events if type(event) in wanted)
