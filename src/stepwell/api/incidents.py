"""Incidents over HTTP."""

from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.rooms import Rooms
from stepwell.services import incidents
from stepwell.services.progress import Progress, progress


@command("POST", "/incidents/{id:str}/retry")
async def retry_incident(rooms: Rooms, asked: Asked, given: bodies.RetryIncident) -> Progress:
    """Let the stuck element try again, after repair."""
    request = incidents.retry(asked.id, actor=given.actor, reason=given.reason)
    return progress(await rooms.submit(request))
