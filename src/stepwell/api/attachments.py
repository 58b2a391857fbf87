"""Files over HTTP. Their contents are never shown as what they claim to be: browsers only save them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from litestar import Request, post
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import HeaderParameter, QueryParameter
from litestar.response import Stream
from msgspec import Struct

from stepwell.api import bodies
from stepwell.api.command import Asked, command, failures
from stepwell.api.problems import HttpRejection
from stepwell.api.reading import Id, TheActor, TheRooms, read
from stepwell.api.records import Type
from stepwell.api.rooms import Rooms
from stepwell.identity import Actor
from stepwell.services.records import attachments
from stepwell.services.records.attachments import Attachment, Upload

BYTES = "application/octet-stream"
Name = Annotated[str, QueryParameter(min_length=1, max_length=1000, description="What the file is called.")]
Key = Annotated[str, HeaderParameter(name="Idempotency-Key", max_length=255)]
_SAFE = {"x-content-type-options": "nosniff", "content-security-policy": "sandbox; default-src 'none'"}


class Attachments(Struct, frozen=True):
    """The files of a thing, the oldest first."""

    items: tuple[Attachment, ...]


@dataclass
class BytesBody(Operation):
    """An operation whose body is a file."""

    def __post_init__(self) -> None:
        schema = Schema(
            type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY, description="The contents of the file."
        )
        self.request_body = RequestBody({BYTES: OpenAPIMediaType(schema)}, required=True)


UPLOAD: dict[str, Any] = {
    "status_code": 201, "tags": ["attachments"], "operation_class": BytesBody, "request_max_body_size": None,
    "responses": failures(409, 415, 503),
}  # fmt: skip


@read("/records/{type:str}/{id:str}/attachments", "attachments")
async def list_attachments(rooms: TheRooms, actor: TheActor, type: Type, id: Id) -> Attachments:
    """The files beside a record, and those of its file fields."""
    return Attachments(await rooms.read(attachments.of, rooms.store, actor, f"{type}/{id}"))


@post(
    "/records/{type:str}/{id:str}/attachments",
    operation_id="add_attachment",
    summary="Add attachment",
    **UPLOAD,
)
async def add_attachment(
    request: Request[Any, Any, Any],
    rooms: TheRooms,
    actor: TheActor,
    type: Type,
    id: Id,
    name: Name,
    key: Key = "",
) -> Attachment:
    """Put a file beside a record. The body is the file itself."""
    return await receive(request, (rooms, actor), Upload(name=name, owner=f"{type}/{id}", key=key))


@post("/attachments", operation_id="upload_file", summary="Upload file", **UPLOAD)
async def upload_file(
    request: Request[Any, Any, Any], rooms: TheRooms, actor: TheActor, name: Name, key: Key = ""
) -> Attachment:
    """Upload a file for a file field of a record that is saved next; it is gone a day later if nothing took it."""
    return await receive(request, (rooms, actor), Upload(name=name, key=key))


async def receive(request: Request[Any, Any, Any], where: tuple[Rooms, Actor], given: Upload) -> Attachment:
    """Keep the file that is the body of a request."""
    rooms, actor = where
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != BYTES:
        raise HttpRejection(415, "body.media-type", f"Expected a body of {BYTES}, but found {media_type!r}.")
    return await attachments.upload(rooms.store, rooms.files, actor, given, _pieces(request))


async def _pieces(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    async for piece in request.stream():
        yield piece


@read("/attachments/{id:str}", "attachments")
async def get_attachment(rooms: TheRooms, actor: TheActor, id: Id) -> Attachment:
    """What is known of one file."""
    return await rooms.read_long(attachments.load, rooms.store, actor, id)


@read("/attachments/{id:str}/content", "attachments", media_type=BYTES)
async def get_attachment_content(rooms: TheRooms, actor: TheActor, id: Id) -> Stream:
    """The contents of a file, to be saved by the browser whatever they are."""
    found = await rooms.read_long(attachments.load, rooms.store, actor, id)
    headers = {**_SAFE, "content-disposition": disposition(found.name), "content-length": str(found.size)}
    return Stream(attachments.contents(rooms.files, found), media_type=BYTES, headers=headers)


def disposition(name: str) -> str:
    """A header that makes a browser save a file under its name (RFC 6266); any other sign is written in hexadecimal."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_. ") else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


@command("POST", "/attachments/{id:str}/remove")
async def remove_attachment(rooms: Rooms, asked: Asked, given: bodies.Nothing) -> Attachment:
    """Delete a file beside a record."""
    return await rooms.read_long(attachments.remove, rooms.store, asked.actor, asked.id)
