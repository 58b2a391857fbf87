"""Work for people: user tasks, and who may take them."""

from stepwell.engine.definition import Text
from stepwell.engine.events import UserTaskCreated
from stepwell.engine.mapping import as_text
from stepwell.engine.rows import UserTask
from stepwell.engine.run import At, Run


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
    run.emit(
        UserTaskCreated(UserTask(key, at.element.id, title, run.now, assignee, tuple(people), tuple(groups)))
    )


def names(run: Run, key: int, text: Text | None) -> list[str]:
    """The names an author's text gives: a list, or one text separated by commas."""
    if text is None:
        return []
    value = text.value(run.lookup(key), run.time)
    parts = value if isinstance(value, list) else as_text(value).split(",")
    return [name for name in (as_text(part).strip() for part in parts) if name]
