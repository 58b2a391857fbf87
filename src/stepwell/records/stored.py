"""How values lie in a database: whole numbers and texts alone, the same on both, so that they compare alike.

A decimal is a whole number of its last digit, a date its ISO text, a moment microseconds since 1970 UTC.
"""

import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from stepwell.records.types import EXACT, Field

Raw = int | str | None
Value = object

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_raw(field: Field, value: Value) -> Raw:
    """The stored form of a value of the field (not of several links, which have rows of their own)."""
    if value is None:
        return None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Decimal):
        return int(value.scaleb(field.digits))
    if isinstance(value, datetime):
        return micros(value)
    if isinstance(value, date | time):
        return value.isoformat()
    assert isinstance(value, int | str)
    return value


def from_raw(field: Field, raw: Raw) -> Value:
    """The value whose stored form it is."""
    if raw is None:
        return None
    kind = field.kind
    if kind == "yes_no":
        return bool(raw)
    if kind in EXACT:
        return Decimal(raw).scaleb(-field.digits)
    if kind == "date_time":
        assert isinstance(raw, int)
        return moment(raw)
    if kind == "date":
        return date.fromisoformat(str(raw))
    if kind == "time":
        return time.fromisoformat(str(raw))
    return raw


def micros(at: datetime) -> int:
    """Microseconds since 1970 UTC."""
    return (at - _EPOCH) // _MICROSECOND


def moment(at: int) -> datetime:
    """The point in time, in UTC."""
    return _EPOCH + timedelta(microseconds=at)


def fold(text: str) -> str:
    """What two texts have in common that differ only in case (or in how an accent is written)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
