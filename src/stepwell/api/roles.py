"""Roles, their members and rights over HTTP."""

from msgspec.structs import asdict

from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.people import Search
from stepwell.api.reading import After, Id, Limit, Text, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.identity import Role as NewRole
from stepwell.services import roles
from stepwell.services.roles import Members, Role, RoleChange, RolePage


@read("/roles", "roles")
async def list_roles(
    rooms: TheRooms, search: Search = "", parent: Text = None, limit: Limit = 50, after: After = None
) -> RolePage:
    """Roles in the order of their names. `parent`: those directly below it, empty for those at the top."""
    asked = roles.Filter(search=search, parent=parent, limit=limit, after=after)
    return await rooms.read(roles.page, rooms.store, asked)


@read("/roles/{id:str}", "roles")
async def get_role(rooms: TheRooms, id: Id) -> Role:
    """One role by its name."""
    return await rooms.read(roles.load, rooms.store, id)


@command("POST", "/roles", status=201)
async def add_role(rooms: Rooms, asked: Asked, given: bodies.AddRole) -> Role:
    """Add a role. Who is a member of an organisational role is a member of all above it."""
    role = NewRole(given.name, given.label, given.kind, given.parent, given.rights)
    return await rooms.read_long(roles.add, rooms.store, role, asked.actor)


@command("PUT", "/roles/{id:str}")
async def change_role(rooms: Rooms, asked: Asked, given: bodies.ChangeRole) -> Role:
    """Change how a role is called, where it stands, and what rights it gives; what is not said stays."""
    found = asdict(given)
    del found["actor"]
    return await rooms.read_long(roles.change, rooms.store, asked.id, RoleChange(**found), asked.actor)


@command("POST", "/roles/{id:str}/remove")
async def remove_role(rooms: Rooms, asked: Asked, given: bodies.Nothing) -> Role:
    """Forget a role; not while another one is below it, or an open step is offered to it."""
    return await rooms.read_long(roles.remove, rooms.store, asked.id, asked.actor)


@command("POST", "/roles/{id:str}/add-members")
async def add_members(rooms: Rooms, asked: Asked, given: bodies.ChangeMembers) -> Members:
    """Put people into a role; the answer names those who are new there."""
    return await rooms.read_long(roles.add_members, rooms.store, asked.id, tuple(given.people), asked.actor)


@command("POST", "/roles/{id:str}/remove-members")
async def remove_members(rooms: Rooms, asked: Asked, given: bodies.ChangeMembers) -> Members:
    """Take people out of a role; the answer names those who were there."""
    return await rooms.read_long(
        roles.remove_members, rooms.store, asked.id, tuple(given.people), asked.actor
    )
