"""What happens to a user task when a time has come: each is a job of the type ``reminder`` whose args say which."""

from collections.abc import Callable

from msgspec.structs import replace

from stepwell.engine.event import Event
from stepwell.engine.events import JobCreated, JobDone
from stepwell.engine.rows import Job, UserTask
from stepwell.engine.run import Run
from stepwell.engine.user_task_events import UserTaskOverdue, UserTaskReminded, UserTaskStartReached

REMIND, START, DUE = b"", b"start", b"due"
HAPPENS: dict[bytes, Callable[[int], Event]] = {
    REMIND: UserTaskReminded,
    START: UserTaskStartReached,
    DUE: UserTaskOverdue,
}


def plan_times(run: Run, task: UserTask) -> None:
    """Have jobs remind of the task, say that its start has come (when it lies ahead), and that it is overdue.

    A time that is past is now (S3); times that are not set need no job.
    """
    details = task.details
    if details.remind_at is not None:
        _plan(run, task, REMIND, details.remind_at)
    if task.start_at is not None and task.start_at > run.now:
        _plan(run, task, START, task.start_at)
    if task.due_at is not None:
        _plan(run, task, DUE, task.due_at)


def _plan(run: Run, task: UserTask, what: bytes, at: int) -> None:
    key = run.state.next_key()
    run.emit(JobCreated(Job(key, task.key, task.element, "reminder", max(at, run.now), args=what)))


def plan_times_again(run: Run, key: int) -> None:
    """Forget what was planned for a task, and plan what its row says now; what is overdue is told only once."""
    run.state.load_waits((key,))
    planned = [job for job in run.state.jobs.values() if job.element_key == key and job.type == "reminder"]
    for job in planned:
        run.emit(JobDone(job.key))
    task: UserTask = run.state.user_tasks[key]
    is_told = all(job.args != DUE for job in planned)
    if is_told and task.due_at is not None and task.due_at <= run.now:
        task = replace(task, due_at=None)
    plan_times(run, task)
