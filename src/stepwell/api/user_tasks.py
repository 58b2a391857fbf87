"""User tasks over HTTP."""

from datetime import datetime
from typing import Annotated

from litestar.params import FromQuery, QueryParameter

from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.reading import After, Id, IdList, Limit, Text, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.services import user_tasks
from stepwell.services.progress import Progress, progress
from stepwell.services.user_tasks import TaskPage, UserTask

User = Annotated[
    str, QueryParameter(min_length=1, max_length=255, pattern=r"^[^\u0000]*[^\u0000\s][^\u0000]*$")
]
Roles = Annotated[
    list[str] | None,
    QueryParameter(
        max_items=user_tasks.MOST_ROLES, description="A role of the user; may stand several times."
    ),
]


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
    return await rooms.wait_for(request, given)


@read("/user-tasks", "user tasks")
async def list_user_tasks(
    rooms: TheRooms,
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
    """Open user tasks, the newest first. `candidate` and `role`: offered to these, and nobody has it yet."""
    asked = user_tasks.Filter(
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
    return await rooms.read(user_tasks.page, rooms.store, asked)


@read("/user-tasks/{id:str}", "user tasks")
async def get_user_task(rooms: TheRooms, id: Id) -> UserTask:
    """One open user task."""
    return await rooms.read(user_tasks.load, rooms.store, id)


@read("/inbox", "user tasks")
async def get_inbox(
    rooms: TheRooms, user: User, roles: Roles = None, limit: Limit = 50, after: After = None
) -> TaskPage:
    """What a person has to do or may take, the newest first."""
    person = user_tasks.Person(user, tuple(roles or ()))
    return await rooms.read(user_tasks.inbox, rooms.store, person, limit, after)
