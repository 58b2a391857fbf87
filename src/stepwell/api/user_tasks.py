"""User tasks over HTTP."""

from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.rooms import Rooms
from stepwell.services import user_tasks
from stepwell.services.progress import Progress, progress


@command("POST", "/user-tasks/{id:str}/claim")
async def claim_user_task(rooms: Rooms, asked: Asked, given: bodies.ClaimUserTask) -> Progress:
    """Take a task. Who is first has it; claiming again what one has changes nothing."""
    return progress(await rooms.submit(user_tasks.claim(asked.id, given.user)))


@command("POST", "/user-tasks/{id:str}/release")
async def release_user_task(rooms: Rooms, asked: Asked, given: bodies.ReleaseUserTask) -> Progress:
    """Give a task back to its candidates."""
    return progress(await rooms.submit(user_tasks.release(asked.id, actor=given.actor)))


@command("POST", "/user-tasks/{id:str}/complete", is_repeatable=True)
async def complete_user_task(rooms: Rooms, asked: Asked, given: bodies.CompleteUserTask) -> Progress:
    """The task is done. The answer says where the instance waits next; it is on disk by then."""
    request = user_tasks.complete(
        asked.id, given.variables, actor=given.actor, idempotency_key=asked.idempotency_key
    )
    return progress(await rooms.submit(request))
