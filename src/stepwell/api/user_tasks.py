"""User tasks over HTTP."""

from datetime import datetime

import msgspec
from litestar.params import FromQuery

from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.reading import After, Id, IdList, Limit, Text, TheActor, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.services import reasons, user_tasks
from stepwell.services.pages import drafting, showing
from stepwell.services.pages.drafting import DraftKept, Examined
from stepwell.services.pages.showing import StepPage
from stepwell.services.progress import Progress
from stepwell.services.reasons import Answer
from stepwell.services.user_tasks import TaskPage, UserTask


@command("POST", "/user-tasks/{id:str}/claim")
async def claim_user_task(rooms: Rooms, asked: Asked, given: bodies.ClaimUserTask) -> Progress:
    """Take a task. Who is first has it; claiming again what one has changes nothing."""
    user = given.user or asked.actor.name
    return await rooms.tell(user_tasks.claim(asked.id, user, actor=asked.actor))


@command("POST", "/user-tasks/{id:str}/release")
async def release_user_task(rooms: Rooms, asked: Asked, given: bodies.ReleaseUserTask) -> Progress:
    """Give a task back to its candidates."""
    return await rooms.tell(user_tasks.release(asked.id, actor=asked.actor))


@command("POST", "/user-tasks/{id:str}/complete", is_repeatable=True)
async def complete_user_task(rooms: Rooms, asked: Asked, given: bodies.CompleteUserTask) -> Progress:
    """The task is done. The answer says where the instance waits next; it is on disk by then. What does not fit the
    page is refused, everything at once.
    """
    filled = user_tasks.Filled(given.values, given.button, given.variables, given.revision)
    request = user_tasks.complete(asked.id, filled, actor=asked.actor, idempotency_key=asked.idempotency_key)
    return await rooms.wait_for(request, given)


@command("POST", "/user-tasks/{id:str}/open")
async def open_user_task(rooms: Rooms, asked: Asked, given: bodies.OpenUserTask) -> StepPage:
    """Open the page of a step. At the first opening it is worked out and stored; opening claims nothing."""
    await rooms.submit(user_tasks.open_page(asked.id, actor=asked.actor))
    return await rooms.read(showing.page, rooms.store, asked.id, asked.actor)


@command("PUT", "/user-tasks/{id:str}/draft")
async def save_draft(rooms: Rooms, asked: Asked, given: bodies.SaveDraft) -> DraftKept:
    """Keep what was typed on the page; it is there when the step is opened again."""
    done = await rooms.submit(user_tasks.save_draft(asked.id, given.values, actor=asked.actor))
    return msgspec.json.decode(done.answer, type=DraftKept)


@command("POST", "/user-tasks/{id:str}/examine")
async def examine_page(rooms: Rooms, asked: Asked, given: bodies.ExaminePage) -> Examined:
    """What is wrong with what was typed so far, on the whole page or one part of it. Nothing is kept."""
    return await rooms.read(
        drafting.examine, rooms.directory, asked.id, asked.actor, given.values, given.part
    )


@command("POST", "/user-tasks/{id:str}/reassign", is_repeatable=True)
async def reassign_user_task(rooms: Rooms, asked: Asked, given: bodies.ReassignUserTask) -> Progress:
    """Hand a task on to somebody, or to roles."""
    to = user_tasks.Receiver(given.assignee, tuple(given.users), tuple(given.roles))
    request = user_tasks.reassign(
        asked.id, to, comment=given.comment, actor=asked.actor, idempotency_key=asked.idempotency_key
    )
    return await rooms.tell(request)


@command("POST", "/user-tasks/{id:str}/postpone", is_repeatable=True)
async def postpone_user_task(rooms: Rooms, asked: Asked, given: bodies.PostponeUserTask) -> Progress:
    """Do a task later. One of a role comes later for everybody in it, unless an assignee is named."""
    later = user_tasks.Later(
        start_at=given.start_at,
        duration=given.duration,
        remind_at=given.remind_at,
        in_calendar=given.in_calendar,
        assignee=given.assignee,
        title=given.title,
    )
    request = user_tasks.postpone(asked.id, later, actor=asked.actor, idempotency_key=asked.idempotency_key)
    return await rooms.tell(request)


@command("POST", "/user-tasks/{id:str}/cancel", is_repeatable=True)
async def cancel_user_task(rooms: Rooms, asked: Asked, given: bodies.CancelUserTask) -> Progress:
    """End a step without going on behind it. An instance in which nothing else is active is cancelled by that."""
    request = user_tasks.cancel(
        asked.id, reason=given.reason, actor=asked.actor, idempotency_key=asked.idempotency_key
    )
    return await rooms.tell(request)


@read("/user-tasks/{id:str}/page", "user tasks")
async def get_page(rooms: TheRooms, actor: TheActor, id: Id) -> StepPage:
    """The page of a step that was opened before, with what was typed on it. Before the first opening: 409."""
    return await rooms.read(showing.page, rooms.store, id, actor)


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
