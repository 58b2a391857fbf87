"""The types that an author declares for what a process is given: what fits them, and what is taken for it.

JSON knows no dates, times and durations: text that writes one is taken for it where one is wanted.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from stepwell.feel.errors import FeelError
from stepwell.feel.numbers import whole
from stepwell.feel.temporal_text import parse_date, parse_date_time, parse_duration, parse_time
from stepwell.feel.text import format_value
from stepwell.feel.values import MISSING, YearsMonths, kind_of, named

LONGEST_SHOWN = 60


class DeclaredType(NamedTuple):
    """``wanted`` says what it holds; ``take`` gives a value as it is kept, or None if it is of another type."""

    wanted: str
    take: Callable[[Any], object]


def _of(*classes: type, read: Callable[[str], object] | None = None) -> Callable[[Any], object]:
    """Takes values of these classes, and text that ``read`` understands."""

    def take(value: Any) -> object:
        if type(value) in classes:
            return value
        return read(value) if read is not None and type(value) is str else None

    return take


def _read_time(text: str) -> time | None:
    try:
        return parse_time(text)
    except FeelError:  # of a zone that is not there
        return None


def _read_date_time(text: str) -> datetime | None:
    try:
        return parse_date_time(text) if "T" in text else None
    except FeelError:
        return None


DECLARED_TYPES: Final[dict[str, DeclaredType]] = {
    "any": DeclaredType("anything", lambda value: value),
    "text": DeclaredType("text", _of(str)),
    "number": DeclaredType("a number", _of(int, Decimal)),
    "integer": DeclaredType("a whole number", whole),
    "boolean": DeclaredType("true or false", _of(bool)),
    "date": DeclaredType("a date like 2024-01-31", _of(date, read=parse_date)),
    "time": DeclaredType("a time like 10:30:00", _of(time, read=_read_time)),
    "date-time": DeclaredType(
        "a date and time like 2024-01-31T10:30:00", _of(datetime, read=_read_date_time)
    ),
    "duration": DeclaredType(
        "a duration like P1DT2H or P1Y2M", _of(timedelta, YearsMonths, read=parse_duration)
    ),
    "list": DeclaredType("a list", _of(list)),
    "context": DeclaredType("a context", _of(dict)),
}


_TYPES_OF: Final[dict[type, str]] = {
    str: "text", int: "number", Decimal: "number", bool: "boolean", date: "date", time: "time", datetime: "date-time",
    timedelta: "duration", YearsMonths: "duration", list: "list", dict: "context",
}  # fmt: skip


def fitting(declared: str, value: object) -> object:
    """``value`` as a type of ``DECLARED_TYPES`` keeps it, MISSING if it does not fit; null fits every type."""
    if value is None:
        return None
    found = DECLARED_TYPES[declared].take(value)
    return MISSING if found is None else found


def declared_type_of(value: object) -> str:
    """The declared type that a value is of; ``any`` for null, ranges and functions."""
    return _TYPES_OF.get(type(value), "any")


def described(value: object) -> str:
    """A value with its kind, for messages: ``the text 'many'``, ``the number 12``, ``a list``, ``null``."""
    if isinstance(value, bool):
        return format_value(value)
    if isinstance(value, str):
        shown = repr(value[:LONGEST_SHOWN])
        return f"the text {shown}{'…' if len(value) > LONGEST_SHOWN else ''}"
    if isinstance(value, (int, Decimal, date, time, timedelta, YearsMonths)):
        return f"the {kind_of(value)} {format_value(value)[:LONGEST_SHOWN]}"
    return named(value)
