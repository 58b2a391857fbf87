"""When a step is to be done (product rule S3)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from stepwell import feel
from stepwell.engine.definition import Text
from stepwell.engine.opening import Seen
from stepwell.engine.run import Run, Stuck
from stepwell.engine.timing import date_due, duration_due, written
from stepwell.engine.work import Timing

PRIORITIES = {"low": 25, "medium": 50, "high": 75}
USUAL = PRIORITIES["medium"]


class Plan(NamedTuple):
    """Times in microseconds since 1970 UTC; ``duration`` is that long. None: not said."""

    start_at: int | None = None
    due_at: int | None = None
    duration: int = 0
    remind_at: int | None = None
    priority: int = USUAL


UNPLANNED = Plan()


def plan_of(run: Run, timing: Timing, seen: Seen) -> Plan:
    """The plan of a step that begins to exist now; raises ``Stuck`` or ``FeelError``."""
    later = after(timing.start_in, seen, run.now)
    start = run.now if later is None else later
    ends = after(timing.duration, seen, start)
    due = _due(timing.due, seen, start)
    ahead = after(timing.remind, seen, 0)
    return Plan(
        start_at=later,
        due_at=ends if due is None else due,
        duration=0 if ends is None else ends - start,
        remind_at=None if ahead is None else start - ahead,
        priority=_priority(timing.priority, seen),
    )


def after(text: Text | None, seen: Seen, start: int) -> int | None:
    """The time so long after ``start``; None if nothing is said, or null."""
    value = None if text is None else text.value(*seen)
    return None if value in (None, "") else max(start, duration_due(value, start))


def _due(text: Text | None, seen: Seen, start: int) -> int | None:
    """A date and time, or a duration after the start."""
    value = None if text is None else text.value(*seen)
    if value in (None, ""):
        return None
    if isinstance(value, timedelta | feel.YearsMonths):
        return duration_due(value, start)
    if isinstance(value, date):
        return date_due(value)
    try:
        return date_due(written(value))
    except ValueError:
        return duration_due(value, start)


def _priority(text: Text | None, seen: Seen) -> int:
    value = None if text is None else text.value(*seen)
    if value in (None, ""):
        return USUAL
    if isinstance(value, str) and value in PRIORITIES:
        return PRIORITIES[value]
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:9])
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and 0 <= value <= 100:
        return round(value)
    found = feel.format_value(value)
    raise Stuck(
        "priority.invalid", f"Expected a priority from 0 to 100, or low, medium or high, but found {found}."
    )
