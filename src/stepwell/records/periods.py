"""Spans of time said relative to now: ``today``, ``last 7 days``, ``next 24 hours``, ``this month``."""

import calendar
import re
from datetime import date, datetime, timedelta

from msgspec import Struct

from stepwell.records.asking import Asking

EXAMPLES = "today, this week, last 7 days, next 24 hours"
MOST = 100_000
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WHOLE = re.compile(r"(last|this|next) (day|week|month|quarter|year)\Z")
_COUNTED = re.compile(r"(last|next) ([0-9]{1,6}) (hours?|days?|weeks?|months?|years?)\Z")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Days(Struct, frozen=True):
    """From one day up to, but not with, another."""

    start: date
    end: date


class Hours(Struct, frozen=True):
    """From one moment up to, but not with, another."""

    start: datetime
    end: datetime


def period(text: str, asking: Asking) -> Days | Hours | None:
    """The span that a text says; None if it says none, or one outside the calendar.

    ``last N days`` are the N days that end with today, ``next N days`` those that begin with it; a week
    begins on Monday; hours count from this moment.
    """
    words = " ".join(text.lower().split())
    try:
        return _day(words, asking) or _whole(words, asking) or _counted(words, asking)
    except (OverflowError, ValueError):
        return None


def _day(words: str, asking: Asking) -> Days | None:
    if words not in _DAYS:
        return None
    start = asking.today + timedelta(days=_DAYS[words])
    return Days(start, start + timedelta(days=1))


def _whole(words: str, asking: Asking) -> Days | None:
    found = _WHOLE.match(words)
    if found is None:
        return None
    steps, unit, today = {"last": -1, "this": 0, "next": 1}[found[1]], found[2], asking.today
    if unit in {"day", "week"}:
        length = 7 if unit == "week" else 1
        start = (
            today - timedelta(days=today.weekday() if unit == "week" else 0) + timedelta(days=length * steps)
        )
        return Days(start, start + timedelta(days=length))
    length = _MONTHS[unit]
    first = today.replace(day=1, month=(today.month - 1) // length * length + 1)
    return Days(add_months(first, length * steps), add_months(first, length * (steps + 1)))


def _counted(words: str, asking: Asking) -> Days | Hours | None:
    found = _COUNTED.match(words)
    if found is None or not 0 < int(found[2]) <= MOST:
        return None
    is_next, count, unit = found[1] == "next", int(found[2]), found[3].removesuffix("s")
    if unit == "hour":
        other = asking.now + timedelta(hours=count if is_next else -count)
        return Hours(asking.now, other) if is_next else Hours(other, asking.now)
    today, tomorrow = asking.today, asking.today + timedelta(days=1)
    if unit in {"month", "year"}:
        months = count * (12 if unit == "year" else 1)
        return (
            Days(today, add_months(today, months))
            if is_next
            else Days(add_months(tomorrow, -months), tomorrow)
        )
    days = timedelta(days=count * (7 if unit == "week" else 1))
    return Days(today, today + days) if is_next else Days(tomorrow - days, tomorrow)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last one of a shorter month."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))
