"""Messages and signals over HTTP."""

from datetime import datetime

from msgspec import Struct

from stepwell.api import bodies
from stepwell.api.command import Asked, command
from stepwell.api.rooms import Rooms
from stepwell.services import messages, moments, signals


class Accepted(Struct, frozen=True):
    """Kept since ``at``; who gets it, gets it after this answer."""

    at: datetime


@command("POST", "/messages", status=202, is_repeatable=True)
async def publish_message(rooms: Rooms, asked: Asked, given: bodies.PublishMessage) -> Accepted:
    """Publish a message for whoever waits, or will wait in time, for its name and key."""
    request = messages.publish(
        given.name,
        given.key,
        given.variables,
        message_id=given.message_id,
        seconds=given.seconds,
        actor=asked.actor,
        idempotency_key=asked.idempotency_key,
    )
    return Accepted(moments.moment((await rooms.submit(request)).at))


@command("POST", "/signals", status=202, is_repeatable=True)
async def throw_signal(rooms: Rooms, asked: Asked, given: bodies.ThrowSignal) -> Accepted:
    """Throw a signal to everybody who waits for its name now."""
    request = signals.throw(
        given.name, given.variables, actor=asked.actor, idempotency_key=asked.idempotency_key
    )
    return Accepted(moments.moment((await rooms.submit(request)).at))
