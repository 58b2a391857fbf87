"""Where a list goes on: opaque to callers, a place in the order to us."""

import base64
import binascii
from typing import TypeVar

import msgspec

from stepwell.errors import Invalid, Problem

LARGEST_PAGE = 200
Place = TypeVar("Place")


def encode(place: tuple[int | str, ...]) -> str:
    """A place as callers hand it back."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(place)).decode().rstrip("=")


def decode(cursor: str | None, parts: int) -> tuple[int, ...] | None:
    """The place of ``parts`` numbers that a cursor stands for; raises ``Invalid`` for anything else."""
    if not cursor:
        return None
    place = _unpacked(cursor, tuple[int, ...])
    if len(place) != parts or any(abs(number) >= 1 << 62 for number in place):
        raise _wrong()
    return place


def decode_like(cursor: str, other: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The place of numbers and texts that a cursor stands for, of the same kinds as ``other``; raises ``Invalid``."""
    place = _unpacked(cursor, tuple[int | str, ...])
    if [type(part) for part in place] != [type(part) for part in other]:
        raise _wrong()
    return place


def _unpacked(cursor: str, kind: type[Place]) -> Place:
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return msgspec.msgpack.decode(packed, type=kind)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise _wrong() from error


def encode_name(name: str) -> str:
    """A place in a list in the order of names."""
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")


def decode_name(cursor: str | None) -> str:
    """The name that a cursor stands for, empty for the beginning; raises ``Invalid`` for anything else."""
    try:
        padded = (cursor or "") + "=" * (-len(cursor or "") % 4)
        name = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise _wrong() from error
    if "\0" in name:
        raise _wrong()
    return name


def limit(given: int) -> int:
    """How many of a list at once; raises ``Invalid``."""
    if 1 <= given <= LARGEST_PAGE:
        return given
    message = f"Expected a limit from 1 to {LARGEST_PAGE}, but found {given}."
    raise Invalid("input.invalid", message, [Problem("number.out-of-range", message, field="limit")])


def _wrong() -> Invalid:
    message = "Expected what an earlier answer gave as its after, but found something else."
    return Invalid("cursor.invalid", message, [Problem("cursor.invalid", message, field="after")])
