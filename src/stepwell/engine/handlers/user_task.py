from msgspec.structs import replace

from stepwell.engine import activities, outcome, record_pages
from stepwell.engine.agenda import drain
from stepwell.engine.commands import (
    CancelInstance,
    CancelUserTask,
    ClaimUserTask,
    CompleteUserTask,
    FollowActivity,
    KeepRecordPage,
    OpenUserTask,
    PostponeUserTask,
    PressButton,
    ReassignUserTask,
    ReleaseUserTask,
    RemindOfUserTask,
)
from stepwell.engine.event_definition import throw_signal
from stepwell.engine.events import IncidentResolved, JobDone
from stepwell.engine.flow import complete as complete_element
from stepwell.engine.handlers import instance
from stepwell.engine.handlers.machine import the_job
from stepwell.engine.incidents import attempt_leave
from stepwell.engine.mapping import as_name, over
from stepwell.engine.opening import Seen, signals_of
from stepwell.engine.paging import (
    Reader,
    activity_page,
    is_opened,
    open_page,
    refresh,
    without_result,
    work_of,
)
from stepwell.engine.rows import PAGE, UserTask
from stepwell.engine.run import At, Run
from stepwell.engine.scopes import expect_living, terminate
from stepwell.engine.shown_record import barred
from stepwell.engine.surroundings import Assignment, RecordPlace
from stepwell.engine.task_times import HAPPENS, plan_times_again
from stepwell.engine.user_task_events import (
    UserTaskAssigned,
    UserTaskCompleted,
    UserTaskPostponed,
    UserTaskReassigned,
    UserTaskSaved,
)
from stepwell.engine.user_work import send_mail
from stepwell.engine.values import Values
from stepwell.engine.work import Approval, DrawnPage, EmailDraft
from stepwell.errors import Conflict, Invalid, NotFound
from stepwell.forms.outcome import Outcome
from stepwell.records.shipped import CANCELLED, COMPLETED
from stepwell.records.values import parse_reference


def the_task(run: Run, key: int) -> UserTask:
    """The open user task with this key."""
    task: UserTask | None = run.state.user_tasks.get(key)
    if task is None:
        found = f"{run.state.instance.id}-{key}"
        raise NotFound("user-task.not-open", f"Expected user task {found} to be open, but it is not.")
    expect_living(run, key)
    return task


def claim(run: Run, command: ClaimUserTask) -> None:
    """First wins; claiming again what one has changes nothing."""
    task = the_task(run, command.key)
    if task.assignee == command.assignee:
        return
    if task.assignee:
        found = f"{run.state.instance.id}-{command.key}"
        raise Conflict(
            "user-task.taken", f"Expected user task {found} to be free, but {task.assignee} has it."
        )
    run.emit(UserTaskAssigned(command.key, command.assignee))
    activities.tell(run, command.key)


def release(run: Run, command: ReleaseUserTask) -> None:
    """Back to the candidates; without any, nobody would see it again."""
    task = the_task(run, command.key)
    if not (task.candidate_users or task.candidate_roles):
        found = f"{run.state.instance.id}-{command.key}"
        message = f"Expected user task {found} to have candidates to go back to, but it has none."
        raise Conflict("user-task.no-candidates", message)
    if task.assignee:
        run.emit(UserTaskAssigned(command.key, ""))
        activities.tell(run, command.key)


def reassign(run: Run, command: ReassignUserTask) -> None:
    """Hand it on to somebody, or to candidates; to those who have it already changes nothing."""
    task = the_task(run, command.key)
    given = Assignment(command.assignee, command.candidate_users, command.candidate_roles)
    expect_fit(run, command.key, given)
    if given != (task.assignee, task.candidate_users, task.candidate_roles):
        run.emit(UserTaskReassigned(command.key, *given))
        activities.tell(run, command.key)


