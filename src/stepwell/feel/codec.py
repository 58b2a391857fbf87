"""Values as bytes (MessagePack) and back, exactly.

Plain JSON values are encoded as they are; the other kinds are extension types, one number each.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import msgspec
from msgspec.msgpack import Ext

from stepwell.feel.errors import FeelError, FeelLimitError
from stepwell.feel.temporal_math import MICROSECOND
from stepwell.feel.temporal_text import format_zone, zone_of
from stepwell.feel.values import Range, YearsMonths, named

MAX_DEPTH = 100
MAX_SIZE = 16_000_000
"""Of a stored value: its characters, and 16 for each element."""

NUMBER, DATE, TIME, DATE_TIME, DAYS, MONTHS, RANGE, INTEGER = range(1, 9)

_PLAIN: Final = frozenset({type(None), bool, int, str})
_ENCODER: Final = msgspec.msgpack.Encoder()


def encode(value: object) -> bytes:
    """``value`` as bytes that ``decode`` makes the same value of.

    Raises FeelError for functions and what is no value of FEEL, FeelLimitError when it is too deep or large.
    """
    try:
        return _ENCODER.encode(value if type(value) in _PLAIN else _Packing().packed(value, 0))
    except OverflowError:
        return _ENCODER.encode(_Packing(long=True).packed(value, 0))
    except UnicodeEncodeError:
        raise FeelError("Expected text that can be stored, but it has half of a character pair.") from None


class _Packing:
    """One walk through a value, which makes extensions of what MessagePack does not know."""

    __slots__ = ("left", "long")

    def __init__(self, *, long: bool = False) -> None:
        self.left = MAX_SIZE
        self.long = long

    def packed(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind is dict or kind is list:
            return self._packed_all(value, depth)
        if kind in _PLAIN:
            return _long(value) if kind is int and self.long else value
        pack = _PACK.get(kind)
        if pack is None:
            raise FeelError(f"Expected a value that can be stored, but got {named(value)}.")
        return pack(value)

    def _packed_all(self, value: Any, depth: int) -> Any:
        is_context = type(value) is dict
        plain = self._count(value.values() if is_context else value, depth)
        if is_context and not all(type(key) is str for key in value):
            raise FeelError("Expected strings as names of entries, but found another value.")
        if plain and not self.long:
            return value
        if is_context:
            return {key: self.packed(part, depth + 1) for key, part in value.items()}
        return [self.packed(part, depth + 1) for part in value]

    def _count(self, parts: Collection[Any], depth: int) -> bool:
        """Count ``parts``; whether MessagePack knows them all."""
        size, plain = 16 * len(parts), True
        for part in parts:
            kind = type(part)
            if kind is str:
                size += len(part)
            elif kind not in _PLAIN:
                plain = False
        self.left -= size
        if depth > MAX_DEPTH or self.left < 0:
            raise FeelLimitError("Expected a value that can be stored, but it is too deep or too large.")
        return plain


def _long(value: int) -> Any:
    if -(2**63) <= value < 2**64:
        return value
    return Ext(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def _number(value: Decimal) -> Ext:
    if not value.is_finite():
        raise FeelError(f"Expected a finite number, but got {value}.")
    return Ext(NUMBER, str(value).encode())


def _zoned(value: time | datetime) -> str:
    clock = value.replace(tzinfo=None).isoformat() + ("!" if value.fold else "")
    return f"{clock}|{format_zone(value.tzinfo, value.utcoffset())}"


def _range(value: Range) -> Ext:
    bounds = [value.start, value.end, value.start_included, value.end_included]
    return Ext(RANGE, encode(bounds))


_PACK: Final[dict[type, Callable[[Any], Ext]]] = {
    Decimal: _number,
    date: lambda value: Ext(DATE, value.isoformat().encode()),
    time: lambda value: Ext(TIME, _zoned(value).encode()),
    datetime: lambda value: Ext(DATE_TIME, _zoned(value).encode()),
    timedelta: lambda value: Ext(DAYS, str(value // MICROSECOND).encode()),
    YearsMonths: lambda value: Ext(MONTHS, str(value.months).encode()),
    Range: _range,
}


def decode(data: bytes) -> object:
    """The value of which ``encode`` made ``data``; FeelError when it is something else."""
    try:
        return _DECODER.decode(data)
    except (msgspec.MsgspecError, ValueError, ArithmeticError, KeyError) as error:
        raise FeelError(f"Expected a stored value, but the bytes are none: {error}.") from None


def _unpacked(code: int, data: memoryview) -> object:
    return _UNPACK[code](bytes(data))


def _zone_apart(data: bytes) -> tuple[str, int, Any]:
    clock, _, zone = data.decode().partition("|")
    return clock.removesuffix("!"), int(clock.endswith("!")), zone_of(zone)


def _time(data: bytes) -> time:
    clock, fold, zone = _zone_apart(data)
    return time.fromisoformat(clock).replace(tzinfo=zone, fold=fold)


def _date_time(data: bytes) -> datetime:
    clock, fold, zone = _zone_apart(data)
    return datetime.fromisoformat(clock).replace(tzinfo=zone, fold=fold)


_UNPACK: Final[dict[int, Callable[[bytes], object]]] = {
    NUMBER: lambda data: Decimal(data.decode()),
    DATE: lambda data: date.fromisoformat(data.decode()),
    TIME: _time,
    DATE_TIME: _date_time,
    DAYS: lambda data: int(data) * MICROSECOND,
    MONTHS: lambda data: YearsMonths(int(data)),
    RANGE: lambda data: Range(*decode(data)),  # type: ignore[misc]
    INTEGER: lambda data: int.from_bytes(data, "big", signed=True),
}
_DECODER: Final = msgspec.msgpack.Decoder(ext_hook=_unpacked)
