"""The values of FEEL that Python has no type for, and what kinds of values are called.

All others are plain: None, bool, int and Decimal (never float), str, date, time, datetime, timedelta, list, dict.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import msgspec

Calling = Callable[[list[Any], list[Any]], Any]


class Missing:
    """The type of MISSING."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()
"""What a lookup answers when there is no variable of the name."""


class YearsMonths(msgspec.Struct, frozen=True, order=True):
    """A years and months duration, in months."""

    months: int


class Range(msgspec.Struct, frozen=True):
    """The values from ``start`` to ``end``; None is no bound on that side."""

    start: object
    end: object
    start_included: bool = True
    end_included: bool = True


class Function:
    """Something that can be called with values; ``call`` takes the caller's frame and the arguments.

    ``frame`` is what a function written in FEEL sees, empty for a built-in one; ``parameters`` is None when
    their number is not fixed.
    """

    __slots__ = ("call", "frame", "name", "parameters")

    def __init__(
        self, name: str, parameters: tuple[str, ...] | None, call: Calling, frame: list[Any]
    ) -> None:
        self.name = name
        self.parameters = parameters
        self.call = call
        self.frame = frame

    def __repr__(self) -> str:
        return f"function {self.name}({', '.join(self.parameters or ('…',))})"


KINDS: Final[dict[type, str]] = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    Decimal: "number",
    str: "string",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}


def kind_of(value: object) -> str:
    """What people call the kind of ``value``: ``number``, ``date and time``, … (DMN 1.5, 10.3.2.3)."""
    return KINDS.get(type(value)) or f"value of the unknown type {type(value).__name__}"


def named(value: object) -> str:
    """``value``'s kind with its article, for messages: ``a number``, ``null``."""
    return "null" if value is None else "a " + kind_of(value)