def expect_fit(run: Run, key: int, given: Assignment) -> None:
    """Refuse to hand a task to nobody, or to those who can not do it."""
    found = f"{run.state.instance.id}-{key}"
    if not any(given):
        message = f"Expected somebody or a role to hand user task {found} to, but found nobody."
        raise Invalid("user-task.to-nobody", message)
    hindrance = run.settings.surroundings.unfit(given)
    if hindrance:
        message = f"Expected somebody to hand user task {found} to who can do it, but {hindrance}."
        raise Invalid("user-task.to-unfit", message)
    hindrance = barred(run, run.state.user_tasks[key], given)
    if hindrance:
        message = f"Expected somebody to hand user task {found} to who may do it, but {hindrance}."
        raise Invalid("user-task.to-barred", message)


def postpone(run: Run, command: PostponeUserTask) -> None:
    """Plan it anew. For a role's task this holds for everybody in the role, unless somebody is named."""
    task = the_task(run, command.key)
    if command.assignee and command.assignee != task.assignee:
        expect_fit(run, command.key, Assignment(command.assignee))
    due_at = command.start_at + command.duration if command.duration else task.due_at
    details = replace(
        task.details,
        duration=command.duration,
        remind_at=command.remind_at,
        in_calendar=command.in_calendar,
    )
    title = command.title or task.title
    run.emit(UserTaskPostponed(command.key, command.start_at, due_at, title, details))
    if command.assignee and command.assignee != task.assignee:
        run.emit(UserTaskAssigned(command.key, command.assignee))
    plan_times_again(run, command.key)
    activities.tell(run, command.key)


def remind(run: Run, command: RemindOfUserTask) -> None:
    """A time that was planned for the task has come: its reminder, its start, or its due date; the job is used up."""
    job = the_job(run, command.key, "reminder")
    run.emit(JobDone(command.key))
    run.emit(HAPPENS[job.args](job.element_key))


def cancel(run: Run, command: CancelUserTask) -> None:
    """End the element without going on behind it; an instance in which nothing else is left is cancelled."""
    the_task(run, command.key)
    row = run.state.elements[command.key]
    terminate(run, row)
    if row.scope == 0 and run.state.instance.active == 0:
        instance.cancel(run, CancelInstance(actor=command.actor, reason=command.reason))
    drain(run)


def open_task(run: Run, command: OpenUserTask) -> None:
    """Store the page at the first opening (R4); later ones take in what others saved of its record or activity, and
    change nothing else. What kept it from opening may be mended.
    """
    task = the_task(run, command.key)
    reader = Reader(run, command.language, command.time_zone)
    if is_opened(run, command.key):
        if command.is_shown:
            refresh(run, task, reader.now)
        return
    if run.state.has_incident(command.key):
        run.emit(IncidentResolved(command.key))
    open_page(run, run.at(command.key), reader)


def press(run: Run, command: PressButton) -> None:
    """Throw the signal of a button that leaves the step open."""
    the_task(run, command.key)
    attempt_leave(run, run.at(command.key), lambda run, at: throw_signals(run, at, command))
    drain(run)


def throw_signals(run: Run, at: At, command: PressButton | CompleteUserTask) -> None:
    """The signals of the button that was pressed; they bring the values of the page."""
    kind = work_of(at).kind
    if not isinstance(kind, DrawnPage) or not command.button:
        return
    seen = Seen(over(command.values, run.lookup(at.key)), run.time)
    for name in signals_of(kind, command.button, seen):
        throw_signal(run, at, as_name(name), command.values)


def complete(run: Run, command: CompleteUserTask) -> None:
    """The person did it. A signal of the button may end the step before it is left; a mail is sent first.

    What nobody opened is opened now if it has inputs, because its outputs see them. With an activity that is not
    completed the step stays until it is.
    """
    task = the_task(run, command.key)
    at = run.at(command.key)
    if at.element.inputs and not is_opened(run, command.key):
        open_task(run, OpenUserTask(command.key))
        if not is_opened(run, command.key):
            return
    if task.details.activity and not activities.is_activity(task):
        complete_half(run, at, task, command)
    else:
        finish(run, at, command)
    drain(run)


