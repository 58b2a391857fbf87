"""What a value of a condition is in stored form: numbers of too many digits, whole days, folded texts."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from stepwell.records.asking import Asking
from stepwell.records.periods import Days, Hours, period
from stepwell.records.stored import Raw, fold, micros, to_raw
from stepwell.records.types import EXACT, Field
from stepwell.records.values import LARGEST_DIGITS, UnfitError, is_date, read_number


class NoSuchValueError(Exception):
    """No field of this kind can have the value: it has digits that the field does not keep."""


def number_bound(field: Field, given: object, op: str) -> tuple[Any, tuple[Raw, ...]]:
    """The operator and the stored form for a number; raises ``NoSuchValueError`` for = and != alone."""
    scaled = read_number(given).scaleb(field.digits if field.kind in EXACT else 0)
    if abs(scaled) >= Decimal(10) ** LARGEST_DIGITS:
        raise UnfitError("number.out-of-range", f"a number of at most {LARGEST_DIGITS} digits")
    if scaled == scaled.to_integral_value():
        return op, (int(scaled),)
    if op in {"=", "!="}:
        raise NoSuchValueError
    rounding = ROUND_CEILING if op in {"<", ">="} else ROUND_FLOOR
    return op, (int(scaled.to_integral_value(rounding)),)


def text_values(field: Field, value: object) -> Sequence[Raw]:
    """The stored form of a value, as the column has it in which it is looked for."""
    if field.is_folded:
        return (fold(str(value)),)
    return (to_raw(field, value),)


def span_of(field: Field, given: object, asking: Asking) -> Days | None:
    """The day that is meant when a moment is compared with a date or with a word such as today."""
    if isinstance(given, datetime):
        return None
    if isinstance(given, date):
        return None if field.kind == "date" else _day(given)
    if not isinstance(given, str):
        return None
    found = period(given, asking) if given.strip().isalpha() else None
    if isinstance(found, Days):
        return found
    return (
        _day(date.fromisoformat(given.strip()))
        if field.kind == "date_time" and is_date(given.strip())
        else None
    )


def _day(day: date) -> Days:
    try:
        return Days(day, day + timedelta(days=1))
    except OverflowError:
        raise UnfitError("value.type", "a date before 9999-12-31") from None


def days_or_hours(field: Field, span: Days | Hours, asking: Asking) -> tuple[Raw, Raw]:
    """Where the span begins and ends in the stored form of the field."""
    if isinstance(span, Hours):
        return micros(span.start), micros(span.end)
    if field.kind == "date":
        return span.start.isoformat(), span.end.isoformat()
    return _midnight(span.start, asking), _midnight(span.end, asking)


def _midnight(day: date, asking: Asking) -> int:
    return micros(datetime.combine(day, time(), asking.zone))
