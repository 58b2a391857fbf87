"""The activity of a step (K1, S7): made with it, planned with it, and done beside its page."""

from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from stepwell import feel
from stepwell.engine.commands import CompleteUserTask
from stepwell.engine.events import Subscribed
from stepwell.engine.offers import offered
from stepwell.engine.opening import Seen
from stepwell.engine.record_signal import Watch, pack
from stepwell.engine.rows import DONE, Subscription, UserTask
from stepwell.engine.run import EPOCH, At, Run, Stuck
from stepwell.engine.shown_record import barred
from stepwell.engine.surroundings import Assignment
from stepwell.engine.task_times import plan_times_again
from stepwell.engine.user_task_events import (
    ActivityWritten,
    UserTaskHalfDone,
    UserTaskPostponed,
    UserTaskReassigned,
)
from stepwell.engine.values import Values
from stepwell.engine.work import ActivityStep, Work
from stepwell.forms.outcome import Outcome
from stepwell.records.shipped import ACTIVITY, CANCELLED, LONGEST_SUBJECT, NOT_STARTED

RESULT = "activityResult"
SAVED = pack(Watch(("changed",)))
_MICROSECOND = timedelta(microseconds=1)


def has_activity(work: Work) -> bool:
    """Whether a step makes an activity when it is activated."""
    return work.activity is not None or isinstance(work.kind, ActivityStep)


def is_activity(task: UserTask) -> bool:
    """Whether the step is its activity and nothing else (K1)."""
    return task.kind == ActivityStep.element


def planned(run: Run, at: At, work: Work, task: UserTask) -> UserTask:
    """The step with its activity; raises ``Stuck`` when that can not be made."""
    kind = work.kind if isinstance(work.kind, ActivityStep) else work.activity
    assert kind is not None
    if kind.show_in_calendar:
        task = replace(task, details=replace(task.details, in_calendar=True))
    values = values_of(run, work, task)
    codes = offered(at.element) if isinstance(work.kind, ActivityStep) else None
    plan = run.settings.surroundings.plan_activity(values, codes)
    if plan.hindrance:
        message = f"Expected an activity that can be made for step {at.element.id}, but {plan.hindrance}."
        raise Stuck("activity.unfit", message)
    return replace(task, details=replace(task.details, activity=plan.number, results=plan.results))


def make(run: Run, work: Work, task: UserTask) -> None:
    """Have the activity of a new step made, and wait for what becomes of it."""
    number = task.details.activity
    if number:
        values = Values(values_of(run, work, task))
        run.emit(ActivityWritten(task.key, task.element, number, values, is_new=True))
        row = Subscription(
            run.state.next_key(), task.key, task.element, "record", ACTIVITY, str(number), run.now, SAVED
        )
        run.emit(Subscribed(row))


def values_of(run: Run, work: Work, task: UserTask) -> dict[str, object]:
    """The record of a new activity, by field; what is left out is as the record type says."""
    kind = work.kind if isinstance(work.kind, ActivityStep) else work.activity
    assert kind is not None
    seen = Seen(run.lookup(task.key), run.time)
    priority = getattr(kind, "priority", None)
    said = {
        "category": None if kind.category is None else kind.category.value(*seen),
        "priority": _priority(task.priority) if priority is None else priority.value(*seen),
        "author": run.state.instance.starter or None,
    }
    return {
        **{name: value for name, value in said.items() if value not in (None, "")},
        **plan_of(task),
        "status": NOT_STARTED,
        "connections": list(task.details.connections),
        "step": f"{run.state.instance.id}-{task.key}",
    }


def _priority(found: int) -> str:
    return "Low" if found < 34 else "Medium" if found < 67 else "High"


def plan_of(task: UserTask) -> dict[str, object]:
    """What a step and its activity have in common, as the activity says it."""
    return {
        "subject": " ".join(task.title.split())[:LONGEST_SUBJECT],
        "start": moment(task.created_at if task.start_at is None else task.start_at),
        "due": moment(task.due_at),
        "remind_at": moment(task.details.remind_at),
        "in_calendar": task.details.in_calendar,
        **owner_of(task),
    }


def owner_of(task: UserTask) -> dict[str, object]:
    """Whose activity it is: of several roles the first stands for all."""
    return {"owner": task.assignee or None, "owner_role": next(iter(task.candidate_roles), None)}


def moment(at: int | None) -> datetime | None:
    """A time of the state as a record has it."""
    return None if at is None else EPOCH + at * _MICROSECOND


