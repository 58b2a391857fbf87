"""Process instances over HTTP."""

from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.rooms import Rooms
from stepwell.services import definitions, instances
from stepwell.services.progress import Progress, progress


@command("POST", "/instances", status=201, is_repeatable=True)
async def start_instance(rooms: Rooms, asked: Asked, given: bodies.StartInstance) -> Progress:
    """Start a process. The answer says where it waits; it is on disk by then."""
    number = None
    if given.version is not None:
        number = await rooms.read(definitions.number, rooms.store, given.process_id, given.version)
    request = instances.start(
        given.process_id,
        given.variables,
        actor=given.actor,
        business_key=given.business_key,
        definition_id=number,
        idempotency_key=asked.idempotency_key,
    )
    return progress(await rooms.submit(request))


@command("POST", "/instances/{id:str}/cancel")
async def cancel_instance(rooms: Rooms, asked: Asked, given: bodies.CancelInstance) -> Progress:
    """End an instance without going on anywhere."""
    request = instances.cancel(asked.id, actor=given.actor, reason=given.reason)
    return progress(await rooms.submit(request))


@command("PUT", "/instances/{id:str}/variables")
async def set_variables(rooms: Rooms, asked: Asked, given: bodies.SetVariables) -> Progress:
    """Give variables new values, for a reason that the history keeps. Others stay as they are."""
    request = instances.set_variables(
        asked.id, given.variables, reason=given.reason, actor=given.actor, scope=given.scope
    )
    return progress(await rooms.submit(request))
