"""User tasks that wait for a record: their activity (K1, S7), or the record of their page (K2)."""

from stepwell.engine.commands import CatchRecords, CompleteUserTask, FollowActivity, RecordChange
from stepwell.engine.handlers import user_task
from stepwell.engine.incidents import raise_incident
from stepwell.engine.paging import OPEN, work_of
from stepwell.engine.rows import Subscription, UserTask
from stepwell.engine.run import Run, Stuck
from stepwell.engine.work import RecordPage
from stepwell.forms.outcome import Outcome
from stepwell.records.shipped import ACTIVITY

SAVE = "save"


def record_changed(run: Run, subscription: Subscription, command: CatchRecords) -> None:
    """The record on which the user task of the subscription waits was changed; the last change counts: it brings the
    record as it is now.
    """
    run.state.load_waits((subscription.element_key,))
    task: UserTask | None = run.state.user_tasks.get(subscription.element_key)
    if task is None or not command.changes:
        return
    change = command.changes[-1]
    if is_activity_of(task, subscription) and change.kind != "deleted":
        user_task.follow_activity(run, FollowActivity(task.key, change.values, actor=command.actor))
    elif task.details.done != "page" and not is_activity_of(task, subscription):
        record_saved(run, task, change)


def is_activity_of(task: UserTask, subscription: Subscription) -> bool:
    """Whether what is waited for is the activity of the step."""
    awaited = (subscription.name, subscription.correlation_key)
    return awaited == (ACTIVITY, str(task.details.activity))


def record_saved(run: Run, task: UserTask, change: RecordChange) -> None:
    """The record of a page was saved elsewhere and meets what the step waits for; or it is gone (R7)."""
    if change.kind == "deleted":
        message = f"Expected record {change.record} for step {task.element}, but it was deleted."
        raise_incident(run, task.key, Stuck("step.no-record", message), OPEN)
        return
    kind = work_of(run.at(task.key)).kind
    assert isinstance(kind, RecordPage)
    code = change.values.get(kind.outcome_field) if kind.outcome_field else SAVE
    outcome = Outcome(None if code is None else str(code), {"record": change.record})
    user_task.complete(run, CompleteUserTask(task.key, {}, outcome, actor=run.actor))
