"""Carrying out what came with an idempotency key: once, however often it is asked for."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeVar

from msgspec import Struct

from stepwell.api.rooms import Rooms
from stepwell.errors import Unavailable
from stepwell.services import answering_once
from stepwell.store.once import RepeatedError

Answer = TypeVar("Answer", bound=Struct)


class Uploaded(Struct, frozen=True):
    """What tells a file from another one."""

    sha256: bytes
    name: str = ""


def uploaded(data: bytes, name: str = "") -> Uploaded:
    """A file as the body of what is asked for."""
    return Uploaded(hashlib.sha256(data).digest(), name)


class Keyed(NamedTuple):
    """Who asks with which key for what: the command with its place, and its body."""

    principal: str
    key: str
    command: str
    body: Struct
    is_secret: bool = False


async def once(
    rooms: Rooms, keyed: Keyed, kind: type[Answer], carry_out: Callable[[], Awaitable[Answer]]
) -> Answer:
    """Carry it out, or answer as the first time; without a key it is carried out each time."""
    if not keyed.key:
        return await carry_out()
    with answering_once.once(keyed.principal, keyed.key, keyed.command, keyed.body) as mark:
        try:
            answer = await carry_out()
        except RepeatedError as error:
            return answering_once.answer(error, mark, kind)
        except Unavailable:
            raise  # it may have been carried out, or be repeated at once
        except Exception:
            await rooms.read_long(answering_once.forget, rooms.store, mark)
            raise
        if not keyed.is_secret:
            await rooms.read_long(answering_once.keep, rooms.store, mark, answer)
    return answer
