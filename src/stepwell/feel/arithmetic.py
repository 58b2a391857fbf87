"""The arithmetic operators on any two values: the way where the fast one, two short ints, does not fit."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from stepwell.feel import temporal_math
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Frame, meter_of
from stepwell.feel.numbers import CONTEXT, is_number, rounded
from stepwell.feel.temporal_math import mismatch
from stepwell.feel.values import YearsMonths, named

Operation = Callable[[Any, Any, Frame], Any]


def guarded(operation: Operation) -> Operation:
    """``operation`` with Python's arithmetic errors told as FeelError."""

    def run(left: Any, right: Any, frame: Frame) -> Any:
        try:
            return operation(left, right, frame)
        except ZeroDivisionError:
            raise FeelError("Expected a divisor other than 0, but got 0.") from None
        except (ArithmeticError, ValueError):
            raise FeelError(
                "Expected a result that FEEL can hold, but it is too large or not defined."
            ) from None

    return run


@guarded
def add(left: Any, right: Any, frame: Frame) -> Any:
    """``left + right`` for numbers, strings, durations, and a date or time with a duration."""
    if is_number(left) and is_number(right):
        return rounded(left + right) if type(left) is int and type(right) is int else CONTEXT.add(left, right)
    if type(left) is str and type(right) is str:
        meter_of(frame).grow(len(left) + len(right))
        return left + right
    return temporal_math.add(left, right)


@guarded
def subtract(left: Any, right: Any, _frame: Frame) -> Any:
    """``left - right`` for numbers, durations, two dates or times, and a date or time with a duration."""
    if is_number(left) and is_number(right):
        return (
            rounded(left - right)
            if type(left) is int and type(right) is int
            else CONTEXT.subtract(left, right)
        )
    return temporal_math.subtract(left, right)


@guarded
def multiply(left: Any, right: Any, _frame: Frame) -> Any:
    """``left * right`` for numbers, and for a duration with a number."""
    if is_number(left) and is_number(right):
        return (
            rounded(left * right)
            if type(left) is int and type(right) is int
            else CONTEXT.multiply(left, right)
        )
    return temporal_math.multiply(left, right)


@guarded
def divide(left: Any, right: Any, _frame: Frame) -> Any:
    """``left / right`` for numbers, and for a duration with a number or duration. 6 / 3 is the int 2."""
    if type(left) is int and type(right) is int and right and not left % right:
        return rounded(left // right)
    if is_number(left) and is_number(right):
        return CONTEXT.divide(Decimal(left), right)
    return temporal_math.divide(left, right)


@guarded
def power(left: Any, right: Any, _frame: Frame) -> Any:
    """``left ** right`` for numbers; whole while it is exact."""
    if not (is_number(left) and is_number(right)):
        raise mismatch("raise to a power", left, right)
    result = CONTEXT.power(left if type(left) is Decimal else CONTEXT.create_decimal(left), right)
    if type(left) is int and type(right) is int and right >= 0 and result.copy_abs() < 10**33:
        return left**right
    return result


def negate(value: Any) -> Any:
    """``-value`` for numbers and durations; FeelError otherwise."""
    if isinstance(value, Decimal):
        return value.copy_negate()
    if type(value) is int:
        return -value
    if type(value) is timedelta:
        return subtract(timedelta(), value, [])
    if type(value) is YearsMonths:
        return YearsMonths(-value.months)
    raise FeelError(f"Expected a number or a duration after '-', but got {named(value)}.")


OPERATIONS: Final[dict[str, Operation]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}
