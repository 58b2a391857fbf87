"""Start schedules: when a timer start event is due, and what becomes of the starts that were missed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import isodate
from msgspec import Struct

from stepwell.bpmn.triggers import StartTrigger
from stepwell.engine import timing
from stepwell.engine.event_definition import TimerDefinition, given_by_nobody

MOST = 1000  # starts at one go; what is left stays due
PUNCTUAL = 60_000_000  # microseconds that a start may be late without counting as missed


class Due(Struct, frozen=True):
    """``starts`` to make now; the next time (None: never again) and what to remember for it."""

    starts: int
    due_at: int | None
    repeat: str = ""


def first_due(trigger: StartTrigger, now: int) -> Due:
    """When a schedule deployed ``now`` is due for the first time; a date that is past never is.

    Raises ``Stuck`` for a time or zone that does not make sense.
    """
    timer = timer_of(trigger)
    begin = bound(trigger.starts_at, timer.zone)
    is_cron = timer.cycle is not None and timing.CYCLE.match(timer.cycle.source.strip()) is None
    base = now if begin is None or begin <= now else begin - is_cron
    due_at, repeat = timer.due(given_by_nobody, base)
    if due_at < base:
        return Due(0, None)
    return within(trigger, Due(0, due_at, repeat))


def next_starts(trigger: StartTrigger, last: Due, now: int) -> Due:
    """How many instances to start for a schedule whose time ``last.due_at`` has come, and when it is next due.

    Missed are the times that passed while nobody looked: ``catchUp`` ``once`` makes one start of all,
    ``all`` one for each (at most ``MOST`` now, the rest stays due), ``none`` none for those over a
    minute late.
    """
    if last.due_at is None or last.due_at > now:
        return Due(0, last.due_at, last.repeat)
    if trigger.catch_up == "all":
        return each(trigger, last, now)
    came, following = latest(trigger, last, now)
    late = trigger.catch_up == "none" and now - came > PUNCTUAL
    return Due(0 if late else 1, following.due_at, following.repeat)


def each(trigger: StartTrigger, last: Due, now: int) -> Due:
    starts = 0
    while last.due_at is not None and last.due_at <= now and starts < MOST:
        starts += 1
        last = after(trigger, last)
    return Due(starts, last.due_at, last.repeat)


def latest(trigger: StartTrigger, last: Due, now: int) -> tuple[int, Due]:
    """The last time that has come, and the one after it."""
    came = leap(last, now - PUNCTUAL)
    following = after(trigger, came, now - PUNCTUAL)
    while following.due_at is not None and following.due_at <= now:
        came, following = following, after(trigger, following)
    assert came.due_at is not None
    return came.due_at, following


def leap(last: Due, until: int) -> Due:
    """Pass over the times of a fixed step that are long gone, without looking at each."""
    assert last.due_at is not None
    kind, _, rest = last.repeat.partition("|")
    if kind != "step" or last.due_at >= until:
        return last
    left, _, step = rest.partition("|")
    length = isodate.parse_duration(step)
    if not isinstance(length, timedelta):
        return last
    times = (until - last.due_at) // (length // timedelta(microseconds=1))
    if int(left) >= 0:
        times = min(times, int(left))
        left = str(int(left) - times)
    return Due(0, last.due_at + times * (length // timedelta(microseconds=1)), f"step|{left}|{step}")


def after(trigger: StartTrigger, last: Due, floor: int = 0) -> Due:
    """The time after a time; of cron, the first one after ``floor``."""
    if not last.repeat or last.due_at is None:
        return Due(0, None)
    following = timing.next_due(last.repeat, last.due_at, floor)
    return Due(0, None) if following is None else within(trigger, Due(0, *following))


def within(trigger: StartTrigger, due: Due) -> Due:
    """Nothing is due after ``until``; a date without a time is the whole day."""
    end = bound(trigger.ends_at, timer_of(trigger).zone, whole_day=True)
    return Due(0, None) if end is not None and due.due_at is not None and due.due_at > end else due


def bound(text: str, zone: str, *, whole_day: bool = False) -> int | None:
    """An author's ``from`` or ``until``; without an offset of its own it is in the schedule's zone."""
    if not text:
        return None
    try:
        if "T" in text:
            found = isodate.parse_datetime(text)
        else:
            found = datetime.combine(isodate.parse_date(text) + timedelta(days=whole_day), time())
        if found.tzinfo is None:
            found = found.replace(tzinfo=ZoneInfo(zone or "UTC"))
    except (ValueError, OverflowError, isodate.ISO8601Error) as error:
        raise timing.invalid("a date and time such as 2030-01-31T09:00:00", text) from error
    return timing.micros(found) - (whole_day and "T" not in text)


def timer_of(trigger: StartTrigger) -> TimerDefinition:
    assert isinstance(trigger.event, TimerDefinition)
    return trigger.event
