"""Lists that people keep, over HTTP."""

from typing import Annotated

from litestar.params import QueryParameter
from msgspec import Struct

from stepwell.api import record_bodies as bodies
from stepwell.api.bodies import Nothing
from stepwell.api.command import Asked, command
from stepwell.api.reading import TheActor, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.services.records import views
from stepwell.services.records.views import Given, Removed, SavedView


class SavedViews(Struct, frozen=True):
    """The person's own, then those of everybody."""

    items: tuple[SavedView, ...]


@read("/saved-views", "saved views")
async def list_saved_views(
    rooms: TheRooms,
    actor: TheActor,
    subject: Annotated[str, QueryParameter(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_-]*$")],
) -> SavedViews:
    """The views of a record type, or of another list, that are one's own or shared."""
    return SavedViews(await rooms.read(views.page, rooms.store, actor, subject))


@command("POST", "/saved-views", status=201, is_repeatable=True)
async def add_saved_view(rooms: Rooms, asked: Asked, given: bodies.AddSavedView) -> SavedView:
    """Keep a list: its columns, filter, order and search. For a record type they are tried first."""
    wish = Given(label=given.label, content=given.content, shared=given.shared)
    return await rooms.read_long(
        views.add, rooms.store, asked.actor, given.subject, wish, asked.idempotency_key
    )


@command("PUT", "/saved-views/{id:str}")
async def change_saved_view(rooms: Rooms, asked: Asked, given: bodies.ChangeSavedView) -> SavedView:
    """Let a list be another one; only its owner and those who administer may."""
    wish = Given(label=given.label, content=given.content, shared=given.shared)
    return await rooms.read_long(views.change, rooms.store, asked.actor, asked.id, wish)


@command("POST", "/saved-views/{id:str}/remove")
async def remove_saved_view(rooms: Rooms, asked: Asked, given: Nothing) -> Removed:
    """Forget a list; only its owner and those who administer may."""
    return await rooms.read_long(views.remove, rooms.store, asked.actor, asked.id)
