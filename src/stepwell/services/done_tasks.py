"""Who was first: what a person is told whose user task somebody else has done, or ended, meanwhile."""

from stepwell.engine import commands as c
from stepwell.errors import Conflict, NotFound, Rejection
from stepwell.services import past_steps
from stepwell.services.ids import inner_id
from stepwell.services.moments import moment
from stepwell.services.requests import OnInstance
from stepwell.store.session import Session

ABOUT_TASKS = (
    c.ClaimUserTask,
    c.CompleteUserTask,
    c.OpenUserTask,
    c.PostponeUserTask,
    c.PressButton,
    c.ReassignUserTask,
    c.ReleaseUserTask,
)


def told_who(session: Session, request: OnInstance, error: Rejection) -> Rejection:
    """The rejection of a command on a user task; one that is over says because of whom, and since when.

    An approval that others decided is over too.
    """
    if not isinstance(request.command, ABOUT_TASKS) or not isinstance(error, NotFound | Conflict):
        return error
    return ended(session, request.instance_id, request.key) or error


def ended(session: Session, instance: int, key: int) -> Conflict | None:
    """That a user task is over, with who ended it, when, and how; None: the history does not tell."""
    found = past_steps.of(session, instance, frozenset([key])).get(key)
    if found is None or found.ended_at is None:
        return None
    task, at = inner_id(instance, key), f"{moment(found.ended_at):%Y-%m-%d %H:%M:%S} UTC"
    facts = {"instance_id": str(instance), "at": moment(found.ended_at)}
    if found.is_completed:
        who = f"{found.by} completed it" if found.by else "it was completed"
        message = f"Expected user task {task} to be open, but {who} at {at}."
        return Conflict("user-task.completed", message, facts | {"by": found.by})
    who = f"what {found.actor} did ended it" if found.actor else "the process ended it"
    message = f"Expected user task {task} to be open, but {who} at {at}."
    return Conflict("user-task.ended", message, facts | {"by": found.actor})
