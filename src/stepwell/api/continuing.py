"""Going on with open steps from records, over HTTP (S9)."""

from typing import Annotated

from litestar.params import QueryParameter

from stepwell.api.reading import Id, TheActor, TheRooms, read
from stepwell.api.records import Type
from stepwell.services import continuing
from stepwell.services.continuing import RecordTasks, TasksOfRecords

Numbers = Annotated[
    str,
    QueryParameter(
        min_length=1,
        max_length=4_000,
        pattern=r"^[1-9][0-9]{0,17}(,[1-9][0-9]{0,17}){0,199}$",
        description="The numbers of at most 200 records, with commas between them.",
    ),
]


@read("/records/{type:str}/{id:str}/user-tasks", "records")
async def list_user_tasks_of_record(rooms: TheRooms, actor: TheActor, type: Type, id: Id) -> RecordTasks:
    """The open steps about a record that one has or may take, the newest first, also what starts later."""
    return await rooms.read(continuing.of_record, rooms.store, (type, id), actor)


@read("/records/{type:str}/user-tasks", "records")
async def list_user_tasks_of_records(
    rooms: TheRooms, actor: TheActor, type: Type, ids: Numbers
) -> TasksOfRecords:
    """The same for many records of a type at once: those that have such steps, with up to 20 of each."""
    return await rooms.read(continuing.of_records, rooms.store, type, map(int, ids.split(",")), actor)
