"""What is in a step and beside it: who may see it (D5), while it is open and when it is over."""

from msgspec import Struct
from msgspec.structs import replace

from stepwell.engine.rows import UserTask
from stepwell.errors import Conflict, Forbidden, NotFound
from stepwell.identity import Actor
from stepwell.identity.policies import user_task as policy
from stepwell.services import past_steps
from stepwell.services.ids import inner_key
from stepwell.services.past_steps import PastStep
from stepwell.store import policies
from stepwell.store.queries import user_tasks as queries
from stepwell.store.session import Session


class Step(Struct, frozen=True):
    """A step whose contents somebody may see; ``task`` is as it is, or was at last: then of who completed it."""

    instance_id: int
    task: UserTask
    is_open: bool

    @property
    def place(self) -> tuple[int, int]:
        """Its instance and key."""
        return self.instance_id, self.task.key


def seen(session: Session, task_id: str, actor: Actor) -> Step:
    """A step whose contents the actor may see; raises ``NotFound``, and ``Forbidden`` for one of others."""
    number, key = inner_key(task_id, "user task")
    found = _found(session, (number, key), actor)
    if found is None:
        message = f"Expected a user task {number}-{key} that is open or over, but there is none."
        raise NotFound("user-task.unknown", message)
    verdict = policy.may_see_contents(actor, found.task, is_completed=found.is_completed)
    if not verdict:
        raise Forbidden(
            "user-task.forbidden",
            f"Expected to be allowed to see what is in user task {task_id}, but {verdict.reason}.",
        )
    task = replace(found.task, assignee=found.by) if found.by else found.task
    return Step(number, task, found.ended_at is None)


def _found(session: Session, place: tuple[int, int], actor: Actor) -> PastStep | None:
    """A step of an instance that the actor may see, open or over."""
    is_open = queries.fetch(session, *place, actor)
    if is_open is not None:
        return PastStep(is_open.task)
    if not policies.sees_instance(session, actor, place[0]):
        return None
    return past_steps.of(session, place[0], frozenset(place[1:])).get(place[1])


def expect_open(step: Step) -> None:
    """Refuse to change what is beside a step that is over; raises ``Conflict``."""
    if not step.is_open:
        id = f"{step.instance_id}-{step.task.key}"
        raise Conflict("user-task.done", f"Expected user task {id} to be open, but it is not any more.")
