"""Deployments and process definitions over HTTP."""

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Request, post
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import FromQuery, HeaderParameter, QueryParameter
from litestar.response import Response

from stepwell.api import bodies
from stepwell.api.callers import in_person
from stepwell.api.command import Asked, command, failures
from stepwell.api.once import Keyed, once, uploaded
from stepwell.api.problems import HttpRejection
from stepwell.api.reading import After, Id, Limit, Text, TheActor, TheCaller, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.services import activating, definitions
from stepwell.services.definitions import Definition, DefinitionPage, Deployment, File

XML = "application/xml"
Name = Annotated[str, QueryParameter(max_length=255, pattern=r"^[^\u0000]*$")]

Key = Annotated[str, HeaderParameter(name="Idempotency-Key", max_length=255)]
By = Annotated[str, QueryParameter(name="actor", max_length=255, pattern=r"^[^\u0000]*$")]


@dataclass
class XmlBody(Operation):
    """An operation whose body is a file of BPMN XML."""

    def __post_init__(self) -> None:
        schema = Schema(type=OpenAPIType.STRING, description="A BPMN 2.0 file.")
        self.request_body = RequestBody({XML: OpenAPIMediaType(schema)}, required=True)


@post(
    "/deployments", status_code=201, tags=["definitions"], operation_id="deploy", summary="Deploy",
    operation_class=XmlBody, responses=failures(409, 413, 415, 503), request_max_body_size=64 * 1024 * 1024,
)  # fmt: skip
async def deploy(
    request: Request[Any, Any, Any],
    rooms: TheRooms,
    caller: TheCaller,
    name: Name = "",
    named: Annotated[str, QueryParameter(name="actor", max_length=255, pattern=r"^[^\u0000]*$")] = "",
    key: Key = "",
) -> Deployment:
    """Make a new version of each executable process of a BPMN file.

    If the very same file is current already nothing happens, and `is_new` is false. Whatever is wrong
    with the file is told at once, with the element's id and the line, and nothing is deployed.
    """
    expect_xml(request)
    file = File(await request.body(), name, in_person(caller, named).actor)
    keyed = Keyed(file.actor.name, key, "/deployments", uploaded(file.data, name))
    return await once(
        rooms,
        keyed,
        Deployment,
        lambda: asyncio.to_thread(definitions.deploy, rooms.store, file, rooms.settings),
    )


@post(
    "/deployments/check", status_code=200, tags=["definitions"], operation_id="check_deployment",
    summary="Check deployment", operation_class=XmlBody, responses=failures(413, 415, 503),
    request_max_body_size=64 * 1024 * 1024,
)  # fmt: skip
async def check_deployment(
    request: Request[Any, Any, Any], rooms: TheRooms, actor: TheActor, name: Name = ""
) -> Deployment:
    """What deploying a BPMN file would do, without doing it: the versions that its processes would get (without an id
    as long as they are new), or everything that is wrong, as the deployment would tell it.
    """
    expect_xml(request)
    file = File(await request.body(), name, actor)
    return await rooms.read_long(definitions.trial, rooms.store, file, rooms.settings)


def expect_xml(request: Request[Any, Any, Any]) -> None:
    """Raises ``HttpRejection`` for a body that says to be something else."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in {XML, "text/xml", "application/bpmn+xml"}:
        raise HttpRejection(415, "body.media-type", f"Expected a body of {XML}, but found {media_type!r}.")


@read("/definitions", "definitions")
async def list_definitions(
    rooms: TheRooms,
    actor: TheActor,
    process_id: Text = None,
    only_runnable: FromQuery[bool] = False,
    limit: Limit = 50,
    after: After = None,
) -> DefinitionPage:
    """The latest version of each process that one may see, or every version of one, the newest first.
    `only_runnable`: those that one may run.
    """
    asked = definitions.Filter(process_id=process_id, only_runnable=only_runnable, limit=limit, after=after)
    return await rooms.read(definitions.page, rooms.store, asked, actor)


@read("/definitions/{id:str}", "definitions")
async def get_definition(rooms: TheRooms, actor: TheActor, id: Id) -> Definition:
    """One version of a process."""
    return await rooms.read(definitions.load, rooms.store, id, actor)


@command("POST", "/definitions/{id:str}/activate")
async def activate_definition(rooms: Rooms, asked: Asked, given: bodies.Nothing) -> Definition:
    """Let new instances of its process run this version, whatever came after it. Running ones stay on theirs."""
    return await rooms.read_long(activating.activate, rooms.store, asked.id, asked.actor)


@read("/definitions/{id:str}/xml", "definitions", media_type=XML)
async def get_definition_xml(rooms: TheRooms, actor: TheActor, id: Id) -> Response[bytes]:
    """The file of this version, as it was deployed."""
    found = await rooms.read_long(definitions.xml, rooms.store, id, actor)
    return Response(found, media_type=XML)
