"""Running processes over HTTP: what one may run, what a start asks for, and starts for many records at once."""

from typing import Annotated

from litestar.params import QueryParameter

from stepwell.api import bodies, bulk
from stepwell.api.bulk import Report
from stepwell.api.command import Asked, command
from stepwell.api.reading import Id, Limit, TheActor, TheRooms, read
from stepwell.api.records import Type
from stepwell.api.rooms import Rooms
from stepwell.services import processes, start_forms, starting_many
from stepwell.services.given import text
from stepwell.services.processes import Process, Processes, Which
from stepwell.services.start_forms import StartForm

Search = Annotated[
    str, QueryParameter(max_length=200, pattern=r"^[^\u0000]*$", description="Words in the name or id.")
]
Chosen = Annotated[
    Which, QueryParameter(description="All, one's favourites, or what one started last, the newest first.")
]


@read("/me/processes", "processes")
async def list_processes(
    rooms: TheRooms, actor: TheActor, search: Search = "", which: Chosen = "all", limit: Limit = 50
) -> Processes:
    """The latest version of each process that one may run, one's favourites first."""
    asked = processes.Asked(search=search, which=which, limit=limit)
    return await rooms.read(processes.runnable, rooms.store, asked, actor)


@read("/records/{type:str}/{id:str}/processes", "processes")
async def list_processes_of_record(rooms: TheRooms, actor: TheActor, type: Type, id: Id) -> Processes:
    """The processes that are offered on a record and that one may run; `parameter` gets the record."""
    return await rooms.read(processes.on_record, rooms.store, (type, id), actor)


@command("PUT", "/processes/{id:str}/favourite")
async def set_favourite(rooms: Rooms, asked: Asked, given: bodies.SetFavourite) -> Process:
    """Let a process be one of one's favourites, or not any more."""
    return await rooms.read_long(
        processes.set_favourite, rooms.store, asked.id, given.is_favourite, asked.actor
    )


@read("/definitions/{id:str}/start-form", "processes")
async def get_start_form(rooms: TheRooms, actor: TheActor, id: Id) -> StartForm:
    """The page that asks for what a process is given at its start, and the values that it begins with. What was
    filled in goes as `variables` to the start.
    """
    return await rooms.read_long(start_forms.load, rooms.store, id, actor)


@command("POST", "/definitions/{id:str}/start-many", is_repeatable=True)
async def start_many(rooms: Rooms, asked: Asked, given: bodies.StartMany) -> Report:
    """Start a process once for each of many records, in the background. One failure does not stop the others;
    the report has a row for each record.
    """
    of_all = text(asked.idempotency_key, "Idempotency-Key")
    plan = await rooms.read_long(starting_many.plan, rooms.store, asked.id, tuple(given.records), asked.actor)

    async def start(record: str) -> str:
        key = bulk.key_for(of_all, record)
        done = await rooms.submit(starting_many.start(plan, record, given.variables, key))
        return str(done.instance_id)

    return await bulk.each(given.records, start)
