"""When start schedules are due, and what becomes of missed starts."""

import pytest

from stepwell.bpmn.triggers import StartTrigger
from stepwell.engine.definition import Text
from stepwell.engine.event_definition import TimerDefinition
from stepwell.engine.run import Stuck
from stepwell.engine.timing import date_due
from stepwell.services.schedules import MOST, Due, after, first_due, next_starts

DAILY = "0 9 * * *"


def at(text: str) -> int:
    return date_due(text + ("Z" if "T" in text else "T00:00:00Z"))


def cycle(text: str, zone: str = "", **schedule: str) -> StartTrigger:
    return StartTrigger("start", "timer", TimerDefinition(cycle=Text(text), zone=zone), **schedule)


def date(text: str) -> StartTrigger:
    return StartTrigger("start", "timer", TimerDefinition(date=Text(text)))


def test_a_cron_schedule_is_first_due_at_its_next_time() -> None:
    assert first_due(cycle(DAILY), at("2030-01-01T10:00:00")).due_at == at("2030-01-02T09:00:00")


def test_a_cron_schedule_follows_its_time_zone_into_summer_time() -> None:
    daily = cycle(DAILY, "Europe/Berlin")
    assert first_due(daily, at("2030-06-01T00:00:00")).due_at == at("2030-06-01T07:00:00")


def test_a_cycle_counts_from_the_deployment() -> None:
    assert first_due(cycle("R/PT10M"), at("2030-01-01T10:00:00")).due_at == at("2030-01-01T10:10:00")


def test_nothing_is_due_before_from() -> None:
    daily = cycle(DAILY, starts_at="2030-03-01T09:00:00")
    assert first_due(daily, at("2030-01-01")).due_at == at("2030-03-01T09:00:00")


def test_from_is_a_time_of_the_schedules_zone() -> None:
    daily = cycle(DAILY, "Europe/Berlin", starts_at="2030-03-01T10:00:00")
    assert first_due(daily, at("2030-01-01")).due_at == at("2030-03-02T08:00:00")


def test_nothing_is_due_after_until() -> None:
    assert first_due(cycle(DAILY, ends_at="2030-01-02T08:59:00"), at("2030-01-01T10:00:00")).due_at is None


def test_the_day_named_by_until_belongs_to_the_schedule() -> None:
    assert first_due(cycle(DAILY, ends_at="2030-01-02"), at("2030-01-01T10:00:00")).due_at is not None


def test_a_date_that_is_past_at_deployment_starts_nothing() -> None:
    assert first_due(date("2030-01-01T00:00:00Z"), at("2030-01-02")) == Due(0, None)


def test_a_wrong_from_says_what_was_expected() -> None:
    with pytest.raises(Stuck, match="Expected a date and time such as"):
        first_due(cycle(DAILY, starts_at="Monday"), 0)


def test_a_date_starts_once_and_is_over() -> None:
    assert next_starts(date("2030-01-02"), Due(0, at("2030-01-02")), at("2030-01-02")) == Due(1, None)


def test_nothing_starts_before_its_time() -> None:
    last = Due(0, at("2030-01-02"), "step|-1|P1D")
    assert next_starts(cycle("R/P1D"), last, at("2030-01-01")) == last


def test_a_punctual_start_is_followed_by_the_next_time() -> None:
    last = Due(0, at("2030-01-01T09:00:00"), f"cron||{DAILY}")
    assert next_starts(cycle(DAILY), last, at("2030-01-01T09:00:01")) == Due(
        1, at("2030-01-02T09:00:00"), last.repeat
    )


MISSED = Due(0, at("2030-01-01T09:00:00"), f"cron||{DAILY}")
LATE = at("2030-01-05T12:00:00")


@pytest.mark.parametrize(("catch_up", "starts"), [("once", 1), ("all", 5), ("none", 0)])
def test_missed_times_of_cron_start_as_the_author_chose(catch_up: str, starts: int) -> None:
    found = next_starts(cycle(DAILY, catch_up=catch_up), MISSED, LATE)
    assert found == Due(starts, at("2030-01-06T09:00:00"), MISSED.repeat)


