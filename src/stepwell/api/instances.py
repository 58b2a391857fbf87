"""Process instances over HTTP."""

from datetime import datetime
from typing import Annotated, Any

from litestar.params import FromQuery, QueryParameter
from msgspec import Struct
from msgspec.structs import replace

from stepwell import feel
from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.reading import After, Id, Limit, Text, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.services import definitions, details, histories, instances
from stepwell.services.details import InstanceDetails
from stepwell.services.histories import HistoryEntry
from stepwell.services.progress import Progress, progress


class HistoryPage(Struct, frozen=True):
    """Part of a history; ``after`` is the revision behind which it goes on, None at the end."""

    items: tuple[HistoryEntry, ...]
    after: int | None = None


class VariablesOfScope(Struct, frozen=True):
    """Variables by name, as JSON."""

    scope: int
    variables: dict[str, Any]


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
    return await rooms.wait_for(request, given)


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


@read("/instances", "instances")
async def list_instances(
    rooms: TheRooms,
    status: FromQuery[instances.Status | None] = None,
    process_id: Text = None,
    business_key: Text = None,
    starter: Text = None,
    limit: Limit = 50,
    after: After = None,
) -> instances.InstancePage:
    """Instances, the newest first."""
    asked = instances.Filter(
        status=status,
        process_id=process_id,
        business_key=business_key,
        starter=starter,
        limit=limit,
        after=after,
    )
    return await rooms.read(instances.page, rooms.store, asked)


@read("/instances/{id:str}", "instances")
async def get_instance(rooms: TheRooms, id: Id) -> InstanceDetails:
    """One instance: how it is, where it waits and for what, what is stuck, what it called."""
    return await rooms.read(details.load, rooms.store, id)


@read("/instances/{id:str}/history", "instances")
async def get_history(
    rooms: TheRooms,
    id: Id,
    after: Annotated[
        int, QueryParameter(ge=0, le=2**53, description="Only what came behind this revision.")
    ] = 0,
    limit: Limit = 100,
) -> HistoryPage:
    """What happened to an instance, command by command, the oldest first."""
    entries = await rooms.read_long(histories.page, rooms.store, id, after, limit)
    last = entries[-1].revision if len(entries) == limit else None
    return HistoryPage(tuple(map(_plain_entry, entries)), last)


@read("/instances/{id:str}/variables", "instances")
async def get_variables(
    rooms: TheRooms,
    id: Id,
    of: Annotated[
        int, QueryParameter(name="scope", ge=0, le=2**53, description="The key of a scope; 0: the instance.")
    ] = 0,
) -> VariablesOfScope:
    """The variables of one scope. Dates and durations are ISO 8601 texts."""
    found = await rooms.read(instances.variables, rooms.store, id, of)
    return VariablesOfScope(of, {name: feel.to_json(value) for name, value in found.items()})


def _plain_entry(entry: HistoryEntry) -> HistoryEntry:
    events = tuple(replace(event, details=_plain(event.details)) for event in entry.events)
    return replace(entry, events=events)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return feel.to_json(value)
