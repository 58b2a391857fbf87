"""Equality and order (DMN 1.5, tables 53 and 54)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any, Final

from stepwell.feel.errors import FeelError
from stepwell.feel.limits import Meter
from stepwell.feel.values import Range, YearsMonths, kind_of, named

ORDERED: Final = {
    "number": (int, Decimal),
    "string": (str,),
    "date": (date,),
    "time": (time,),
    "date and time": (datetime,),
    "days and time duration": (timedelta,),
    "years and months duration": (YearsMonths,),
}


def compare(operation: Callable[[Any, Any], bool], left: Any, right: Any) -> bool:
    """``operation`` (``operator.lt`` …) on two values of one ordered kind; FeelError on others."""
    kind = kind_of(left)
    if kind not in ORDERED or kind != kind_of(right):
        raise FeelError(
            f"Expected two values that can be compared, but got {named(left)} and {named(right)}."
        )
    if kind in {"time", "date and time"}:
        left, right = instants(left, right)
    try:
        return operation(left, right)
    except TypeError:
        raise FeelError("Expected both times with a zone or both without, but only one has a zone.") from None


def instants(left: Any, right: Any) -> tuple[Any, Any]:
    """Two dates with times, or two times, so that Python compares the moments and not the clocks on the wall."""
    if type(left) is datetime and left.tzinfo is not None and right.tzinfo is not None:
        return fixed(left), fixed(right)
    return left, right


def fixed(value: datetime) -> datetime:
    """The same moment with its offset instead of its zone; also at the ends of the calendar."""
    return value.replace(tzinfo=timezone(value.utcoffset() or timedelta()), fold=0)


def equal(left: Any, right: Any, meter: Meter) -> bool:
    """Whether two values are equal; values of different kinds are not. Counts the visited elements."""
    kind = type(left)
    if kind is list or kind is dict:
        if type(right) is not kind or len(left) != len(right):
            return False
        meter.work(len(left))
        if kind is list:
            return all(equal(one, other, meter) for one, other in zip(left, right, strict=True))
        return all(key in right and equal(one, right[key], meter) for key, one in left.items())
    if kind is not type(right) and (kind_of(left) != kind_of(right)):
        return False
    if kind is Range:
        return (
            left.start_included == right.start_included
            and left.end_included == right.end_included
            and equal(left.start, right.start, meter)
            and equal(left.end, right.end, meter)
        )
    if kind is datetime:
        left, right = instants(left, right)
    return bool(left == right)


def equal_strictly(left: Any, right: Any, meter: Meter) -> bool:
    """``left = right``: null equals only null; FeelError when the kinds differ (10.3.2.13, table 53)."""
    if left is None or right is None:
        return left is right
    if kind_of(left) != kind_of(right):
        raise FeelError(f"Expected two values of the same kind, but got {named(left)} and {named(right)}.")
    return equal(left, right, meter)


def within(value: Any, bounds: Range) -> bool:
    """Whether ``value`` lies in ``bounds``; FeelError when it cannot be compared with them."""
    if bounds.start is not None and not compare(ge if bounds.start_included else gt, value, bounds.start):
        return False
    return bounds.end is None or compare(le if bounds.end_included else lt, value, bounds.end)
