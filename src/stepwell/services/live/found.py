"""What a batch has to tell, worked out from what it did after it is committed."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from stepwell.engine import user_task_events as t
from stepwell.engine.event import Event
from stepwell.engine.rows import UserTask
from stepwell.services.batch import Batch
from stepwell.services.live.event import LiveEvent, Name, about, everybody_of, notified, settled, step_to_open
from stepwell.store.history import HistoryRow
from stepwell.store.saving import TaskChange
from stepwell.store.tuples import principals

NOT_KNOWN_YET: frozenset[str] = frozenset()  # who sees an instance is asked when it is told
TIMES: Mapping[type[Event], Name] = {
    t.UserTaskReminded: "reminder-due",
    t.UserTaskStartReached: "task-changed",
    t.UserTaskOverdue: "task-overdue",
}


def events_of(batch: Batch) -> Iterator[LiveEvent]:
    """Everything that somebody may want to know of a batch, in the order in which it is best told."""
    awaited = batch.awaited()
    for change in batch.tasks:
        if not _is_opened_only(change):
            yield _of_task(change, batch.histories[change[0]])
        if change[1] is None:
            yield from _to_open(change, awaited)
    for instance_id, event in batch.noteworthy:
        if type(event) in TIMES:
            task = batch.states[instance_id].user_tasks.get(event.key)  # type: ignore[attr-defined]
            if task is not None:
                yield LiveEvent(TIMES[type(event)], frozenset(principals(task)), about(instance_id, task))
    for instance_id in batch.histories:
        row = batch.states[instance_id].instance
        data = {"id": str(instance_id), "status": row.status, "revision": row.revision}
        yield LiveEvent("instance-changed", NOT_KNOWN_YET, data)
    for notice in batch.notices:
        yield notified(notice)
    for notice in batch.settled:
        yield settled(notice)


def _of_task(change: TaskChange, rows: Sequence[HistoryRow]) -> LiveEvent:
    instance_id, old, new = change
    if old is None or new is None:
        return _begun_or_ended(instance_id, old, new, rows)
    is_taken = bool(new.assignee) and not old.assignee
    name: Name = "task-taken" if is_taken else "task-changed"
    return LiveEvent(name, everybody_of(old, new), about(instance_id, new, _actor(rows, new.key)))


def _is_opened_only(change: TaskChange) -> bool:
    """Whether somebody opened the step for the first time: that is nobody else's concern."""
    _, old, new = change
    if old is None or new is None or old.details.is_opened == new.details.is_opened:
        return False
    return replace(old, details=replace(old.details, is_opened=True)) == new


def _begun_or_ended(
    instance_id: int, old: UserTask | None, new: UserTask | None, rows: Sequence[HistoryRow]
) -> LiveEvent:
    actor = rows[-1].actor
    if new is not None:
        return LiveEvent("task-created", frozenset(principals(new)), about(instance_id, new, actor))
    assert old is not None
    for row in rows:
        for event in row.events:
            if type(event) is t.UserTaskCompleted and event.key == old.key:
                return LiveEvent("task-done", everybody_of(old), about(instance_id, old, event.by))
    return LiveEvent("task-cancelled", everybody_of(old), about(instance_id, old, actor))


def _to_open(change: TaskChange, awaited: Mapping[tuple[int, int], str]) -> Iterator[LiveEvent]:
    """A new step in the foreground opens by itself, unless its person waits for the answer that names it."""
    instance_id, _, new = change
    if new is None or not (new.details.foreground and new.assignee):
        return
    if awaited.get((instance_id, new.key)) != new.assignee:
        yield step_to_open(instance_id, new)


def _actor(rows: Sequence[HistoryRow], key: int) -> str:
    """Who did the last thing with a step."""
    for row in reversed(rows):
        if any(getattr(event, "key", 0) == key for event in row.events):
            return row.actor
    return rows[-1].actor
