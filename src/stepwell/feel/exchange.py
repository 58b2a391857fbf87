"""Values as plain JSON and back; on the way out dates and durations become ISO 8601 text."""

import math
from decimal import Decimal
from typing import Any

from stepwell.feel.errors import FeelError, FeelLimitError
from stepwell.feel.numbers import rounded, whole
from stepwell.feel.text import format_value
from stepwell.feel.values import Function, named

MAX_DEPTH = 100
MAX_SIZE = 16_000_000
"""Of a value that goes out: its characters, and 16 for each element."""


def to_json(value: object) -> Any:
    """``value`` in what JSON has: null, booleans, numbers, strings, lists, objects.

    A Decimal becomes an int or a float, which keeps 15 of its digits; a number beyond what a float holds, a date, time,
    duration or range its text. FeelError for functions, FeelLimitError when it is too deep or too large.
    """
    return _out(value, 0, [MAX_SIZE])


def _out(value: Any, depth: int, left: list[int]) -> Any:
    kind = type(value)
    left[0] -= len(value) if kind is str else 16
    if depth > MAX_DEPTH or left[0] < 0:
        raise FeelLimitError("Expected a value that JSON can hold, but it is too deep or too large.")
    if value is None or kind is str or kind is bool or kind is int:
        return value
    if kind is list or kind is dict:
        if kind is list:
            return [_out(item, depth + 1, left) for item in value]
        return {key: _out(item, depth + 1, left) for key, item in value.items()}
    if isinstance(value, Decimal):
        return _plain_number(value)
    if kind is Function:
        raise FeelError("Expected a value that JSON can hold, but got a function.")
    return format_value(value)


def _plain_number(value: Decimal) -> int | float | str:
    short = whole(value)
    if short is not None:
        return short
    number = float(value)
    return number if math.isfinite(number) else str(value)


def from_json(value: Any) -> object:
    """The value of FEEL that decoded JSON means: a float becomes the Decimal of its shortest text.

    Raises FeelError for NaN, infinity and what JSON does not have, FeelLimitError when it is too deep.
    """
    return _in(value, 0)


def _in(value: Any, depth: int) -> Any:
    kind = type(value)
    if value is None or kind is str or kind is bool:
        return value
    if kind is int or kind is Decimal:
        return _number(value)
    if kind is float:
        return _number(Decimal(repr(value)))
    if depth > MAX_DEPTH:
        raise FeelLimitError(
            f"Expected at most {MAX_DEPTH} lists and objects within each other, but there are more."
        )
    if kind is list:
        return [_in(item, depth + 1) for item in value]
    if kind is dict and all(type(key) is str for key in value):
        return {key: _in(item, depth + 1) for key, item in value.items()}
    raise FeelError(f"Expected a value of JSON, but got {named(value)}.")


def _number(value: int | Decimal) -> int | Decimal:
    if isinstance(value, Decimal) and not value.is_finite():
        raise FeelError(f"Expected a finite number, but got {value}.")
    return rounded(value)
