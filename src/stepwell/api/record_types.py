"""Record types and the rights for their records over HTTP."""

import asyncio

from msgspec import Struct

from stepwell.api import record_bodies as bodies
from stepwell.api.command import Asked, command
from stepwell.api.reading import Id, TheActor, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.errors import Conflict
from stepwell.identity.policies.record import RecordRight
from stepwell.services.records import record_types
from stepwell.services.records.record_types import Change, Put, Rights
from stepwell.services.records.type_views import RecordTypeView


class RecordTypes(Struct, frozen=True):
    """All that one may see, by name."""

    items: tuple[RecordTypeView, ...]


@read("/record-types", "record types")
async def list_record_types(rooms: TheRooms, actor: TheActor) -> RecordTypes:
    """The record types that one may see, lookups among them, with their fields and what one may do."""
    return RecordTypes(await rooms.read(record_types.page, rooms.store, actor))


@read("/record-types/{id:str}", "record types")
async def get_record_type(rooms: TheRooms, actor: TheActor, id: Id) -> RecordTypeView:
    """One record type."""
    return await rooms.read(record_types.load, rooms.store, actor, id)


@read("/record-types/{id:str}/rights", "record types")
async def get_record_rights(rooms: TheRooms, actor: TheActor, id: Id) -> Rights:
    """Who may see, add, change and delete the records of a type; for those who administer."""
    return Rights(await rooms.read(record_types.rights, rooms.store, actor, id))


@command("POST", "/record-types", status=201, is_repeatable=True)
async def add_record_type(rooms: Rooms, asked: Asked, given: bodies.AddRecordType) -> Put:
    """Make a record type with its table. Whatever is wrong with it is told at once."""
    change = Change(actor=asked.actor, key=asked.idempotency_key, is_new=True)
    return await asyncio.to_thread(record_types.put, rooms.store, given.definition, change)


@command("PUT", "/record-types/{id:str}", is_repeatable=True)
async def change_record_type(rooms: Rooms, asked: Asked, given: bodies.ChangeRecordType) -> Put:
    """Let a record type be as it is said now: add, rename, convert and remove fields while everything runs.

    Records that are in the way are counted in the refusal, and nothing is changed.
    """
    name = given.definition.get("name", asked.id)
    if name != asked.id:
        raise Conflict(
            "record-type.name", f"Expected the record type to stay '{asked.id}', but found another name."
        )
    definition = {**given.definition, "name": name}
    change = Change(actor=asked.actor, key=asked.idempotency_key, with_data=given.with_data, is_new=False)
    return await asyncio.to_thread(record_types.put, rooms.store, definition, change)


@command("POST", "/record-types/{id:str}/remove", is_repeatable=True)
async def remove_record_type(rooms: Rooms, asked: Asked, given: bodies.RemoveRecordType) -> Put:
    """Remove a record type; not while a field leads to it, nor with records unless that is said."""
    change = Change(actor=asked.actor, key=asked.idempotency_key, with_data=given.with_data)
    return await asyncio.to_thread(record_types.remove, rooms.store, asked.id, change)


@command("PUT", "/record-types/{id:str}/rights", is_repeatable=True)
async def set_record_rights(rooms: Rooms, asked: Asked, given: bodies.SetRecordRights) -> Rights:
    """Give roles these rights for the records of a type, and no others."""
    wanted: list[RecordRight] = [right.right() for right in given.rights]
    seen = None if given.seen is None else tuple(right.right() for right in given.seen)
    change = Change(actor=asked.actor, key=asked.idempotency_key, seen=seen)
    return await asyncio.to_thread(record_types.put_rights, rooms.store, asked.id, wanted, change)