def complete_half(run: Run, at: At, task: UserTask, command: CompleteUserTask) -> None:
    """The page is done: what it gave waits for the activity, unless that is completed (S7)."""
    if activities.is_half(task, command):
        expect_open_half(run, task, "page")
        found = by_whom(at, command.actor, command.outcome or Outcome(None))
        activities.keep_page(run, command, found, {PAGE: activity_page(run, task, run.time)})
        return
    result = command.activity_result or activities.kept_result(run, at.key)
    found = command.outcome or Outcome(None)
    whole = Outcome(found.value, {**found.details, activities.RESULT: result})
    finish(run, at, replace(command, outcome=whole))


def expect_open_half(run: Run, task: UserTask, half: str) -> None:
    """Refuse to do what is done already."""
    if task.details.done == half:
        found = f"{run.state.instance.id}-{task.key}"
        message = f"Expected the {half} of user task {found} to be open, but it is done."
        raise Conflict("user-task.half-done", message)


def finish(run: Run, at: At, command: CompleteUserTask) -> None:
    """Leave the step."""
    run.emit(UserTaskCompleted(command.key, command.actor))
    if command.outcome is None:
        complete_element(run, at, command.values or None)
    else:
        complete_page(run, at, command, command.outcome)


def complete_page(run: Run, at: At, command: CompleteUserTask, found: Outcome) -> None:
    """Let the outcome be known; a signal of the button may end the step before it is left."""
    outcome.keep(run, at, by_whom(at, command.actor, found))
    if command.button and not attempt_leave(run, at, lambda run, at: throw_signals(run, at, command)):
        return
    if at.key not in run.state.elements or not run.is_alive(at.scope):
        return
    if isinstance(work_of(at).kind, EmailDraft):
        send_mail(run, at, found)
    else:
        complete_element(run, at, command.values or None)


def by_whom(at: At, actor: str, found: Outcome) -> Outcome:
    """The outcome; that of an approval says whose it is."""
    if not isinstance(work_of(at).kind, Approval):
        return found
    return Outcome(found.value, {"by": actor, **found.details})


def follow_activity(run: Run, command: FollowActivity) -> None:
    """The activity was saved: the step becomes as it is, is done by it, or ends with it."""
    task = the_task(run, command.key)
    if task.details.done == "activity":
        return
    values = command.values
    if values.get("status") == CANCELLED:
        cancel(run, CancelUserTask(command.key, actor=command.actor))
        return
    activities.follow(run, task, values)
    refresh(run, run.state.user_tasks[task.key], run.time)
    result = values.get("result")
    if values.get("status") == COMPLETED and result in task.details.results:
        complete_activity(run, command, str(result))


def complete_activity(run: Run, command: FollowActivity, result: str) -> None:
    """The activity has its result: that is the outcome of the step, or the other half of it (S7)."""
    task: UserTask = run.state.user_tasks[command.key]
    if activities.is_activity(task):
        details = {"resultDetails": command.values.get("result_details")}
        complete(run, CompleteUserTask(task.key, {}, Outcome(result, details), actor=command.actor))
    elif task.details.done == "page":
        complete(run, activities.kept_page(run, task, result, command.actor))
    else:
        page = without_result(run, command.key)
        activities.keep_result(run, task, result, command.actor, page)


def keep_record_page(run: Run, command: KeepRecordPage) -> None:
    """The record of the page was saved and the step stays: a new one is connected, and waited for from now on."""
    the_task(run, command.key)
    at, page = run.at(command.key), run.state.kept(command.key, PAGE)
    assert isinstance(page, dict)
    new = page | {"values": command.values, "record": command.record, "revision": command.revision}
    saved = UserTaskSaved(
        command.key, command.record, command.actor, command.open_conditions, Values({PAGE: new})
    )
    run.emit(saved)
    place = parse_reference(command.record)
    if place is not None and record_pages.watched(run, command.key) is None:
        record_pages.watch(run, at, RecordPlace(*place), page["conditions"])
