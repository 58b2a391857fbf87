"""The way in: who asks, the short way for commands, and the framework for everything else."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import msgspec

from stepwell.api import problems
from stepwell.api.callers import Doorkeeper, Headers
from stepwell.api.command import PREFIX, Command, asked
from stepwell.api.problems import HttpRejection
from stepwell.api.rooms import Rooms
from stepwell.api.web_app import WebApp, is_ours
from stepwell.services.directory import Caller

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

# what needs no login
OPEN = frozenset({"/health/live", "/health/ready", "/docs", "/docs/openapi.json", f"{PREFIX}/login"})
LARGEST_BODY = 10 * 1024 * 1024
_JSON = [(b"content-type", b"application/json")]
_encode = msgspec.json.Encoder().encode


class Front:
    """The ASGI application."""

    def __init__(
        self, framework: App, rooms: Rooms, commands: Iterable[Command], web: WebApp | None = None
    ) -> None:
        self.framework = framework
        self.rooms = rooms
        self.web = web
        self.door = Doorkeeper(rooms)
        self.commands = {(found.method, _shape(PREFIX + found.path)[0]): found for found in commands}

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.framework(scope, receive, send)
            return
        scope["rooms"] = self.rooms
        path = scope["path"]
        if path in OPEN:  # as it is written: a doubled slash is no way around
            await self.framework(scope, receive, send)
            return
        if self.web is not None and is_ours(path):
            await self.show(self.web, scope, send)
            return
        headers = dict(scope["headers"])
        try:
            scope["caller"] = caller = await self.door.caller(scope, headers)
        except Exception as error:  # noqa: BLE001 - every one becomes an answer
            await answer_problem(send, error)
            return
        shape, id = _shape(path)
        found = self.commands.get((scope["method"], shape))
        if found is None:
            await self.framework(scope, receive, send)
        else:
            await self.carry_out(found, (caller, id), headers, (receive, send))

    async def show(self, web: WebApp, scope: Any, send: Send) -> None:
        """A file or the page of the web app, which needs no login."""
        try:
            await web.answer(scope, send)
        except HttpRejection as error:
            await answer_problem(send, error)

    async def carry_out(
        self, found: Command, who: tuple[Caller, str], headers: Headers, ends: tuple[Receive, Send]
    ) -> None:
        """Read the body, do it, answer; ``who`` asks, for which id."""
        receive, send = ends
        try:
            expect_json(headers.get(b"content-type", b""))
            given = found.read(await body_of(receive))
            key = headers.get(b"idempotency-key", b"").decode("latin-1")
            answer = _encode(await found.perform(self.rooms, asked(who[0], given, who[1], key), given))
        except Exception as error:  # noqa: BLE001 - every one becomes an answer, ours are logged there
            await answer_problem(send, error)
            return
        await send({"type": "http.response.start", "status": found.status, "headers": _JSON})
        await send({"type": "http.response.body", "body": answer})


def _shape(path: str) -> tuple[str, str]:
    """A path without the id in it, and the id: ``/api/v1/instances/17/cancel`` has it in the fifth place."""
    parts = path.split("/")
    if len(parts) != 6:
        return path, ""
    id, parts[4] = parts[4], ""
    return "/".join(parts), id


def expect_json(media_type: bytes) -> None:
    """Raise ``HttpRejection`` when a body does not say that it is JSON."""
    if not is_json(media_type):
        message = f"Expected a body of application/json, but found {media_type.decode('latin-1')!r}."
        raise HttpRejection(415, "body.media-type", message)


def is_json(media_type: bytes) -> bool:
    """Whether a body is JSON. Anything else is refused: a page of another site can not send JSON unasked."""
    return (
        media_type == b"application/json"
        or media_type.partition(b";")[0].strip().lower() == b"application/json"
    )


async def body_of(receive: Receive) -> bytes:
    """The whole body; HttpRejection when it is too large."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            break
    if len(body) > LARGEST_BODY:
        raise HttpRejection(413, "body.too-large", f"Expected at most {LARGEST_BODY} bytes, but found more.")
    return body


async def answer_problem(send: Send, error: Exception) -> None:
    """Say what went wrong."""
    found = problems.report(error)
    more = [(name.encode(), value.encode()) for name, value in problems.headers(error).items()]
    headers = [(b"content-type", problems.MEDIA_TYPE.encode()), *more]
    await send({"type": "http.response.start", "status": found.status, "headers": headers})
    await send({"type": "http.response.body", "body": problems.encoded(found)})
