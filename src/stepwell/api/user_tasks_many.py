"""Many user tasks at once over HTTP (T8): a command for each, and a report with a row for each."""

from msgspec.structs import replace

from stepwell.api import bodies, bulk
from stepwell.api.bulk import Report
from stepwell.api.command import Asked, command
from stepwell.api.rooms import Rooms
from stepwell.services import user_tasks


@command("POST", "/user-tasks/claim-many", is_repeatable=True)
async def claim_many(rooms: Rooms, asked: Asked, given: bodies.ClaimMany) -> Report:
    """Take several tasks. One that somebody else has does not stop the others."""
    user = given.user or asked.actor.name

    async def claim(id: str) -> str:
        request = user_tasks.claim(id, user, actor=asked.actor)
        key = bulk.key_for(asked.idempotency_key, id)
        await rooms.submit(replace(request, idempotency_key=key))
        return ""

    return await bulk.each(given.ids, claim)
