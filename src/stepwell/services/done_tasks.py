"""Who was first: what a person is told whose user task somebody else has done meanwhile."""

from stepwell.engine.commands import ClaimUserTask, CompleteUserTask, ReleaseUserTask
from stepwell.errors import Conflict, Rejection
from stepwell.services.ids import inner_id
from stepwell.services.moments import moment
from stepwell.services.requests import OnInstance
from stepwell.store.queries import history
from stepwell.store.session import Session

ABOUT_TASKS = (ClaimUserTask, CompleteUserTask, ReleaseUserTask)


def told_who(session: Session, request: OnInstance, error: Rejection) -> Rejection:
    """The rejection of a command on a user task; one that is completed says by whom and when."""
    if not isinstance(request.command, ABOUT_TASKS):
        return error
    found = history.completion(session, request.instance_id, request.key)
    if found is None:
        return error
    task, at = inner_id(request.instance_id, request.key), f"{moment(found.at):%Y-%m-%d %H:%M:%S} UTC"
    who = f"{found.actor} completed it" if found.actor else "it was completed"
    return Conflict("user-task.completed", f"Expected user task {task} to be open, but {who} at {at}.")
