"""Applications as zip files over HTTP."""

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Request, post
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import QueryParameter
from litestar.response import Response

from stepwell.api.attachments import disposition
from stepwell.api.command import failures
from stepwell.api.definitions import Key
from stepwell.api.once import Keyed, once, uploaded
from stepwell.api.problems import HttpRejection
from stepwell.api.reading import Id, TheActor, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.identity.policies import application as policy
from stepwell.services.allowing import allow
from stepwell.services.applications import archives, deploying, exporting, listing
from stepwell.services.applications.deploying import Asked
from stepwell.services.applications.listing import Applications
from stepwell.services.applications.report import ApplicationDeployment

ZIP = "application/zip"
LARGEST = 64 * 1024 * 1024


@dataclass
class ZipBody(Operation):
    """An operation whose body is a zip file."""

    def __post_init__(self) -> None:
        schema = Schema(type=OpenAPIType.STRING, description="A zip file of an application's folder.")
        self.request_body = RequestBody({ZIP: OpenAPIMediaType(schema)}, required=True)


@read("/applications", "applications")
async def list_applications(rooms: TheRooms, actor: TheActor) -> Applications:
    """The applications that were deployed as folders; for those who design or administer."""
    return await rooms.read(listing.everything, rooms.store, actor)


@read("/applications/{id:str}/export", "applications", media_type=ZIP)
async def export_application(rooms: TheRooms, actor: TheActor, id: Id) -> Response[bytes]:
    """The folder of an application as it is now, as a zip file: what was not changed comes back byte for byte.

    Rows are those that it brought, passwords are in no file. For those who both design and administer.
    """
    files = await rooms.read_long(exporting.export, rooms.store, id, actor)
    headers = {"content-disposition": disposition(f"{id}.zip")}
    return Response(await asyncio.to_thread(archives.write, files), media_type=ZIP, headers=headers)


@post(
    "/applications", status_code=200, tags=["applications"], operation_id="deploy_application",
    summary="Deploy application", operation_class=ZipBody, responses=failures(409, 413, 415, 503),
    request_max_body_size=LARGEST,
)  # fmt: skip
async def deploy_application(
    request: Request[Any, Any, Any],
    rooms: TheRooms,
    actor: TheActor,
    dry_run: Annotated[bool, QueryParameter(description="Only tell what would change.")] = False,
    prune: Annotated[bool, QueryParameter(description="Take away what is gone and holds no data.")] = False,
    with_data: Annotated[bool, QueryParameter(description="With `prune`: also what holds data.")] = False,
    key: Key = "",
) -> ApplicationDeployment:
    """Make the installation as the folder of an application says: all of it, or nothing.

    Whatever is wrong is told at once, each problem with its file and its line. The answer says what
    changed; deployed again, nothing does. For those who both design and administer.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in {ZIP, "application/x-zip-compressed"}:
        raise HttpRejection(415, "body.media-type", f"Expected a body of {ZIP}, but found {media_type!r}.")
    verdict = policy.may_deploy_applications(actor)  # before anything is unpacked
    allow(verdict, "application.forbidden", "Expected to be allowed to deploy applications")
    asked = Asked(actor=actor, dry_run=dry_run, prune=prune, with_data=with_data)
    data = await request.body()
    keyed = Keyed(actor.name, key, f"/applications {dry_run} {prune} {with_data}", uploaded(data))
    return await once(
        rooms, keyed, ApplicationDeployment, lambda: asyncio.to_thread(_deploy, rooms, data, asked)
    )


def _deploy(rooms: Rooms, data: bytes, asked: Asked) -> ApplicationDeployment:
    return deploying.deploy_read(rooms.store, lambda: archives.read(data), asked, rooms.settings)
