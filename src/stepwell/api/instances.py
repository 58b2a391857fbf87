"""Process instances over HTTP."""

from datetime import datetime
from typing import Annotated, Any

from litestar import Response
from litestar.params import FromQuery, QueryParameter
from msgspec import Struct
from msgspec.structs import replace

from stepwell import feel
from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.reading import After, Id, Limit, Text, TheActor, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.services import definitions, details, histories, instance_pages, instances, process_log
from stepwell.services.details import InstanceDetails
from stepwell.services.given import typed
from stepwell.services.histories import HistoryEntry
from stepwell.services.instance_pages import InstancePath, Steps
from stepwell.services.process_log import LogPage
from stepwell.services.progress import Progress

Search = Annotated[
    str,
    QueryParameter(
        max_length=200, pattern=r"^[^\u0000]*$",
        description="Words in the caption, the name of the process, the business key or the starter.",
    ),
]  # fmt: skip


class HistoryPage(Struct, frozen=True):
    """Part of a history; ``after`` is the revision behind which it goes on, None at the end."""

    items: tuple[HistoryEntry, ...]
    after: int | None = None


class VariablesOfScope(Struct, frozen=True):
    """Variables by name, as JSON, and the type of each: JSON knows no dates."""

    scope: int
    variables: dict[str, Any]
    types: dict[str, str] = {}


@command("POST", "/instances", status=201, is_repeatable=True)
async def start_instance(rooms: Rooms, asked: Asked, given: bodies.StartInstance) -> Progress:
    """Start a process. The answer says where it waits; it is on disk by then."""
    number = None
    if given.version is not None:
        number = await rooms.read(
            definitions.number, rooms.store, given.process_id, given.version, asked.actor
        )
    request = instances.start(
        given.process_id,
        given.variables,
        actor=asked.actor,
        business_key=given.business_key,
        definition_id=number,
        idempotency_key=asked.idempotency_key,
    )
    return await rooms.wait_for(request, given)


@command("POST", "/instances/{id:str}/cancel")
async def cancel_instance(rooms: Rooms, asked: Asked, given: bodies.CancelInstance) -> Progress:
    """End an instance without going on anywhere."""
    request = instances.cancel(asked.id, actor=asked.actor, reason=given.reason)
    return await rooms.tell(request)


@command("PUT", "/instances/{id:str}/variables")
async def set_variables(rooms: Rooms, asked: Asked, given: bodies.SetVariables) -> Progress:
    """Give variables new values, for a reason that the history keeps. Others stay as they are."""
    values = typed(given.variables, given.types)
    request = instances.set_variables(
        asked.id, values, reason=given.reason, actor=asked.actor, scope=given.scope
    )
    return await rooms.tell(request)


@read("/instances", "instances")
async def list_instances(
    rooms: TheRooms,
    actor: TheActor,
    status: FromQuery[process_log.Status | None] = None,
    process_id: Text = None,
    business_key: Text = None,
    starter: Text = None,
    search: Search = "",
    started_after: FromQuery[datetime | None] = None,
    started_before: FromQuery[datetime | None] = None,
    limit: Limit = 50,
    after: After = None,
) -> LogPage:
    """Instances that one may see, the newest first, each with its open steps that one has or may take. A page of a
    search can be short, even empty, and still have an `after`.
    """
    wanted = process_log.Asked(
        status=status, process_id=process_id, business_key=business_key, starter=starter, search=search,
        started_after=started_after, started_before=started_before, limit=limit, after=after,
    )  # fmt: skip
    reading = rooms.read_long if wanted.is_narrow else rooms.read
    return await reading(process_log.page, rooms.store, wanted, actor)


@read("/instances/{id:str}", "instances")
async def get_instance(rooms: TheRooms, actor: TheActor, id: Id) -> InstanceDetails:
    """One instance: how it is, where it waits and for what, what is stuck, what it called."""
    return await rooms.read(details.load, rooms.directory, id, actor)


@read("/instances/{id:str}/path", "instances")
async def get_path(rooms: TheRooms, actor: TheActor, id: Id) -> InstancePath:
    """The way that an instance took: how often each element was entered and done, where it waits and is stuck, and
    how often each flow was taken.
    """
    return await rooms.read_long(instance_pages.path, rooms.store, id, actor)


@read("/instances/{id:str}/steps", "instances")
async def list_steps(rooms: TheRooms, actor: TheActor, id: Id) -> Steps:
    """The steps for people of an instance, open and over: who, when, how long, and what came of them."""
    return await rooms.read_long(instance_pages.steps, rooms.store, id, actor)


@read("/instances/{id:str}/diagram", "instances", media_type="application/xml")
async def get_diagram(rooms: TheRooms, actor: TheActor, id: Id) -> Response[bytes]:
    """The file of the version that an instance runs, as it was deployed."""
    found = await rooms.read_long(definitions.diagram, rooms.store, id, actor)
    return Response(found, media_type="application/xml")


@read("/instances/{id:str}/history", "instances")
async def get_history(
    rooms: TheRooms,
    actor: TheActor,
    id: Id,
    after: Annotated[
        int, QueryParameter(ge=0, le=2**53, description="Only what came behind this revision.")
    ] = 0,
    limit: Limit = 100,
) -> HistoryPage:
    """What happened to an instance, command by command, the oldest first. Values of a step stand there only
    for those who may see what is in it.
    """
    entries = await rooms.read_long(histories.page, rooms.store, id, after, limit, actor)
    last = entries[-1].revision if len(entries) == limit else None
    return HistoryPage(tuple(map(_plain_entry, entries)), last)


@read("/instances/{id:str}/variables", "instances")
async def get_variables(
    rooms: TheRooms,
    actor: TheActor,
    id: Id,
    of: Annotated[
        int, QueryParameter(name="scope", ge=0, le=2**53, description="The key of a scope; 0: the instance.")
    ] = 0,
) -> VariablesOfScope:
    """The variables of one scope. Dates and durations are ISO 8601 texts."""
    found = await rooms.read(instances.variables, rooms.store, id, of, actor)
    types = {name: feel.declared_type_of(value) for name, value in found.items()}
    return VariablesOfScope(of, {name: feel.to_json(value) for name, value in found.items()}, types)


def _plain_entry(entry: HistoryEntry) -> HistoryEntry:
    events = tuple(replace(event, details=_plain(event.details)) for event in entry.events)
    return replace(entry, events=events)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return feel.to_json(value)
