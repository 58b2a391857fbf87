"""Functions that make a value of one kind from another (DMN 1.5, 10.3.4.1)."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from stepwell.feel.builtins.registry import builtin
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Frame, meter_of
from stepwell.feel.numbers import CONTEXT, Number, is_number, number_of
from stepwell.feel.temporal_text import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)  # fmt: skip
from stepwell.feel.text import format_value
from stepwell.feel.values import YearsMonths, named

MAX_OFFSET = timedelta(hours=14)


def _found(value: Any, what: str, text: str) -> Any:
    if value is None:
        raise FeelError(f"Expected {what}, but got '{text[:60]}'.")
    return value


def _wrong(what: str, value: Any) -> FeelError:
    return FeelError(f"Expected {what}, but got {named(value)}.")


@builtin("date(from: any)")
def date_from(value: Any) -> date:
    """The date of a string or of a date and time."""
    if type(value) is str:
        return _found(parse_date(value), "a date like 2024-01-31", value)  # type: ignore[no-any-return]
    if type(value) is datetime:
        return value.date()
    if type(value) is date:
        return value
    raise _wrong("a string or a date and time in date()", value)


@builtin("date(year: integer, month: integer, day: integer)")
def date_of(year: int, month: int, day: int) -> date:
    """The date of its parts."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise FeelError(f"Expected a day of the calendar, but got {year}-{month}-{day}.") from None


@builtin("time(from: any)")
def time_from(value: Any) -> time:
    """The time of a string or of a date and time; of a date it is midnight in UTC."""
    if type(value) is str:
        return _found(parse_time(value), "a time like 10:30:00", value)  # type: ignore[no-any-return]
    if type(value) is datetime:
        return value.timetz()
    if type(value) is date:
        return time(tzinfo=UTC)
    if type(value) is time:
        return value
    raise _wrong("a string or a date and time in time()", value)


@builtin("time(hour: integer, minute: integer, second: number, offset: days and time duration?)")
def time_of(hour: int, minute: int, second: Number, offset: timedelta | None = None) -> time:
    """The time of its parts, with the offset from UTC."""
    micro = int(CONTEXT.multiply(Decimal(second), 10**6)) if Decimal(second).adjusted() < 3 else -1
    if offset is not None and abs(offset) > MAX_OFFSET:
        raise FeelError("Expected an offset of at most 14 hours, but it is longer.")
    try:
        return time(
            hour, minute, micro // 10**6, micro % 10**6, timezone(offset) if offset is not None else None
        )
    except (ValueError, OverflowError):
        raise FeelError(f"Expected a time of day, but got {hour}:{minute}:{second}.") from None


@builtin("date and time(from: any)")
def date_time_from(value: Any) -> datetime:
    """The date and time of a string; of a date it is midnight."""
    if type(value) is str:
        return _found(parse_date_time(value), "a date and time like 2024-01-31T10:30:00", value)  # type: ignore[no-any-return]
    if type(value) is datetime:
        return value
    if type(value) is date:
        return datetime.combine(value, time())
    raise _wrong("a string or a date in date and time()", value)


@builtin("date and time(date: moment, time: time)")
def date_time_of(day: date, at: time) -> datetime:
    """The date and time of a date and a time."""
    return datetime.combine(day.date() if isinstance(day, datetime) else day, at)


@builtin("duration(from: any)")
def duration(value: Any) -> timedelta | YearsMonths:
    """The duration of a string like ``P1DT2H`` or ``P1Y2M``."""
    if type(value) is str:
        return _found(parse_duration(value), "a duration like P1DT2H or P1Y2M", value)  # type: ignore[no-any-return]
    if isinstance(value, (timedelta, YearsMonths)):
        return value
    raise _wrong("a string in duration()", value)


@builtin("years and months duration(from: moment, to: moment)")
def years_and_months(start: date, end: date) -> YearsMonths:
    """The full months between two dates."""
    if (start.year, start.month, start.day) > (end.year, end.month, end.day):
        return YearsMonths(-_months(end, start))
    return YearsMonths(_months(start, end))


def _months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


@builtin("number(from: any)")
def number_from(value: Any) -> Number:
    """The number of a string."""
    if is_number(value):
        return value  # type: ignore[no-any-return]
    if type(value) is str:
        return _plain_number(value, value)
    raise _wrong("a string in number()", value)


@builtin("number(from: string, grouping separator: any, decimal separator: any)")
def number_with(text: str, grouping: Any, decimal: Any) -> Number:
    """The number of a string with these separators: space, comma or point, and point or comma."""
    if (
        grouping not in (None, " ", ",", ".")
        or decimal not in (None, ",", ".")
        or (decimal and grouping == decimal)
    ):
        raise FeelError("Expected a space, comma or point and another one as separators in number().")
    digits = text.replace(grouping, "") if grouping else text
    return _plain_number(digits.replace(decimal, ".") if decimal else digits, text)


def _plain_number(digits: str, text: str) -> Number:
    if not digits or digits[0] == "+" or not set(digits) <= set("0123456789.eE+-") or len(digits) > 7000:
        raise FeelError(f"Expected a number, but got '{text[:60]}'.")
    return number_of(digits)


@builtin("string(from: any)", framed=True)
def string(frame: Frame, value: Any) -> str | None:
    """The value as text; null of null."""
    if type(value) is list or type(value) is dict:
        meter_of(frame).work(len(value))
    return None if value is None else format_value(value)
