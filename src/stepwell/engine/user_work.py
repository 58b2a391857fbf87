"""Work for people: user tasks, and who may take them."""

from stepwell.engine.definition import Text
from stepwell.engine.mapping import as_name, as_text
from stepwell.engine.rows import NO_DETAILS, TaskDetails, UserTask
from stepwell.engine.run import At, Run
from stepwell.engine.task_times import plan_times
from stepwell.engine.user_task_events import UserTaskCreated

IN_FOREGROUND = TaskDetails(foreground=True)


def create_user_task(
    run: Run, at: At, user: Text | None, roles: Text | None, candidate_users: Text | None
) -> None:
    """Put the step before a person; nobody named: before whoever started the instance."""
    key = run.activate(at)
    assignee = "".join(names(run, key, user)[:1])
    people, groups = names(run, key, candidate_users), names(run, key, roles)
    if not (assignee or people or groups):
        assignee = run.state.instance.starter
    title = at.element.name or at.element.id
    details = IN_FOREGROUND if opens_by_itself(run, at) else NO_DETAILS
    task = UserTask(
        key, at.element.id, title, run.now, assignee, tuple(people), tuple(groups), details=details
    )
    run.emit(UserTaskCreated(task))
    plan_times(run, task)


def opens_by_itself(run: Run, at: At) -> bool:
    """Whether the page opens on the screen of whoever has the task (R4): as the author says, otherwise when
    somebody waits for what this command brings about.
    """
    return run.foreground if at.element.background is None else not at.element.background


def names(run: Run, key: int, text: Text | None) -> list[str]:
    """The names an author's text gives: a list, or one text separated by commas."""
    if text is None:
        return []
    value = text.value(run.lookup(key), run.time)
    parts = value if isinstance(value, list) else as_text(value).split(",")
    return [name for name in (as_name(part).strip() for part in parts) if name]
