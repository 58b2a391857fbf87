"""Spans of time said relative to now."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell.records.asking import Asking
from stepwell.records.periods import Days, Hours, period

NOW = Asking(datetime(2026, 11, 25, 10, tzinfo=UTC))  # a Wednesday


@pytest.mark.parametrize(("text", "start", "end"), [
    ("today", "2026-11-25", "2026-11-26"), ("yesterday", "2026-11-24", "2026-11-25"),
    ("Tomorrow", "2026-11-26", "2026-11-27"), ("this week", "2026-11-23", "2026-11-30"),
    ("last week", "2026-11-16", "2026-11-23"), ("next week", "2026-11-30", "2026-12-07"),
    ("this month", "2026-11-01", "2026-12-01"), ("next month", "2026-12-01", "2027-01-01"),
    ("this quarter", "2026-10-01", "2027-01-01"), ("last quarter", "2026-07-01", "2026-10-01"),
    ("this year", "2026-01-01", "2027-01-01"), ("last year", "2025-01-01", "2026-01-01"),
    ("last 7 days", "2026-11-19", "2026-11-26"), ("next 1 day", "2026-11-25", "2026-11-26"),
    ("next 2  weeks", "2026-11-25", "2026-12-09"), ("next 3 months", "2026-11-25", "2027-02-25"),
    ("last 1 year", "2025-11-26", "2026-11-26"), ("this day", "2026-11-25", "2026-11-26"),
])  # fmt: skip
def test_periods_of_days(text: str, start: str, end: str) -> None:
    assert period(text, NOW) == Days(date.fromisoformat(start), date.fromisoformat(end))


def test_hours_count_from_this_moment() -> None:
    assert period("next 24 hours", NOW) == Hours(NOW.now, NOW.now + timedelta(hours=24))
    assert period("last 1 hour", NOW) == Hours(NOW.now - timedelta(hours=1), NOW.now)


@pytest.mark.parametrize(
    "text", ["", "soon", "last days", "last 0 days", "next 9999999 days", "last 100000 years", "5 days"]
)
def test_what_is_no_period(text: str) -> None:
    assert period(text, NOW) is None


def test_today_is_that_of_the_persons_zone() -> None:
    late = Asking(datetime(2026, 11, 25, 23, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
    assert period("today", late) == Days(date(2026, 11, 26), date(2026, 11, 27))


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)))  # noqa: DTZ001
def test_this_month_holds_today(now: datetime) -> None:
    asking = Asking(now.replace(tzinfo=UTC))
    for unit in ("day", "week", "month", "quarter", "year"):
        found = period(f"this {unit}", asking)
        assert isinstance(found, Days)
        assert found.start <= asking.today < found.end