@pytest.mark.parametrize(("catch_up", "starts"), [("once", 1), ("all", 5), ("none", 0)])
def test_missed_times_of_a_step_start_as_the_author_chose(catch_up: str, starts: int) -> None:
    last = Due(0, at("2030-01-01T09:00:00"), "step|-1|P1D")
    found = next_starts(cycle("R/P1D", catch_up=catch_up), last, LATE)
    assert found == Due(starts, at("2030-01-06T09:00:00"), last.repeat)


@pytest.mark.parametrize("repeat", [f"cron||{DAILY}", "step|-1|P1D"])
def test_a_time_of_this_minute_is_not_missed(repeat: str) -> None:
    last = Due(0, at("2030-01-01T09:00:00"), repeat)
    assert next_starts(cycle("R/P1D", catch_up="none"), last, at("2030-01-05T09:00:30")).starts == 1


def test_missed_times_of_a_counted_cycle_are_used_up() -> None:
    last = Due(0, at("2030-01-01"), "step|4|P1D")
    assert next_starts(cycle("R5/P1D"), last, at("2030-01-03T12:00:00")) == Due(
        1, at("2030-01-04"), "step|1|P1D"
    )


def test_a_counted_cycle_ends_with_its_last_time() -> None:
    last = Due(0, at("2030-01-01"), "step|4|P1D")
    assert next_starts(cycle("R5/P1D"), last, at("2030-02-01")) == Due(1, None)


def test_a_step_of_months_keeps_its_day() -> None:
    last = Due(0, at("2030-01-15"), "step|-1|P1M")
    assert next_starts(cycle("R/P1M"), last, at("2030-03-20")).due_at == at("2030-04-15")


@pytest.mark.parametrize(
    ("text", "begun", "days"),
    [
        ("R/P1M", "2030-01-31", ["2030-02-28", "2030-03-31", "2030-04-30", "2030-05-31"]),
        ("R/2030-01-31T00:00:00Z/P1M", "2030-02-10", ["2030-02-28", "2030-03-31"]),
        ("R/2032-02-29T00:00:00Z/P1Y", "2032-01-01", ["2032-02-29", "2033-02-28", "2034-02-28", "2035-02-28", "2036-02-29"]),
        ("R/2030-01-30T00:00:00Z/P1M1D", "2030-01-01", ["2030-01-30", "2030-03-01"]),
    ],
)  # fmt: skip
def test_a_month_that_is_too_short_does_not_move_those_behind_it(
    text: str, begun: str, days: list[str]
) -> None:
    trigger = cycle(text)
    last = first_due(trigger, at(begun))
    found = [last.due_at]
    while len(found) < len(days):
        last = after(trigger, last)
        found.append(last.due_at)
    assert found == [at(day) for day in days]


def test_a_counted_cycle_of_months_ends_with_its_last_time() -> None:
    trigger = cycle("R2/P1M")
    second = after(trigger, first_due(trigger, at("2030-01-31")))
    assert second.due_at == at("2030-03-31")
    assert after(trigger, second) == Due(0, None)


def test_catching_up_ends_at_until() -> None:
    daily = cycle("R/P1D", catch_up="all", ends_at="2030-01-03")
    assert next_starts(daily, Due(0, at("2030-01-01"), "step|-1|P1D"), LATE) == Due(3, None)


def test_a_year_of_missed_seconds_is_passed_at_once() -> None:
    last = Due(0, at("2029-01-01"), "step|-1|PT1S")
    assert next_starts(cycle("R/PT1S"), last, at("2030-01-01")).due_at == at("2030-01-01T00:00:01")


def test_many_missed_starts_come_in_portions() -> None:
    last = Due(0, at("2029-01-01"), "step|-1|PT1M")
    found = next_starts(cycle("R/PT1M", catch_up="all"), last, at("2030-01-01"))
    assert (found.starts, found.due_at) == (MOST, at("2029-01-01T16:40:00"))
