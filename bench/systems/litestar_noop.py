"""A POST that does nothing, on the framework and the server that Stepwell uses: what the rest costs."""

from typing import Any

import msgspec
from litestar import Litestar, get, post


class Start(msgspec.Struct):
    """The body of a start."""

    process_id: str
    variables: dict[str, Any] = {}


class OpenTask(msgspec.Struct):
    """A user task as the answer names it."""

    id: str
    element: str
    title: str


class Started(msgspec.Struct):
    """What a start is answered with."""

    id: str
    status: str
    revision: int
    user_tasks: list[OpenTask]


@get("/", sync_to_thread=False)
def ready() -> str:
    """Answers as soon as the server listens."""
    return "ready"


@post("/", sync_to_thread=False)
def start(data: Start) -> Started:
    """Reads the body, answers, keeps nothing."""
    return Started("17", "running", 1, [OpenTask("17-1", data.process_id, "ask")])


app = Litestar([ready, start], openapi_config=None)
