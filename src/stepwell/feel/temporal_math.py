"""Arithmetic on dates, times and durations (DMN 1.5, table 55)."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from stepwell.feel.comparison import fixed
from stepwell.feel.errors import FeelError
from stepwell.feel.numbers import CONTEXT, Number, is_number
from stepwell.feel.values import YearsMonths, named

MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)
MAX_MONTHS = 12 * 10**9


def add_months(value: Any, months: int) -> Any:
    """``value``, a date with or without time, ``months`` later; the last day of a shorter month at most."""
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise FeelError(f"Expected a year from 1 to 9999, but got {year}.")
    day = min(value.day, calendar.monthrange(year, month + 1)[1])
    return value.replace(year=year, month=month + 1, day=day)


def shift(value: Any, length: timedelta) -> Any:
    """``value`` later by ``length``: on the clock of the world where it has a zone, a time of day around midnight."""
    if type(value) is time:
        moved = datetime.combine(date(2000, 1, 1), value.replace(tzinfo=None)) + length % DAY
        return moved.time().replace(tzinfo=value.tzinfo)
    if type(value) is date:
        moved = datetime(value.year, value.month, value.day, tzinfo=UTC) + length
        return moved.date()
    if value.tzinfo is None:
        return value + length
    return (value.astimezone(UTC) + length).astimezone(value.tzinfo)


def distance(left: Any, right: Any) -> timedelta:
    """The duration from ``right`` to ``left``; a date is its midnight in UTC."""
    if type(left) is time:
        return timedelta(
            seconds=_clock(left) - _clock(right), microseconds=left.microsecond - right.microsecond
        )
    left, right = (
        datetime(side.year, side.month, side.day, tzinfo=UTC) if type(side) is date else side
        for side in (left, right)
    )
    if (left.tzinfo is None) != (right.tzinfo is None):
        raise FeelError("Expected both times with a zone or both without, but only one has a zone.")
    if left.tzinfo is not None:
        return fixed(left) - fixed(right)
    return left - right  # type: ignore[no-any-return]


def _clock(value: time) -> int:
    offset = value.utcoffset() or timedelta()
    return value.hour * 3600 + value.minute * 60 + value.second - int(offset.total_seconds())


def length_times(length: timedelta | YearsMonths, factor: Number) -> timedelta | YearsMonths:
    """``factor`` times as long; parts of a microsecond or month are cut off."""
    count = length.months if isinstance(length, YearsMonths) else length // MICROSECOND
    product = int(CONTEXT.multiply(Decimal(count), factor))
    return lasting(product) if isinstance(length, YearsMonths) else product * MICROSECOND


def lasting(months: int) -> YearsMonths:
    """The duration of so many months; FeelError beyond a thousand million years."""
    if abs(months) > MAX_MONTHS:
        raise FeelError(f"Expected a duration of at most {MAX_MONTHS} months, but it is longer.")
    return YearsMonths(months)


def length_ratio(left: timedelta | YearsMonths, right: timedelta | YearsMonths) -> Decimal:
    """How often the duration ``right`` fits into ``left``, which is of the same kind."""
    if isinstance(left, YearsMonths) and isinstance(right, YearsMonths):
        return CONTEXT.divide(Decimal(left.months), right.months)
    assert isinstance(left, timedelta)
    assert isinstance(right, timedelta)
    return CONTEXT.divide(Decimal(left // MICROSECOND), right // MICROSECOND)


def add(left: Any, right: Any) -> Any:
    """``left + right`` where one is a duration; FeelError otherwise."""
    if isinstance(left, (timedelta, YearsMonths)) and isinstance(right, (date, time)):
        left, right = right, left
    kind = type(right)
    if kind is timedelta and isinstance(left, (date, time)):
        return shift(left, right)
    if kind is timedelta and type(left) is timedelta:
        return left + right
    if kind is YearsMonths and isinstance(left, date):
        return add_months(left, right.months)
    if kind is YearsMonths and type(left) is YearsMonths:
        return lasting(left.months + right.months)
    raise mismatch("add", left, right)


def subtract(left: Any, right: Any) -> Any:
    """``left - right`` where at least the left is a date, a time or a duration; FeelError otherwise."""
    if type(right) is timedelta and isinstance(left, (date, time, timedelta)):
        return left - right if type(left) is timedelta else shift(left, -right)
    if type(right) is YearsMonths and isinstance(left, (date, YearsMonths)):
        return add(left, YearsMonths(-right.months))
    if isinstance(left, date) and isinstance(right, date):
        return distance(left, right)
    if type(left) is time and type(right) is time:
        return distance(left, right)
    raise mismatch("subtract", left, right)


def multiply(left: Any, right: Any) -> Any:
    """A duration times a number, either way round; FeelError otherwise."""
    if is_number(left):
        left, right = right, left
    if is_number(right) and isinstance(left, (timedelta, YearsMonths)):
        return length_times(left, right)
    raise mismatch("multiply", left, right)


def divide(left: Any, right: Any) -> Any:
    """A duration divided by a number or by a duration of its kind; FeelError otherwise."""
    if isinstance(left, (timedelta, YearsMonths)):
        if type(right) is type(left):
            return length_ratio(left, right)
        if is_number(right):
            count = left.months if isinstance(left, YearsMonths) else left // MICROSECOND
            part = int(CONTEXT.divide(Decimal(count), right))
            return lasting(part) if isinstance(left, YearsMonths) else part * MICROSECOND
    raise mismatch("divide", left, right)


def mismatch(verb: str, left: object, right: object) -> FeelError:
    """The error for two values that cannot be taken together."""
    return FeelError(f"Expected two values to {verb}, but got {named(left)} and {named(right)}.")
