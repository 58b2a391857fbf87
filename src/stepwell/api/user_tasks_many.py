"""Many user tasks at once over HTTP (T8): a command for each, and a report with a row for each."""

from collections.abc import Callable

from msgspec.structs import replace

from stepwell.api import bodies, bulk
from stepwell.api.bulk import Report
from stepwell.api.command import Asked, command
from stepwell.api.rooms import Rooms
from stepwell.services import answering_many, user_tasks
from stepwell.services.given import text
from stepwell.services.requests import Request
from stepwell.services.user_tasks import Filled, Later, Receiver


@command("POST", "/user-tasks/claim-many", is_repeatable=True)
async def claim_many(rooms: Rooms, asked: Asked, given: bodies.ClaimMany) -> Report:
    """Take several tasks. One that somebody else has does not stop the others."""
    user = given.user or asked.actor.name
    return await _each(rooms, asked, given.ids, lambda task: user_tasks.claim(task, user, actor=asked.actor))


@command("POST", "/user-tasks/release-many", is_repeatable=True)
async def release_many(rooms: Rooms, asked: Asked, given: bodies.ReleaseMany) -> Report:
    """Give several tasks back to those to whom they are offered."""
    return await _each(rooms, asked, given.ids, lambda task: user_tasks.release(task, actor=asked.actor))


@command("POST", "/user-tasks/reassign-many", is_repeatable=True)
async def reassign_many(rooms: Rooms, asked: Asked, given: bodies.ReassignMany) -> Report:
    """Hand several tasks on to somebody, or to roles."""
    to = Receiver(given.assignee, tuple(given.users), tuple(given.roles))

    def reassign(id: str) -> Request:
        return user_tasks.reassign(id, to, comment=given.comment, actor=asked.actor)

    return await _each(rooms, asked, given.ids, reassign)


@command("POST", "/user-tasks/postpone-many", is_repeatable=True)
async def postpone_many(rooms: Rooms, asked: Asked, given: bodies.PostponeMany) -> Report:
    """Do several tasks later. One of a role comes later for everybody in it, unless an assignee is named."""
    later = Later(
        start_at=given.start_at, duration=given.duration, remind_at=given.remind_at, in_calendar=given.in_calendar,
        assignee=given.assignee,
    )  # fmt: skip
    return await _each(
        rooms, asked, given.ids, lambda task: user_tasks.postpone(task, later, actor=asked.actor)
    )


@command("POST", "/user-tasks/complete-many", is_repeatable=True)
async def complete_many(rooms: Rooms, asked: Asked, given: bodies.CompleteMany) -> Report:
    """Give the same answer to several tasks that ask the same, as background work. What asks something else than the
    first, begins with other values, shows a record, an activity or an e-mail of its own, or does not take the
    answer, is told in its row.
    """
    filled = Filled(given.values, given.button, given.variables)

    async def open_page(id: str) -> str:
        await rooms.submit(user_tasks.open_page(id, actor=asked.actor))
        return ""

    found = await rooms.read_long(answering_many.questions, rooms.store, given.ids, asked.actor)
    if unopened := answering_many.unopened(found):
        await bulk.each(unopened, open_page)
        found = await rooms.read_long(answering_many.questions, rooms.store, given.ids, asked.actor)

    def complete(id: str) -> Request:
        answering_many.expect_same(found, given.ids[0], id)
        return user_tasks.complete(id, filled, actor=asked.actor)

    return await _each(rooms, asked, given.ids, complete)


async def _each(rooms: Rooms, asked: Asked, ids: list[str], request: Callable[[str], Request]) -> Report:
    key = text(asked.idempotency_key, "Idempotency-Key")

    async def carry_out(id: str) -> str:
        await rooms.submit(replace(request(id), idempotency_key=bulk.key_for(key, id)))
        return ""

    return await bulk.each(ids, carry_out)
