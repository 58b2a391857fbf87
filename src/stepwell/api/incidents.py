"""Incidents over HTTP."""

from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.reading import After, Id, IdList, Limit, Text, TheActor, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.services import incidents
from stepwell.services.incidents import Incident, IncidentPage
from stepwell.services.progress import Progress


@command("POST", "/incidents/{id:str}/retry")
async def retry_incident(rooms: Rooms, asked: Asked, given: bodies.RetryIncident) -> Progress:
    """Let the stuck element try again, after repair.

    If it is its own result that is wrong, `values` take the place of those by these names in it.
    """
    request = incidents.retry(asked.id, given.values, actor=asked.actor, reason=given.reason)
    return await rooms.tell(request)


@read("/incidents", "incidents")
async def list_incidents(
    rooms: TheRooms,
    actor: TheActor,
    process_id: Text = None,
    instance: IdList = None,
    element: Text = None,
    code: Text = None,
    limit: Limit = 50,
    after: After = None,
) -> IncidentPage:
    """What is stuck in instances that one may see, in the newest ones first."""
    wanted = incidents.Filter(
        process_id=process_id, instance=instance, element=element, code=code, limit=limit, after=after
    )
    return await rooms.read(incidents.page, rooms.directory, wanted, actor)


@read("/incidents/{id:str}", "incidents")
async def get_incident(rooms: TheRooms, actor: TheActor, id: Id) -> Incident:
    """One open incident."""
    return await rooms.read(incidents.load, rooms.directory, id, actor)
