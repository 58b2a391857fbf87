"""What fits the types that an author declares."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from stepwell import feel

DAY = date(2024, 1, 31)


@pytest.mark.parametrize(("declared", "value"), [
    ("any", "x"), ("any", [1]), ("text", ""), ("number", 1), ("number", Decimal("0.5")), ("integer", 0),
    ("boolean", False), ("date", DAY), ("time", time(10, 30)), ("date-time", datetime(2024, 1, 31, tzinfo=UTC)),
    ("duration", timedelta(days=1)), ("duration", feel.YearsMonths(14)), ("list", []), ("context", {}),
])  # fmt: skip
def test_a_value_of_the_type_fits_and_stays_what_it_is(declared: str, value: object) -> None:
    found = feel.fitting(declared, value)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(("declared", "value"), [
    ("text", 1), ("text", DAY), ("number", "1"), ("number", True), ("integer", Decimal("0.5")), ("integer", "1"),
    ("integer", True), ("boolean", 0), ("boolean", "true"), ("date", datetime(2024, 1, 31, tzinfo=UTC)), ("date", 20240131),
    ("date-time", DAY), ("time", "10:30"), ("duration", 5), ("list", {}), ("list", "a"), ("context", []),
])  # fmt: skip
def test_a_value_of_another_type_does_not_fit(declared: str, value: object) -> None:
    assert feel.fitting(declared, value) is feel.MISSING


@pytest.mark.parametrize(("declared", "text", "value"), [
    ("date", "2024-01-31", DAY), ("time", "10:30:00", time(10, 30)),
    ("date-time", "2024-01-31T10:30:00Z", datetime(2024, 1, 31, 10, 30, tzinfo=UTC)),
    ("duration", "PT90M", timedelta(minutes=90)), ("duration", "P1Y2M", feel.YearsMonths(14)),
])  # fmt: skip
def test_text_that_writes_a_point_in_time_or_a_duration_is_taken_for_it(
    declared: str, text: str, value: object
) -> None:
    assert feel.fitting(declared, text) == value


@pytest.mark.parametrize(("declared", "text"), [
    ("date", "2024-02-30"), ("date", "31.01.2024"), ("date", "2024-01-31T10:30:00"), ("time", "25:00:00"),
    ("time", "10:30:00@Nowhere/Town"), ("date-time", "2024-01-31"), ("date-time", "2024-01-31T10:30:00@Nowhere"),
    ("duration", "90 minutes"), ("duration", ""),
])  # fmt: skip
def test_text_that_writes_something_else_does_not_fit(declared: str, text: str) -> None:
    assert feel.fitting(declared, text) is feel.MISSING


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert feel.fitting("integer", Decimal("5.0")) == 5


@pytest.mark.parametrize("declared", sorted(feel.DECLARED_TYPES))
def test_null_fits_every_type(declared: str) -> None:
    assert feel.fitting(declared, None) is None


@pytest.mark.parametrize(("value", "words"), [
    (None, "null"), (True, "true"), (12, "the number 12"), (Decimal("0.50"), "the number 0.5"), ("many", "the text 'many'"),
    ("x" * 61, f"the text '{'x' * 60}'…"), (DAY, "the date 2024-01-31"), ([1], "a list"), ({"a": 1}, "a context"),
])  # fmt: skip
def test_a_value_is_described_with_its_kind(value: object, words: str) -> None:
    assert feel.described(value) == words
