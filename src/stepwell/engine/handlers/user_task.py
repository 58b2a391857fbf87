from stepwell.engine import outcome
from stepwell.engine.agenda import drain
from stepwell.engine.commands import ClaimUserTask, CompleteUserTask, ReleaseUserTask
from stepwell.engine.events import UserTaskAssigned, UserTaskCompleted
from stepwell.engine.flow import complete as complete_element
from stepwell.engine.rows import UserTask
from stepwell.engine.run import Run
from stepwell.engine.scopes import expect_living
from stepwell.errors import Conflict, NotFound


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


def complete(run: Run, command: CompleteUserTask) -> None:
    the_task(run, command.key)
    run.emit(UserTaskCompleted(command.key, command.actor))
    at = run.at(command.key)
    if command.outcome is not None:
        outcome.keep(run, at, command.outcome)
    complete_element(run, at, command.values or None)
    drain(run)