def micros(at: object) -> int | None:
    """A time of a record as the state has it."""
    return (at - EPOCH) // _MICROSECOND if isinstance(at, datetime) else None


def tell(run: Run, key: int) -> None:
    """Let the activity of a step become as the step is, unless it has none or that is completed."""
    task: UserTask = run.state.user_tasks[key]
    if task.details.activity and task.details.done != "activity":
        run.emit(ActivityWritten(key, task.element, task.details.activity, Values(plan_of(task))))


def cancelled(run: Run, key: int) -> None:
    """The step is ended from outside: so is its activity, unless that is completed."""
    run.state.load_waits((key,))
    task: UserTask | None = run.state.user_tasks.get(key)
    if task is not None and task.details.activity and task.details.done != "activity":
        values = Values({"status": CANCELLED})
        run.emit(ActivityWritten(key, task.element, task.details.activity, values))


# -- from the activity to its step ------------------------------------------------------------------------


def follow(run: Run, task: UserTask, values: dict[str, Any]) -> None:
    """Let an open step become as its activity is: whose it is, and when. What is the same is left alone, so that the
    two never answer each other.
    """
    reassign(run, task, values)
    replan(run, run.state.user_tasks[task.key], values)


def reassign(run: Run, task: UserTask, values: dict[str, Any]) -> None:
    """Hand the step to whom the activity names; if nobody there can have it, the activity becomes as the step is."""
    owner, role = values.get("owner") or "", values.get("owner_role") or ""
    old = owner_of(task)
    if (owner or None, role or None) == (old["owner"], old["owner_role"]):
        return
    roles = task.candidate_roles if role and role == old["owner_role"] else (role,) if role else ()
    given = Assignment(owner, task.candidate_users if owner else (), roles)
    if not any(given) or run.settings.surroundings.unfit(given) or barred(run, task, given):
        tell(run, task.key)
    else:
        run.emit(UserTaskReassigned(task.key, *given))


def replan(run: Run, task: UserTask, values: dict[str, Any]) -> None:
    """Plan the step anew if the activity is planned otherwise."""
    old = plan_of(task)
    if all(values.get(name) == old[name] for name in ("subject", "start", "due", "remind_at", "in_calendar")):
        return
    start, due, remind_at = (micros(values.get(name)) for name in ("start", "due", "remind_at"))
    details = replace(
        task.details,
        duration=max(0, due - start) if due is not None and start is not None else 0,
        remind_at=remind_at,
        in_calendar=bool(values.get("in_calendar")),
    )
    keeps_start = values.get("start") == old["start"]
    title = task.title if values.get("subject") == old["subject"] else str(values.get("subject"))
    begins = task.start_at if keeps_start else start
    run.emit(UserTaskPostponed(task.key, begins, due, title, details))
    plan_times_again(run, task.key)


# -- two halves -------------------------------------------------------------------------------------------


def is_half(task: UserTask, command: CompleteUserTask) -> bool:
    """Whether the page is done by this and the activity is not (S7)."""
    details = task.details
    return details.done != "activity" and not command.activity_result


def keep_page(run: Run, command: CompleteUserTask, outcome: Outcome, page: dict[str, Any]) -> None:
    """The page is done first: what it gave waits for the activity, whose page stands in its place."""
    kept = {
        "outcome": outcome.value,
        "details": dict(outcome.details),
        "values": dict(command.values),
        "button": command.button,
    }
    run.emit(UserTaskHalfDone(command.key, command.actor, "page", Values({DONE: kept, **page})))


def keep_result(run: Run, task: UserTask, result: str, by: str, page: dict[str, Any]) -> None:
    """The activity is done first: its result waits for the page."""
    run.emit(UserTaskHalfDone(task.key, by, "activity", Values({DONE: {RESULT: result}, **page})))


def kept_result(run: Run, key: int) -> str:
    """The result that was given before the page was done; empty if none was."""
    kept = run.state.kept(key, DONE)
    return str(kept.get(RESULT, "")) if isinstance(kept, dict) else ""


def kept_page(run: Run, task: UserTask, result: str, by: str) -> CompleteUserTask:
    """The completion that the page asked for, now that the activity has its result."""
    kept: Any = run.state.kept(task.key, DONE)
    assert kept is not feel.MISSING
    found = Outcome(kept["outcome"], kept["details"])
    return CompleteUserTask(task.key, kept["values"], found, kept["button"], result, actor=by)
