"""When a timer is due: dates, durations, cycles and cron (BPMN 2.0, 10.5.5; ISO 8601)."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import isodate
from cronsim import CronSim, CronSimError

from stepwell import feel
from stepwell.engine.run import EPOCH, Stuck

DAY = re.compile(r"[+-]?[0-9]{4,}-?[0-9]{2}-?[0-9]{2}(?![0-9])")
CYCLE = re.compile(r"R(?P<count>\d*)/(?:(?P<start>[^/]+)/)?(?P<step>P[^/]+)\Z")
FIRST, LAST = datetime(1, 1, 3, tzinfo=EPOCH.tzinfo), datetime(9000, 1, 1, tzinfo=EPOCH.tzinfo)


def micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC; a time without zone counts as UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=EPOCH.tzinfo)
    return (moment - EPOCH) // timedelta(microseconds=1)


def moment(at: int) -> datetime:
    """The opposite of ``micros``."""
    return EPOCH + timedelta(microseconds=at)


def date_due(value: object) -> int:
    """When a ``timeDate`` is due: an ISO 8601 date and time, or a FEEL date or date and time."""
    if isinstance(value, datetime):
        return bounded(micros(value), value)
    if isinstance(value, date):
        return bounded(micros(datetime(value.year, value.month, value.day, tzinfo=EPOCH.tzinfo)), value)
    try:
        return bounded(micros(written(value)), value)
    except (ValueError, isodate.ISO8601Error) as error:
        raise invalid("an ISO 8601 date and time such as 2030-01-31T09:00:00Z", value) from error


def bounded(at: int, value: object) -> int:
    """The time, if every zone can show it and what comes some time behind it; raises ``Stuck``."""
    if not micros(FIRST) <= at <= micros(LAST):
        raise invalid("a date of the years 1 to 9000", value)
    return at


def written(value: object) -> datetime:
    """A date with or without time as text. For ISO 8601 a century (``17``) is a date too: here it names its day."""
    if not isinstance(value, str) or not DAY.match(value):
        raise ValueError(value)
    if "T" in value:
        found: datetime = isodate.parse_datetime(value)
        return found
    day = isodate.parse_date(value)
    return datetime(day.year, day.month, day.day, tzinfo=EPOCH.tzinfo)


def duration_due(value: object, now: int) -> int:
    """When a ``timeDuration`` from ``now`` is over: ISO 8601, or a FEEL duration."""
    return micros(later(moment(now), value))


def later(start: datetime, value: object) -> datetime:
    try:
        if isinstance(value, feel.YearsMonths):
            value = feel.format_value(value)
        step = value if isinstance(value, timedelta) else isodate.parse_duration(str(value))
        return min(start + step, LAST)
    except (ValueError, OverflowError, isodate.ISO8601Error) as error:
        raise invalid("an ISO 8601 duration such as PT15M or P2D", value) from error


def cycle_due(value: object, now: int, zone: str = "") -> tuple[int, str]:
    """The first time of a ``timeCycle`` at or after ``now``, and what to remember for the next one.

    ``R3/PT10M``, ``R/2030-01-01T00:00:00Z/P1D``, or cron with five fields in ``zone`` (UTC if not said).
    """
    text = str(value).strip()
    match = CYCLE.match(text)
    if match is None:
        return cron_due(text, now, zone), f"cron|{zone}|{text}"
    step = match["step"]
    left = int(match["count"]) if match["count"] else -1
    if left == 0:
        raise invalid("a cycle with at least one repetition", text)
    start = date_due(match["start"]) if match["start"] else now
    day = 0 if is_fixed(step) else moment(start).day
    first = start if match["start"] else duration_due(step, now)
    if duration_due(step, now) <= now:
        raise invalid("a cycle whose step is longer than nothing", text)
    if match["start"] and first <= now < duration_due(step, now):
        first = first_after(first, step, now)
    return first, remembered(left, day, step)


def remembered(left: int, day: int, step: str) -> str:
    """A series by how often it goes on (-1: for ever) and, if its step has months, on which day of the month."""
    more = left - 1 if left > 0 else -1
    return f"month|{more}|{day}|{step}" if day else f"step|{more}|{step}"


def is_fixed(step: str) -> bool:
    """Whether all steps are equally long: without months and years, or with days that shift the day of the month."""
    try:
        length = isodate.parse_duration(step)
    except (ValueError, isodate.ISO8601Error) as error:
        raise invalid("an ISO 8601 duration such as PT15M or P2D", step) from error
    return isinstance(length, timedelta) or bool(length.tdelta)


def first_after(start: int, step: str, now: int) -> int:
    """The first time of a series that is not past."""
    due, length = start, isodate.parse_duration(step)
    if isinstance(length, timedelta) and length > timedelta(0):
        due += micros(EPOCH + length) * max(0, (now - due) // micros(EPOCH + length))
    day = 0 if is_fixed(step) else moment(start).day
    while due < now:
        due = one_later(due, step, day)
    return due


def one_later(due: int, step: str, day: int) -> int:
    """The time after a time of a series; ``day`` of the month, or its last one where the month is shorter."""
    found = later(moment(due), step)
    if day:
        found = found.replace(day=min(day, monthrange(found.year, found.month)[1]))
    return micros(min(found, LAST))


def next_due(repeat: str, due: int, now: int) -> tuple[int, str] | None:
    """The time after ``due`` of a cycle, or None when it is over. A step counts from the time that was due."""
    kind, first, second = repeat.split("|", 2)
    if kind == "cron":
        return cron_due(second, max(now, due), first), repeat
    left = int(first)
    if left == 0:
        return None
    day, _, step = second.rpartition("|")
    return one_later(due, step, int(day or 0)), remembered(left, int(day or 0), step)


def cron_due(text: str, now: int, zone: str) -> int:
    try:
        local = moment(now).astimezone(ZoneInfo(zone or "UTC"))
        return micros(next(CronSim(text, local)))
    except (CronSimError, StopIteration) as error:
        raise invalid("a cycle such as R3/PT10M or cron such as 0 9 * * 1-5", text) from error
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise invalid("a time zone such as Europe/Berlin", zone) from error


def invalid(expected: str, found: object) -> Stuck:
    shown = f"'{found}'" if isinstance(found, str) else feel.described(found)
    return Stuck("timer.invalid", f"Expected {expected}, but found {shown}.")
