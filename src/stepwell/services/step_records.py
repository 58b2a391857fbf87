"""Changes of records that steps for people wait for: which of them count for the step (K2)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stepwell.engine.commands import RecordChange
from stepwell.engine.record_signal import unpack
from stepwell.engine.rows import Subscription, UserTask
from stepwell.engine.state import State
from stepwell.identity import STEPWELL
from stepwell.identity.policies import user_task as policy
from stepwell.records.changes import Change, Changes
from stepwell.records.values import reference

if TYPE_CHECKING:
    from stepwell.services.batch import Batch


def is_for_step(state: State, row: Subscription) -> bool:
    """Whether a step waits, not an event at it."""
    task: UserTask | None = state.user_tasks.get(row.element_key)
    return task is not None and task.element == row.element


def counting(batch: "Batch", state: State, row: Subscription, changes: Changes) -> Changes:
    """Without conditions only saves of people who can do the step, and that the record is gone."""
    if not unpack(row.args).by_people:
        return changes
    task = state.user_tasks[row.element_key]
    return tuple(change for change in changes if change.kind == "deleted" or may(batch, change.by, task))


def may(batch: "Batch", by: str | None, task: UserTask) -> bool:
    """Whether somebody may complete the step; without a name it is Stepwell itself, None is nobody."""
    if by is None:
        return False
    actor = batch.directory.actor(by, batch.tx.session) if by else STEPWELL
    return bool(policy.may_complete(actor, task))


def gone(changes: Sequence[Change]) -> list[RecordChange]:
    """The records that are gone: no condition keeps a step from knowing that."""
    return [
        RecordChange(reference(change.type, change.id), change.kind, change.fields)
        for change in changes
        if change.kind == "deleted"
    ]


def saver(change: RecordChange) -> str:
    """Who saved the record as the step finds it now; empty if it is gone or nobody is known."""
    return str(change.values.get("changed_by") or "")
