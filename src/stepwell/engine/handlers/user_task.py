from msgspec.structs import replace

from stepwell.engine import outcome
from stepwell.engine.agenda import drain
from stepwell.engine.commands import (
    CancelInstance,
    CancelUserTask,
    ClaimUserTask,
    CompleteUserTask,
    PostponeUserTask,
    ReassignUserTask,
    ReleaseUserTask,
    RemindOfUserTask,
)
from stepwell.engine.events import JobDone
from stepwell.engine.flow import complete as complete_element
from stepwell.engine.handlers import instance
from stepwell.engine.handlers.machine import the_job
from stepwell.engine.rows import UserTask
from stepwell.engine.run import Run
from stepwell.engine.scopes import expect_living, terminate
from stepwell.engine.task_times import HAPPENS, plan_times_again
from stepwell.engine.user_task_events import (
    UserTaskAssigned,
    UserTaskCompleted,
    UserTaskPostponed,
    UserTaskReassigned,
)
from stepwell.errors import Conflict, Invalid, NotFound


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


def release(run: Run, command: ReleaseUserTask) -> None:
    """Back to the candidates; without any, nobody would see it again."""
    task = the_task(run, command.key)
    if not (task.candidate_users or task.candidate_roles):
        found = f"{run.state.instance.id}-{command.key}"
        message = f"Expected user task {found} to have candidates to go back to, but it has none."
        raise Conflict("user-task.no-candidates", message)
    if task.assignee:
        run.emit(UserTaskAssigned(command.key, ""))


def reassign(run: Run, command: ReassignUserTask) -> None:
    """Hand it on to somebody, or to candidates; to those who have it already changes nothing."""
    task = the_task(run, command.key)
    given = (command.assignee, command.candidate_users, command.candidate_roles)
    if not any(given):
        found = f"{run.state.instance.id}-{command.key}"
        message = f"Expected somebody or a role to hand user task {found} to, but found nobody."
        raise Invalid("user-task.to-nobody", message)
    if given != (task.assignee, task.candidate_users, task.candidate_roles):
        run.emit(UserTaskReassigned(command.key, *given))


def postpone(run: Run, command: PostponeUserTask) -> None:
    """Plan it anew. For a role's task this holds for everybody in the role, unless somebody is named."""
    task = the_task(run, command.key)
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


def complete(run: Run, command: CompleteUserTask) -> None:
    the_task(run, command.key)
    run.emit(UserTaskCompleted(command.key, command.actor))
    at = run.at(command.key)
    if command.outcome is not None:
        outcome.keep(run, at, command.outcome)
    complete_element(run, at, command.values or None)
    drain(run)
