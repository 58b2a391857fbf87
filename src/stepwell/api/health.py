"""Whether the server is there, and whether it can work."""

import asyncio

from litestar import get
from msgspec import Struct

from stepwell.api.command import failures
from stepwell.api.problems import HttpRejection
from stepwell.api.reading import TheRooms
from stepwell.services import health


class Health(Struct, frozen=True):
    """That it is well."""

    status: str = "ok"


@get("/health/live", tags=["health"], operation_id="is_live", summary="Is live")
async def live() -> Health:
    """The server answers. No token is needed."""
    return Health()


@get(
    "/health/ready", tags=["health"], operation_id="is_ready", summary="Is ready", responses=failures(503),
)  # fmt: skip
async def ready(rooms: TheRooms) -> Health:
    """The server and its database answer. No token is needed."""
    try:
        await asyncio.wait_for(rooms.read_long(health.is_ready, rooms.store), timeout=2)
    except Exception as error:
        message = "Expected the database to answer, but it does not."
        raise HttpRejection(503, "database.unavailable", message) from error
    return Health()
