"""Values as text for people and for ``string()`` (DMN 1.5, 10.3.4.1)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from stepwell.feel.errors import FeelError, FeelLimitError
from stepwell.feel.numbers import plain
from stepwell.feel.temporal_text import format_date_time, format_days, format_months, format_time
from stepwell.feel.values import Function, Range, YearsMonths

MAX_DEPTH = 100
MAX_PARTS = 1_000_000


def scalar_text(value: Any) -> str | None:
    """``value`` as text when it is neither list nor context nor range; None when it is one."""
    kind = type(value)
    if kind is str:
        return str(value)
    if value is None or kind is bool:
        return {None: "null", True: "true", False: "false"}[value]
    if kind is int or isinstance(value, Decimal):
        return plain(value)
    if kind is datetime:
        return format_date_time(value)
    if kind is date:
        return str(value.isoformat())
    if kind is time:
        return format_time(value)
    if kind is timedelta:
        return format_days(value)
    if kind is YearsMonths:
        return format_months(value)
    return repr(value) if kind is Function else None


def format_value(value: object) -> str:
    """``value`` as people read it: a string without quotes, a date in ISO 8601, a list in brackets.

    Raises FeelLimitError when it is too deep or too large, FeelError when it is no value of FEEL.
    """
    text = scalar_text(value)
    if text is not None:
        return text
    parts: list[str] = []
    _write(value, parts, 0)
    return "".join(parts)


def _write(value: Any, parts: list[str], depth: int) -> None:
    if depth > MAX_DEPTH or len(parts) > MAX_PARTS:
        raise FeelLimitError("Expected a value that can be written as text, but it is too deep or too large.")
    kind = type(value)
    if kind is list:
        _write_all("[", [("", item) for item in value], "]", (parts, depth))
    elif kind is dict:
        _write_all("{", [(f"{key}: ", item) for key, item in value.items()], "}", (parts, depth))
    elif kind is Range:
        parts.append("[" if value.start_included else "(")
        if value.start is not None:
            _write(value.start, parts, depth + 1)
        parts.append("..")
        if value.end is not None:
            _write(value.end, parts, depth + 1)
        parts.append("]" if value.end_included else ")")
    else:
        parts.append(_quoted(value))


def _write_all(opening: str, items: list[tuple[str, Any]], closing: str, into: tuple[list[str], int]) -> None:
    parts, depth = into
    parts.append(opening)
    for index, (name, item) in enumerate(items):
        parts.append((", " if index else "") + name)
        _write(item, parts, depth + 1)
    parts.append(closing)


def _quoted(value: Any) -> str:
    text = scalar_text(value)
    if text is None:
        raise FeelError(f"Expected a value of FEEL, but got a {type(value).__name__}.")
    if type(value) is str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text
