"""Functions of numbers (DMN 1.5, 10.3.4.5)."""

import operator
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)  # fmt: skip
from typing import Any

from stepwell.feel import arithmetic
from stepwell.feel.builtins.registry import builtin
from stepwell.feel.comparison import compare
from stepwell.feel.errors import FeelError
from stepwell.feel.numbers import CONTEXT, Number, whole

MIN_SCALE, MAX_SCALE = -6111, 6176


def _rounded(number: Number, scale: int | None, rounding: str) -> Number:
    """``number`` with ``scale`` digits after the point."""
    scale = scale or 0
    if not MIN_SCALE <= scale <= MAX_SCALE:
        raise FeelError(f"Expected a scale from {MIN_SCALE} to {MAX_SCALE}, but got {scale}.")
    value = Decimal(number)
    if (type(number) is int and scale >= 0) or value.as_tuple().exponent == -scale:
        return number
    if value.adjusted() + scale >= CONTEXT.prec:
        return number
    context = CONTEXT.copy()
    context.rounding = rounding
    try:
        result = value.quantize(Decimal((0, (1,), -scale)), context=context)
    except ArithmeticError:
        return number
    short = whole(result) if scale <= 0 else None
    return result if short is None else short


@builtin("decimal(n: number, scale: number)")
def to_scale(n: Number, scale: Number) -> Number:
    """``n`` with ``scale`` digits after the point, halves to the even neighbour."""
    return _rounded(n, _truncated(scale), ROUND_HALF_EVEN)


def _truncated(scale: Number) -> int:
    return int(scale) if -MAX_SCALE <= scale <= MAX_SCALE else MAX_SCALE + 1


@builtin("abs(n: any)")
def absolute(n: Any) -> Any:
    """A number or duration without its sign."""
    negative = arithmetic.negate(n)
    return negative if compare(operator.lt, n, negative) else n


@builtin("floor(n: number, scale: integer?)")
def floor(n: Number, scale: int | None = None) -> Number:
    """``n`` rounded towards negative infinity."""
    return _rounded(n, scale, ROUND_FLOOR)


@builtin("ceiling(n: number, scale: integer?)")
def ceiling(n: Number, scale: int | None = None) -> Number:
    """``n`` rounded towards positive infinity."""
    return _rounded(n, scale, ROUND_CEILING)


@builtin("round up(n: number, scale: integer?)")
def round_up(n: Number, scale: int | None = None) -> Number:
    """``n`` rounded away from zero."""
    return _rounded(n, scale, ROUND_UP)


@builtin("round down(n: number, scale: integer?)")
def round_down(n: Number, scale: int | None = None) -> Number:
    """``n`` rounded towards zero."""
    return _rounded(n, scale, ROUND_DOWN)


@builtin("round half up(n: number, scale: integer?)")
def round_half_up(n: Number, scale: int | None = None) -> Number:
    """``n`` rounded to the nearest, halves away from zero."""
    return _rounded(n, scale, ROUND_HALF_UP)


@builtin("round half down(n: number, scale: integer?)")
def round_half_down(n: Number, scale: int | None = None) -> Number:
    """``n`` rounded to the nearest, halves towards zero."""
    return _rounded(n, scale, ROUND_HALF_DOWN)


@builtin("modulo(dividend: number, divisor: number)")
def modulo(dividend: Number, divisor: Number) -> Number:
    """What is left of a division; it has the sign of the divisor."""
    if not divisor:
        raise FeelError("Expected a divisor other than 0, but got 0.")
    if type(dividend) is int and type(divisor) is int:
        return dividend % divisor
    try:
        rest = CONTEXT.remainder(Decimal(dividend), divisor)
    except ArithmeticError:
        raise FeelError(
            "Expected numbers of a similar size in modulo(), but they are too far apart."
        ) from None
    return CONTEXT.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


@builtin("sqrt(number: number)")
def sqrt(number: Number) -> Number:
    """The square root."""
    if number < 0:
        raise FeelError(f"Expected a number of at least 0 in sqrt(), but got {number}.")
    return CONTEXT.sqrt(Decimal(number))


@builtin("log(number: number)")
def log(number: Number) -> Number:
    """The natural logarithm."""
    if number <= 0:
        raise FeelError(f"Expected a number greater than 0 in log(), but got {number}.")
    return CONTEXT.ln(Decimal(number))


@builtin("exp(number: number)")
def exp(number: Number) -> Number:
    """E to the power of ``number``."""
    try:
        return CONTEXT.exp(Decimal(number))
    except ArithmeticError:
        raise FeelError(f"Expected a smaller number in exp(), but got {number}.") from None


@builtin("odd(number: number)")
def odd(number: Number) -> bool:
    """Whether ``number`` is whole and odd."""
    return abs(_rest_of_two(number)) == 1


@builtin("even(number: number)")
def even(number: Number) -> bool:
    """Whether ``number`` is whole and even."""
    return _rest_of_two(number) == 0


def _rest_of_two(number: Number) -> Number:
    if isinstance(number, int):
        return number % 2
    if number.adjusted() >= CONTEXT.prec:
        return 0
    return CONTEXT.remainder(number, 2)
