"""Points in time: microseconds since 1970 UTC in rows, dates with a zone for people."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, LAST = (
    (one - _EPOCH) // timedelta(microseconds=1)
    for one in (datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 29, tzinfo=UTC))
)
"""What every zone can show."""


def moment(at: int) -> datetime:
    """The point in time, in UTC; the first or last that can be shown for what lies beyond it."""
    return _EPOCH + timedelta(microseconds=min(max(at, FIRST), LAST))


def perhaps(at: int | None) -> datetime | None:
    """The same for one that may not have come."""
    return None if at is None else moment(at)


def micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC; a time without zone counts as UTC."""
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // timedelta(microseconds=1)
