"""Values as text for people and for ``string()`` (DMN 1.5, 10.3.4.1)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from stepwell.feel.errors import FeelError, FeelLimitError
from stepwell.feel.numbers import plain
from stepwell.feel.temporal_text import format_date_time, format_days, format_months, format_time
from stepwell.feel.values import Function, Range, YearsMonths

MAX_DEPTH = 100
MAX_LENGTH = 10_000_000
"""Of a text, in characters; each part costs 8 more."""


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

    Raises FeelLimitError when it is too deep or too long, FeelError when it is no value of FEEL.
    """
    text = scalar_text(value)
    if text is not None:
        return text
    writer = Writer()
    writer.write(value, 0)
    return "".join(writer.parts)


class Writer:
    """The parts of a text, and how much longer it may become."""

    __slots__ = ("left", "parts")

    def __init__(self) -> None:
        self.left = MAX_LENGTH
        self.parts: list[str] = []

    def add(self, part: str) -> None:
        """Add ``part``; FeelLimitError when the text becomes too long."""
        self.left -= len(part) + 8
        if self.left < 0:
            raise FeelLimitError(f"Expected a value of at most {MAX_LENGTH} characters, but it is longer.")
        self.parts.append(part)

    def write(self, value: Any, depth: int) -> None:
        """Add the text of ``value`` as it stands in a list: strings in quotes."""
        if depth > MAX_DEPTH:
            raise FeelLimitError(
                f"Expected at most {MAX_DEPTH} values within each other, but there are more."
            )
        if type(value) is list:
            self.add("[")
            for index, item in enumerate(value):
                self.add(", " if index else "")
                self.write(item, depth + 1)
            self.add("]")
        elif type(value) is dict:
            self.add("{")
            for index, (key, item) in enumerate(value.items()):
                self.add(f", {key}: " if index else f"{key}: ")
                self.write(item, depth + 1)
            self.add("}")
        elif type(value) is Range:
            self._write_range(value, depth)
        else:
            self.add(_quoted(value))

    def _write_range(self, value: Range, depth: int) -> None:
        self.add("[" if value.start_included else "(")
        if value.start is not None:
            self.write(value.start, depth + 1)
        self.add("..")
        if value.end is not None:
            self.write(value.end, depth + 1)
        self.add("]" if value.end_included else ")")


def _quoted(value: Any) -> str:
    text = scalar_text(value)
    if text is None:
        raise FeelError(f"Expected a value of FEEL, but got a {type(value).__name__}.")
    if type(value) is not str:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
