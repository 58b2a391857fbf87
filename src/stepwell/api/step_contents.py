"""What is beside a step, over HTTP: comments, files, and who has it open."""

from typing import Any

from litestar import Request, post

from stepwell.api import bodies
from stepwell.api.attachments import UPLOAD, Attachments, Key, Name, receive
from stepwell.api.command import Asked, command
from stepwell.api.reading import After, Id, Limit, TheActor, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.services import comments, presences
from stepwell.services.comments import Comment, CommentPage
from stepwell.services.presences import Presence
from stepwell.services.records import attachments
from stepwell.services.records.attachments import Attachment, Upload

STEP = "user-task/"


@read("/user-tasks/{id:str}/comments", "user tasks")
async def list_comments(
    rooms: TheRooms, actor: TheActor, id: Id, limit: Limit = 50, after: After = None
) -> CommentPage:
    """What people wrote about a step, the oldest first; also when it is done."""
    return await rooms.read_long(comments.page, rooms.store, id, actor, limit, after)


@command("POST", "/user-tasks/{id:str}/comments", status=201, is_repeatable=True)
async def add_comment(rooms: Rooms, asked: Asked, given: bodies.AddComment) -> Comment:
    """Write something about a step. Whoever sees what is in it may; whose step it is, is told."""
    done = await rooms.read_long(
        comments.add, rooms.store, asked.id, given.text, asked.actor, asked.idempotency_key
    )
    rooms.channel.tell(*done.news)
    return done.comment


@read("/user-tasks/{id:str}/presence", "user tasks")
async def get_presence(rooms: TheRooms, actor: TheActor, id: Id) -> Presence:
    """Who has a step open right now."""
    return await rooms.read_long(presences.load, rooms.store, id, actor)


@command("PUT", "/user-tasks/{id:str}/presence")
async def put_presence(rooms: Rooms, asked: Asked, given: bodies.PutPresence) -> Presence:
    """Say that one has a step open: for 45 seconds, so a page says it about every 20. `is_here` false: it is closed."""
    done = await rooms.read_long(presences.put, rooms.store, asked.id, asked.actor, is_here=given.is_here)
    rooms.channel.tell(*done.news)
    return done.presence


@read("/user-tasks/{id:str}/attachments", "attachments")
async def list_step_attachments(rooms: TheRooms, actor: TheActor, id: Id) -> Attachments:
    """The files beside a step; also when it is done."""
    return Attachments(await rooms.read_long(attachments.of, rooms.store, actor, f"{STEP}{id}"))


@post(
    "/user-tasks/{id:str}/attachments",
    operation_id="add_step_attachment",
    summary="Add step attachment",
    **UPLOAD,
)
async def add_step_attachment(
    request: Request[Any, Any, Any], rooms: TheRooms, actor: TheActor, id: Id, name: Name, key: Key = ""
) -> Attachment:
    """Put a file beside an open step. The body is the file itself."""
    return await receive(request, (rooms, actor), Upload(name=name, owner=f"{STEP}{id}", key=key))
