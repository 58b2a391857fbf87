"""The way in: the settings' token, the short way for commands, and the framework for everything else."""

import hmac
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import msgspec

from stepwell.api import problems
from stepwell.api.caller import actor_of
from stepwell.api.command import PREFIX, Asked, Command
from stepwell.api.problems import HttpRejection
from stepwell.api.rooms import Rooms

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

# what needs no token
OPEN = frozenset({"/health/live", "/health/ready", "/docs", "/docs/openapi.json"})
LARGEST_BODY = 10 * 1024 * 1024
_JSON = [(b"content-type", b"application/json")]
_encode = msgspec.json.Encoder().encode


class Front:
    """The ASGI application."""

    def __init__(self, framework: App, rooms: Rooms, commands: Iterable[Command]) -> None:
        self.framework = framework
        self.rooms = rooms
        token = rooms.settings.token
        self.bearer = None if token is None else b"Bearer " + token.get_secret_value().encode()
        self.commands = {(found.method, _shape(PREFIX + found.path)[0]): found for found in commands}

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.framework(scope, receive, send)
            return
        if not self.may_enter(scope):
            message = "Expected the token of this installation as bearer, but found none or another."
            await answer_problem(send, HttpRejection(401, "bearer.missing", message))
            return
        shape, id = _shape(scope["path"])
        found = self.commands.get((scope["method"], shape))
        if found is None:
            await self.framework(scope, receive, send)
        else:
            await self.carry_out(found, id, scope, (receive, send))

    def may_enter(self, scope: Any) -> bool:
        """Whether the path is open as it is written, or the request has the token, if one is set."""
        path = scope["path"]
        if self.bearer is None or path in OPEN:
            return True
        given = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        return hmac.compare_digest(given, self.bearer)

    async def carry_out(self, found: Command, id: str, scope: Any, ends: tuple[Receive, Send]) -> None:
        """Read the body, do it, answer."""
        receive, send = ends
        try:
            media_type, key = headers_of(scope)
            if not is_json(media_type):
                message = f"Expected a body of application/json, but found {media_type.decode('latin-1')!r}."
                raise HttpRejection(415, "body.media-type", message)
            given = found.read(await body_of(receive))
            answer = _encode(await found.carry_out(self.rooms, Asked(id, key, actor_of(scope)), given))
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


def headers_of(scope: Any) -> tuple[bytes, str]:
    """The media type and the idempotency key."""
    media_type, key = b"", ""
    for name, value in scope["headers"]:
        if name == b"content-type":
            media_type = value
        elif name == b"idempotency-key":
            key = value.decode("latin-1")
    return media_type, key


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
    more = [(name.encode(), value.encode()) for name, value in problems.headers(found.status).items()]
    headers = [(b"content-type", problems.MEDIA_TYPE.encode()), *more]
    await send({"type": "http.response.start", "status": found.status, "headers": headers})
    await send({"type": "http.response.body", "body": problems.encoded(found)})
