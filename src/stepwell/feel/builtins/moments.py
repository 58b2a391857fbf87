"""Functions of dates and times (DMN 1.5, 10.3.4.6 and 10.3.4.8)."""

import calendar
from datetime import date, datetime

from stepwell.feel.builtins.registry import builtin
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import NOW, Frame

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


@builtin("now()", framed=True)
def now(frame: Frame) -> datetime:
    """The time of the evaluation, which whoever evaluates gives."""
    if frame[NOW] is None:
        raise FeelError("Expected the present time for now() and today(), but none was given.")
    return frame[NOW]  # type: ignore[no-any-return]


@builtin("today()", framed=True)
def today(frame: Frame) -> date:
    """The date of the evaluation, in the zone in which its time is given."""
    present: datetime = now(frame)
    return present.date()


@builtin("day of week(date: moment)")
def day_of_week(day: date) -> str:
    """``Monday`` to ``Sunday``."""
    return DAYS[day.weekday()]


@builtin("day of year(date: moment)")
def day_of_year(day: date) -> int:
    """1 to 366."""
    return day.timetuple().tm_yday


@builtin("week of year(date: moment)")
def week_of_year(day: date) -> int:
    """The week by ISO 8601, 1 to 53."""
    return day.isocalendar().week


@builtin("month of year(date: moment)")
def month_of_year(day: date) -> str:
    """``January`` to ``December``."""
    return MONTHS[day.month - 1]


@builtin("last day of month(date: moment)")
def last_day_of_month(day: date) -> int:
    """28 to 31."""
    return calendar.monthrange(day.year, day.month)[1]
