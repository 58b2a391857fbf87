"""The live channel over HTTP: server-sent events, each a small fact that the reader looks up."""

import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from litestar import Request
from litestar.params import HeaderParameter, QueryParameter
from litestar.response import Stream

from stepwell.api.callers import Doorkeeper
from stepwell.api.reading import After, TheCaller, TheRooms, read
from stepwell.api.rooms import Rooms
from stepwell.errors import Rejection
from stepwell.services.directory import Caller
from stepwell.services.live import Listener

MEDIA_TYPE = "text/event-stream"
LOOKED_AT = 5.0  # seconds after which it is looked again whether who listens may go on
SPOKEN = 15.0  # seconds of silence after which the other side is shown that we are there; web/src/lib/live waits 40
LONGEST = 3600.0
FOR_EVER = 1e9
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}

Seconds = Annotated[
    float | None,
    QueryParameter(
        ge=0, le=LONGEST, description="The stream ends after so many seconds; 0: what is there now."
    ),
]
Key = Annotated[
    str, HeaderParameter(name="Last-Event-ID", max_length=255, description="As `after`; browsers send it.")
]


@read("/events", "live", 429, 503, media_type=MEDIA_TYPE)
async def get_events(
    request: Request[Any, Any, Any],
    rooms: TheRooms,
    caller: TheCaller,
    after: After = None,
    seconds: Seconds = None,
    key: Key = "",
) -> Stream:
    """What happens, as it happens, to steps and instances that one may see (`text/event-stream`).

    Each event has an `id`, its name and JSON with ids; details are read as usual. With `after`, or the header
    `Last-Event-ID`, it goes on behind that event, for a quarter of an hour; `reset` says that something may have been missed:
    read your lists again. `mark` comes in a silence, every 15 to 20 seconds: who hears nothing for 40 has lost the server.
    """
    rooms.channel.hub.expect_room(caller.actor)
    stream = LiveStream(rooms, request, caller)
    pieces = stream.pieces(after or key, FOR_EVER if seconds is None else seconds)
    return Stream(pieces, media_type=MEDIA_TYPE, headers=_HEADERS)


def opens_steps(rooms: Rooms, caller: Caller) -> bool:
    """Whether steps may open by themselves on the screen of who listens (R4)."""
    found = rooms.directory.find(caller.actor.name) if caller.actor.name else None
    return found is None or found.user.settings.opens_steps


class LiveStream:
    """One answer that goes on: it ends with the session, with the server, or when the other side is gone."""

    def __init__(self, rooms: Rooms, request: Request[Any, Any, Any], caller: Caller) -> None:
        self.rooms = rooms
        self.scope: Any = request.scope
        self.caller = caller
        self.door = Doorkeeper(rooms)

    async def pieces(self, after: str, seconds: float) -> AsyncIterator[bytes]:
        """What is told behind the id ``after``, until the stream ends."""
        hub = self.rooms.channel.hub
        opens = await self.rooms.read(opens_steps, self.rooms, self.caller)
        listener = self.rooms.channel.listen(self.caller.actor, after, opens_steps=opens)
        looked_at = spoken_at = time.monotonic()
        ends_at = looked_at + seconds
        try:
            while not listener.is_over:
                left = ends_at - time.monotonic()
                found = await listener.wait(max(0.0, min(LOOKED_AT, left)))
                now = time.monotonic()
                if now - looked_at >= LOOKED_AT:
                    looked_at = now
                    if not await self.goes_on(listener):
                        return
                if found:
                    spoken_at = now
                    yield found
                elif now - spoken_at >= SPOKEN:
                    spoken_at = now
                    yield hub.mark()
                if now >= ends_at:
                    return
        finally:
            hub.leave(listener)

    async def goes_on(self, listener: Listener) -> bool:
        """Whether who listens is still let in; with which roles and settings, from now on."""
        try:
            caller = await self.door.caller(self.scope, dict(self.scope["headers"]))
            opens = await self.rooms.read(opens_steps, self.rooms, caller)
        except Rejection as error:
            return error.status >= 500
        self.rooms.channel.hub.be(listener, caller.actor, opens_steps=opens)
        return True
