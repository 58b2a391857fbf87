"""User tasks over HTTP."""

from datetime import datetime

from litestar.params import FromQuery

from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.reading import After, Id, IdList, Limit, Text, TheActor, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.services import reasons, user_tasks
from stepwell.services.progress import Progress, progress
from stepwell.services.reasons import Answer
from stepwell.services.user_tasks import TaskPage, UserTask


@command("POST", "/user-tasks/{id:str}/claim")
async def claim_user_task(rooms: Rooms, asked: Asked, given: bodies.ClaimUserTask) -> Progress:
    """Take a task. Who is first has it; claiming again what one has changes nothing."""
    user = given.user or asked.actor.name
    return progress(await rooms.submit(user_tasks.claim(asked.id, user, actor=asked.actor)))


@command("POST", "/user-tasks/{id:str}/release")
async def release_user_task(rooms: Rooms, asked: Asked, given: bodies.ReleaseUserTask) -> Progress:
    """Give a task back to its candidates."""
    return progress(await rooms.submit(user_tasks.release(asked.id, actor=asked.actor)))


@command("POST", "/user-tasks/{id:str}/complete", is_repeatable=True)
async def complete_user_task(rooms: Rooms, asked: Asked, given: bodies.CompleteUserTask) -> Progress:
    """The task is done. The answer says where the instance waits next; it is on disk by then."""
    request = user_tasks.complete(
        asked.id, given.variables, actor=asked.actor, idempotency_key=asked.idempotency_key
    )
    return await rooms.wait_for(request, given)


@read("/user-tasks", "user tasks")
async def list_user_tasks(
    rooms: TheRooms,
    actor: TheActor,
    assignee: Text = None,
    candidate: Text = None,
    role: Text = None,
    process_id: Text = None,
    instance: IdList = None,
    element: Text = None,
    due_before: FromQuery[datetime | None] = None,
    limit: Limit = 50,
    after: After = None,
) -> TaskPage:
    """Open user tasks of instances that one may see, the newest first. `candidate` and `role`: offered to these, and nobody has it yet."""
    wanted = user_tasks.Filter(
        assignee=assignee,
        candidate=candidate,
        role=role,
        process_id=process_id,
        instance=instance,
        element=element,
        due_before=due_before,
        limit=limit,
        after=after,
    )
    return await rooms.read(user_tasks.page, rooms.store, wanted, actor)


@read("/user-tasks/{id:str}", "user tasks")
async def get_user_task(rooms: TheRooms, actor: TheActor, id: Id) -> UserTask:
    """One open user task."""
    return await rooms.read(user_tasks.load, rooms.store, id, actor)


@read("/user-tasks/{id:str}/why", "user tasks")
async def why_user_task(
    rooms: TheRooms,
    actor: TheActor,
    id: Id,
    person: Text = None,
) -> Answer:
    """Why one does or does not see a step, and what one may do with it, in words. Operators ask about anybody."""
    return await rooms.read(reasons.why, rooms.directory, id, actor, person or actor.name)
