"""Events to bytes and back.

Format 1: a msgpack list of events, each a list that begins with its tag. Format 2: the same, compressed.
The readers of all formats stay for ever. Values stand in the FEEL codec; one over 16 KB stands as its hash
and size.
"""

import functools
import hashlib
import operator
import zlib
from collections.abc import Sequence
from typing import Any

import msgspec

from stepwell import feel
from stepwell.engine import events, record_events, user_task_events
from stepwell.engine.event import Event
from stepwell.engine.values import Values
from stepwell.store.variables import SCALARS, is_large

LARGEST_PLAIN = 1024
LARGEST_VALUE = 16 * 1024
_VALUES, _SHORTENED = 1, 2


class Omitted(msgspec.Struct, frozen=True):
    """Stands in the history for a value over 16 KB: the SHA-256 and the length of its encoding."""

    sha256: bytes
    size: int


class HistoryRow(msgspec.Struct, frozen=True):
    """What one command did: ``revision`` is the instance's after it."""

    revision: int
    at: int
    actor: str
    command: str
    reason: str
    events: Sequence[Event]


def encode_events(found: Sequence[Event]) -> tuple[int, bytes]:
    """(format, bytes) of the events of one command."""
    packed = _encoder.encode(found)
    if len(packed) > LARGEST_PLAIN:
        return 2, zlib.compress(packed, 1)
    return 1, packed


def decode_events(form: int, packed: bytes) -> list[Event]:
    """What ``encode_events`` gave, from any version of Stepwell."""
    if form == 2:
        packed = zlib.decompress(packed)
    elif form != 1:
        raise ValueError(f"Expected a history of format 1 or 2 but found {form}")
    found: list[Event] = _decoder.decode(packed)
    return found


def omit(value: object) -> Omitted:
    """What stands for a large value."""
    packed = feel.encode(value)
    return Omitted(hashlib.sha256(packed).digest(), len(packed))


def shorten(value: object) -> object:
    """The value, or what stands for it when it is too long for the history."""
    if not isinstance(value, Omitted) and is_large(value) and len(feel.encode(value)) > LARGEST_VALUE:
        return omit(value)
    return value


def encode_hook(value: object) -> msgspec.msgpack.Ext:
    if not isinstance(value, Values):
        raise NotImplementedError(f"Expected values of an event but found {type(value).__name__}")
    omitted: dict[str, Omitted] = {}
    for name, found in value.map.items():
        if type(found) not in SCALARS and isinstance(short := shorten(found), Omitted):
            omitted[name] = short
    if not omitted:
        return msgspec.msgpack.Ext(_VALUES, feel.encode(value.map))
    rest = {name: found for name, found in value.map.items() if name not in omitted}
    packed = [feel.encode(rest), {name: (short.sha256, short.size) for name, short in omitted.items()}]
    return msgspec.msgpack.Ext(_SHORTENED, msgspec.msgpack.encode(packed))


def ext_hook(code: int, data: memoryview) -> Values:
    if code == _VALUES:
        return Values(feel.decode(bytes(data)))  # type: ignore[arg-type]
    rest, omitted = msgspec.msgpack.decode(bytes(data))
    values: dict[str, Any] = feel.decode(rest)  # type: ignore[assignment]
    return Values(values | {name: Omitted(*found) for name, found in omitted.items()})


def decode_hook(_: type, value: Any) -> Any:
    return value


def _kinds() -> Any:
    """The union of all kinds of events: every one that has a tag of its own."""
    places = {**vars(events), **vars(user_task_events), **vars(record_events)}
    found = [kind for kind in places.values() if isinstance(kind, type) and issubclass(kind, Event)]
    return functools.reduce(operator.or_, (kind for kind in found if kind is not Event))


_encoder = msgspec.msgpack.Encoder(enc_hook=encode_hook)
_decoder = msgspec.msgpack.Decoder(list[_kinds()], ext_hook=ext_hook, dec_hook=decode_hook)  # type: ignore[misc]
