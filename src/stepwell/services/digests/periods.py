"""When a digest comes: in the morning of the person's own day, every day or on Mondays."""

from datetime import datetime, time, timedelta

from stepwell.identity.user import Digest
from stepwell.services.moments import micros, moment
from stepwell.services.records.viewer import zone_of

MORNING = time(7)
WEEK = 7


def next_at(chosen: Digest, zone: str, now: int) -> int:
    """The first morning of a digest behind a time, both in microseconds since 1970 UTC."""
    local = local_time(now, zone)
    wait = -local.weekday() % WEEK if chosen == "weekly" else 0
    found = _morning(local, wait)
    if found <= now:
        found = _morning(local, wait + (WEEK if chosen == "weekly" else 1))
    return found


def comes_today(chosen: Digest, zone: str, now: int) -> bool:
    """Whether the day of a digest has begun, but its morning has not: then what is late is left to it."""
    at = next_at(chosen, zone, now)
    return local_time(at, zone).date() == local_time(now, zone).date()


def local_time(at: int, zone: str) -> datetime:
    """A point in time where the person is."""
    return moment(at).astimezone(zone_of(zone))


def _morning(local: datetime, days: int) -> int:
    day = local.date() + timedelta(days=days)
    return micros(datetime.combine(day, MORNING, local.tzinfo))
