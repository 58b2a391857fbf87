"""Points in time: microseconds since 1970 UTC in rows, dates with a zone for people."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(at: int) -> datetime:
    """The point in time, in UTC."""
    return _EPOCH + timedelta(microseconds=at)


def perhaps(at: int | None) -> datetime | None:
    """The same for one that may not have come."""
    return None if at is None else moment(at)


def micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC; a time without zone counts as UTC."""
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // timedelta(microseconds=1)
