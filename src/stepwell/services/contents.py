"""What is in a step and beside it: who may see it (D5), while it is open and when it is done."""

from msgspec import Struct

from stepwell.engine.rows import UserTask
from stepwell.errors import Conflict, Forbidden, NotFound
from stepwell.identity import Actor
from stepwell.identity.policies import user_task as policy
from stepwell.services.ids import inner_key
from stepwell.store import comments, policies
from stepwell.store.queries import history
from stepwell.store.queries import user_tasks as queries
from stepwell.store.session import Session


class Step(Struct, frozen=True):
    """A step whose contents somebody may see. ``task`` is None when it is not open any more; then
    ``completed_by`` is who did it, empty if it was cancelled or nobody is known.
    """

    instance_id: int
    key: int
    task: UserTask | None = None
    title: str = ""
    completed_by: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Its instance and key."""
        return self.instance_id, self.key

    @property
    def person(self) -> str:
        """Whose step it is or was; empty if it is nobody's."""
        return self.task.assignee if self.task is not None else self.completed_by


def seen(session: Session, task_id: str, actor: Actor) -> Step:
    """A step whose contents the actor may see; raises ``NotFound``, and ``Forbidden`` for an open one of others."""
    number, key = inner_key(task_id, "user task")
    found = queries.fetch(session, number, key, actor)
    if found is None:
        return _done(session, (number, key), actor)
    verdict = policy.may_see_contents(actor, found.task)
    if not verdict:
        raise Forbidden(
            "user-task.forbidden",
            f"Expected to be allowed to see what is in user task {task_id}, but {verdict.reason}.",
        )
    return Step(number, key, found.task, found.task.title)


def _done(session: Session, place: tuple[int, int], actor: Actor) -> Step:
    """A step that is done: all who see the instance may see what was in it."""
    if policies.sees_instance(session, actor, place[0]):
        ended = history.ending(session, *place)
        if ended is not None and ended[1]:
            return Step(*place, completed_by=ended[0].actor)
        if comments.has_any(session, place):
            return Step(*place)
    id = f"{place[0]}-{place[1]}"
    raise NotFound("user-task.unknown", f"Expected a user task {id} that is open or done, but there is none.")


def expect_open(step: Step) -> UserTask:
    """The task of a step that is open; raises ``Conflict``."""
    if step.task is None:
        id = f"{step.instance_id}-{step.key}"
        raise Conflict("user-task.done", f"Expected user task {id} to be open, but it is not any more.")
    return step.task
