"""Dates, times and durations."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from stepwell import feel
from tests.feel.evaluating import shown, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2024-01-31" + @"P1M"', "2024-02-29"),
        ('@"2024-02-29" - @"P1Y"', "2023-02-28"),
        ('@"2024-01-31" + @"P1D"', "2024-02-01"),
        ('@"2024-01-31" + @"PT25H"', "2024-02-01"),
        ('@"2024-01-02" - @"2024-01-01"', "P1D"),
        ('@"2024-01-01T10:00:00Z" - @"2024-01-01T10:00:00+02:00"', "PT2H"),
        ('@"2024-01-01T10:00:00" + @"PT90M"', "2024-01-01T11:30:00"),
        ('@"2024-03-30T10:00:00@Europe/Berlin" + @"P1D"', "2024-03-31T11:00:00@Europe/Berlin"),
        ('@"23:30:00" + @"PT1H"', "00:30:00"),
        ('@"10:00:00" - @"09:30:00"', "PT30M"),
        ('@"P1D" + @"PT1H"', "P1DT1H"),
        ('@"P1Y" + @"P2M"', "P1Y2M"),
        ('@"P1D" * 1.5', "P1DT12H"),
        ('2 * @"P1M"', "P2M"),
        ('@"P1D" / 2', "PT12H"),
        ('@"P1D" / @"PT6H"', "4"),
        ('@"P1Y" / @"P1M"', "12"),
        ('-@"P1D"', "-P1D"),
        ('abs(@"-P1Y")', "P1Y"),
        ('sum([@"P1D", @"PT1H"])', "P1DT1H"),
        ('max([@"2024-01-01", @"2024-06-01"])', "2024-06-01"),
        ('years and months duration(@"2023-12-31", @"2024-03-01")', "P2M"),
        ("date(2024, 2, 29)", "2024-02-29"),
        ('time(10, 30, 15.5, duration("PT2H"))', "10:30:15.5+02:00"),
        ('date and time(@"2024-01-31", @"10:00:00")', "2024-01-31T10:00:00"),
        ('date(@"2024-01-31T10:00:00Z")', "2024-01-31"),
        ('time(@"2024-01-31T10:00:00Z")', "10:00:00Z"),
        ("now()", "2024-02-29T12:30:00Z"),
        ("today()", "2024-02-29"),
        ("day of week(today())", "Thursday"),
        ("day of year(today())", "60"),
        ("week of year(today())", "9"),
        ("month of year(today())", "February"),
        ("last day of month(today())", "29"),
        ('@"2024-01-31T24:00:00"', "2024-02-01T00:00:00"),
    ],
)
def test_values(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2024-01-31".month', 1),
        ('@"2024-01-31".weekday', 3),
        ('@"2024-01-31T10:20:30Z".minute', 20),
        ('@"10:20:30+02:00".time offset = @"PT2H"', True),
        ('@"10:20:30@Europe/Berlin".timezone', "Europe/Berlin"),
        ('@"10:20:30".time offset', None),
        ('@"-P1DT2H".hours', -2),
        ('@"P14M".years', 1),
        ("[1..5].end included", True),
    ],
)
def test_parts(text: str, expected: object) -> None:
    assert value(text) == expected


def test_moments_are_compared_and_not_clocks() -> None:
    assert value('@"2024-01-01T12:00:00@Europe/Berlin" = @"2024-01-01T11:00:00Z"') is True


def test_a_time_with_zone_and_one_without_cannot_be_ordered() -> None:
    with pytest.raises(feel.FeelError, match="only one has a zone"):
        value('@"2024-01-01T12:00:00" < @"2024-01-01T11:00:00Z"')


@pytest.mark.parametrize("text", ['@"9999-12-31" + @"P1D"', '@"0001-01-01" - @"P1M"', '@"P999999999D" * 10'])
def test_a_moment_outside_of_the_calendar_is_an_error(text: str) -> None:
    with pytest.raises(feel.FeelError):
        value(text)


@pytest.mark.parametrize(
    "text", ["2024-1-1", "24:01:00", "25:00:00", "P", "PT", "P1DT", "2024-01-01T10:00", "10:00:00+15:00", "10:00:00@No/Where",
             "10:00:00@../../etc/passwd", "P1Y1D"],
)  # fmt: skip
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(feel.FeelSyntaxError):
        feel.compile(f'@"{text}"')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2024-01-31"', date(2024, 1, 31)),
        ('@"10:00:00"', time(10)),
        ('@"2024-01-31T10:00:00Z"', datetime(2024, 1, 31, 10, tzinfo=UTC)),
        ('@"P1DT1S"', timedelta(days=1, seconds=1)),
        ('@"P1Y1M"', feel.YearsMonths(13)),
    ],
)
def test_literals_are_python_values(text: str, expected: object) -> None:
    assert value(text) == expected


def test_moments_at_the_end_of_the_calendar_are_compared() -> None:
    text = '@"0001-01-01T00:00:00+14:00" < @"9999-12-31T23:59:59-14:00"'
    assert value(text) is True


def test_both_passes_of_a_clock_that_is_set_back_are_told_apart() -> None:
    zone = ZoneInfo("Europe/Berlin")
    first, second = (datetime(2024, 10, 27, 2, 30, tzinfo=zone, fold=fold) for fold in (0, 1))
    assert value("[a < b, a = b, b - a]", {"a": first, "b": second}) == [True, False, timedelta(hours=1)]


@pytest.mark.parametrize("text", ["-x", "y / 0.0000001", "y + y", "y * 10 ** 6000"])
def test_a_duration_that_is_too_long_is_an_error(text: str) -> None:
    with pytest.raises(feel.FeelError):
        value(text, {"x": timedelta.max, "y": feel.YearsMonths(12 * 10**9)})
