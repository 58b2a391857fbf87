"""A POST that does nothing, on the framework and the server that Stepwell uses: what the rest costs."""

from typing import Any

import msgspec
from litestar import Litestar, get, post


class Start(msgspec.Struct):
    """The body of a start."""

    definition: str
    variables: dict[str, Any] = {}


class Started(msgspec.Struct):
    """What a start is answered with."""

    id: str
    definition: str
    version: int
    status: str


@get("/", sync_to_thread=False)
def ready() -> str:
    """Answers as soon as the server listens."""
    return "ready"


@post("/", sync_to_thread=False)
def start(data: Start) -> Started:
    """Reads the body, answers, keeps nothing."""
    return Started("0198c2a5-6f7e-7c11", data.definition, 1, "active")


app = Litestar([ready, start], openapi_config=None)
