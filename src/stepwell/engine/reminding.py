"""Reminders of steps (product rule S3): jobs that come due in time."""

from stepwell.engine.events import JobCreated, JobDone
from stepwell.engine.rows import Job, UserTask
from stepwell.engine.run import Run


def plan_reminder(run: Run, task: UserTask) -> None:
    """Have a job remind of the task in time; at once if the time is past."""
    if task.details.remind_at is not None:
        due_at = max(task.details.remind_at, run.now)
        run.emit(JobCreated(Job(run.state.next_key(), task.key, task.element, "reminder", due_at)))


def replan_reminder(run: Run, key: int) -> None:
    """Let the reminder that the task has now stand in the place of any before it."""
    run.state.load_waits((key,))
    jobs = [job for job in run.state.jobs.values() if job.element_key == key and job.type == "reminder"]
    for job in jobs:
        run.emit(JobDone(job.key))
    plan_reminder(run, run.state.user_tasks[key])
