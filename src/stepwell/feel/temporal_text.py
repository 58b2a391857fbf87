"""Dates, times and durations as text (ISO 8601 as XML Schema and DMN 1.5 section 10.3.2.3 write them)."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from stepwell.feel.errors import FeelError
from stepwell.feel.values import YearsMonths

Temporal = date | time | datetime | timedelta | YearsMonths

_DATE: Final = r"(\d{4})-(\d\d)-(\d\d)"
_TIME: Final = r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z_][\w+\-/]*)?"
DATE: Final = re.compile(_DATE, re.ASCII)
TIME: Final = re.compile(_TIME, re.ASCII)
DATE_TIME: Final = re.compile(f"{_DATE}T{_TIME}", re.ASCII)
DAYS: Final = re.compile(
    r"(-?)P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?", re.ASCII
)
MONTHS: Final = re.compile(r"(-?)P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?", re.ASCII)
MAX_DIGITS: Final = 40


def zone_of(text: str | None) -> tzinfo | None:
    """The zone after a time: ``Z``, ``+02:00`` or ``@Europe/Berlin``; FeelError when there is no such zone."""
    if not text:
        return None
    if text in {"Z", "+00:00", "-00:00"}:
        return UTC
    if text[0] == "@":
        try:
            return ZoneInfo(text[1:])
        except (ValueError, OSError, LookupError):
            raise FeelError(f"Expected a time zone, but there is no '{text[1:]}'.") from None
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    if offset > timedelta(hours=14) or minutes > 59:
        raise FeelError(f"Expected an offset of at most 14 hours, but got '{text}'.")
    return timezone(-offset if text[0] == "-" else offset)


def time_of(hour: str, minute: str, second: str, rest: tuple[str | None, str | None]) -> time:
    """The time of the parts of a text; hour 24 is midnight."""
    fraction, zone = rest
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    is_midnight = (hour, minute, second, micro) == ("24", "00", "00", 0)
    return time(0 if is_midnight else int(hour), int(minute), int(second), micro, tzinfo=zone_of(zone))


def parse_date(text: str) -> date | None:
    """A date from ``2024-01-31``; None when the text is not of this form or there is no such day."""
    found = DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """A time from ``10:30:00``, with or without fraction and zone; None when it is none."""
    found = TIME.fullmatch(text.removeprefix("T"))
    try:
        return time_of(found[1], found[2], found[3], (found[4], found[5])) if found else None
    except ValueError:
        return None


def parse_date_time(text: str) -> datetime | None:
    """A date and time from ``2024-01-31T10:30:00``, with or without zone; a bare date is its midnight."""
    found = DATE_TIME.fullmatch(text)
    if not found:
        day = parse_date(text)
        return datetime(day.year, day.month, day.day) if day else None  # noqa: DTZ001  local by meaning
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        at = time_of(found[4], found[5], found[6], (found[7], found[8]))
        late = timedelta(days=1) if found[4] == "24" else timedelta()
        return datetime.combine(day + late, at)
    except (ValueError, OverflowError):
        return None


def parse_duration(text: str) -> timedelta | YearsMonths | None:
    """A duration from ``P1DT2H`` or ``P1Y2M``; None when it is neither or too long."""
    found = DAYS.fullmatch(text)
    if len(text) > MAX_DIGITS:
        return None
    if not found:
        months = MONTHS.fullmatch(text)
        if not months:
            return None
        count = int(months[2] or 0) * 12 + int(months[3] or 0)
        return YearsMonths(-count if months[1] else count)
    days, hours, minutes, seconds = (int(found[part] or 0) for part in (2, 3, 4, 5))
    micro = int((found[6] or "0")[:6].ljust(6, "0"))
    try:
        length = timedelta(days, seconds, micro, minutes=minutes, hours=hours)
        return -length if found[1] else length
    except OverflowError:
        return None


def parse_temporal(text: str) -> Temporal:
    """What ``@"…"`` means; FeelError when the text is no date, time or duration."""
    value: Temporal | None = parse_date(text)
    for parse in (parse_duration, parse_date_time, parse_time):
        value = parse(text) if value is None else value
    if value is None:
        raise FeelError(f"Expected a date, a time or a duration, but got '{text[:60]}'.")
    return value


def format_zone(zone: tzinfo | None, offset: timedelta | None) -> str:
    """The end of a time's text: ``Z``, ``+02:00``, ``@Europe/Berlin`` or nothing."""
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo) and zone.key:
        return f"@{zone.key}"
    seconds = int((offset or timedelta()).total_seconds())
    if not seconds:
        return "Z"
    minutes, rest = divmod(abs(seconds), 60)
    text = f"{'-' if seconds < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{rest:02}" if rest else text


def format_time(value: time) -> str:
    """``10:30:00``, with fraction and zone where there are some."""
    fraction = f".{value.microsecond:06}".rstrip("0") if value.microsecond else ""
    clock = f"{value.hour:02}:{value.minute:02}:{value.second:02}{fraction}"
    return clock + format_zone(value.tzinfo, value.utcoffset())


def format_date_time(value: datetime) -> str:
    """``2024-01-31T10:30:00``, with fraction and zone where there are some."""
    fraction = f".{value.microsecond:06}".rstrip("0") if value.microsecond else ""
    clock = f"{value.hour:02}:{value.minute:02}:{value.second:02}{fraction}"
    return f"{value.year:04}-{value.month:02}-{value.day:02}T{clock}" + format_zone(
        value.tzinfo, value.utcoffset()
    )


def format_days(value: timedelta) -> str:
    """``P1DT2H30M``; no length is ``PT0S``."""
    sign, value = ("-", -value) if value < timedelta() else ("", value)
    minutes, seconds = divmod(value.seconds, 60)
    fraction = f".{value.microseconds:06}".rstrip("0") if value.microseconds else ""
    clock = "".join(
        f"{number}{unit}" for number, unit in ((minutes // 60, "H"), (minutes % 60, "M")) if number
    ) + (f"{seconds}{fraction}S" if seconds or fraction else "")
    days = f"{value.days}D" if value.days else ""
    if not days and not clock:
        return "PT0S"
    return f"{sign}P{days}" + (f"T{clock}" if clock else "")


def format_months(value: YearsMonths) -> str:
    """``P1Y2M``; no length is ``P0M``."""
    years, months = divmod(abs(value.months), 12)
    if not value.months:
        return "P0M"
    sign = "-" if value.months < 0 else ""
    return f"{sign}P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "")
