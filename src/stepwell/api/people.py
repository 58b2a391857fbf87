"""People over HTTP."""

from typing import Annotated

from litestar.params import FromQuery, QueryParameter
from msgspec.structs import asdict

from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.me import Done
from stepwell.api.reading import After, Id, Limit, Text, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.errors import Conflict
from stepwell.services import people
from stepwell.services.people import NewPerson, Person, PersonChange, PersonPage

Search = Annotated[
    str, QueryParameter(max_length=255, pattern=r"^[^\u0000]*$", description="Words in the name or label.")
]


@read("/people", "people")
async def list_people(
    rooms: TheRooms,
    search: Search = "",
    role: Text = None,
    is_active: FromQuery[bool | None] = None,
    limit: Limit = 50,
    after: After = None,
) -> PersonPage:
    """People in the order of their login names. `role`: who was put into it directly."""
    asked = people.Filter(search=search, role=role, is_active=is_active, limit=limit, after=after)
    return await rooms.read(people.page, rooms.store, asked)


@read("/people/{id:str}", "people")
async def get_person(rooms: TheRooms, id: Id) -> Person:
    """One person by the login name, with the roles given directly."""
    return await rooms.read(people.load, rooms.store, id)


@command("POST", "/people", status=201)
async def add_person(rooms: Rooms, asked: Asked, given: bodies.AddPerson) -> Person:
    """Add a person."""
    found = asdict(given)
    del found["actor"]
    found |= {"roles": tuple(given.roles), "password": given.password or ""}
    return await rooms.read_long(people.add, rooms.store, NewPerson(**found), asked.actor)


@command("PUT", "/people/{id:str}")
async def change_person(rooms: Rooms, asked: Asked, given: bodies.ChangePerson) -> Person:
    """Change what is known of a person; what is not said stays."""
    found = asdict(given)
    del found["actor"]
    return await rooms.read_long(people.change, rooms.store, asked.id, PersonChange(**found), asked.actor)


@command("POST", "/people/{id:str}/disable")
async def disable_person(rooms: Rooms, asked: Asked, given: bodies.Nothing) -> Person:
    """Let a person in no more: all sessions end, all API tokens are worthless. Nobody is deleted."""
    if asked.id == asked.actor.name:
        raise Conflict("person.yourself", "Expected to disable somebody else, but this is who asks.")
    return await rooms.read_long(people.set_active, rooms.store, asked.id, False, asked.actor)


@command("POST", "/people/{id:str}/enable")
async def enable_person(rooms: Rooms, asked: Asked, given: bodies.Nothing) -> Person:
    """Let a person in again."""
    return await rooms.read_long(people.set_active, rooms.store, asked.id, True, asked.actor)


@command("PUT", "/people/{id:str}/password")
async def set_password(rooms: Rooms, asked: Asked, given: bodies.SetPassword) -> Done:
    """Give a person another password; all sessions of the person end."""
    await rooms.read_long(people.set_password, rooms.store, asked.id, given.password, asked.actor)
    return Done()
