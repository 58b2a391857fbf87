from datetime import UTC, date, datetime, timedelta

import pytest

from stepwell import feel
from stepwell.engine import commands as c
from stepwell.errors import Conflict, NotFound
from tests.engine.world import SECOND, World, started

WINTER = int(datetime(2025, 1, 15, 12, tzinfo=UTC).timestamp()) * SECOND


def due(world: World, element: str) -> str:
    """The time for which the timer of an element waits, in UTC; the world begins on Sunday, 15:06:40."""
    return f"{datetime.fromtimestamp(world.job(element).due_at / SECOND, UTC):%Y-%m-%d %H:%M:%S}"


# -- durations -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "when"), [("quarter", "2025-06-15 15:21:40"), ("night", "2025-06-16 15:06:41")]
)
def test_a_duration_counts_from_now(element: str, when: str) -> None:
    assert due(started("intermediate_catch_event/durations", pause="PT30S"), element) == when


@pytest.mark.parametrize("pause", ["PT30S", timedelta(seconds=30)])
def test_a_duration_may_be_text_or_a_duration_of_feel(pause: object) -> None:
    world = started("intermediate_catch_event/durations", pause=pause)
    assert due(world, "rest") == "2025-06-15 15:07:10"


@pytest.mark.parametrize("pause", ["P1M", feel.YearsMonths(1)])
def test_a_month_leads_to_the_same_day_of_the_next_one(pause: object) -> None:
    world = started("intermediate_catch_event/durations", pause=pause)
    assert due(world, "rest") == "2025-07-15 15:06:40"


def test_it_goes_on_when_its_time_has_come_and_not_before() -> None:
    world = started("intermediate_catch_event/durations", pause="PT30S")
    world.pass_time(29)
    assert "rest" in world.waiting()
    world.pass_time(1)
    assert "rest" not in world.waiting()


def test_timers_come_in_the_order_of_their_times() -> None:
    world = started("intermediate_catch_event/durations", pause="PT30S")
    world.pass_time(2 * 24 * 3600)
    assert [name for name in world.path() if name in {"rest", "quarter", "night"}] == [
        "rest",
        "quarter",
        "night",
    ]


@pytest.mark.parametrize("pause", ["soon", 15, None, "P99999Y"])
def test_what_is_no_duration_is_an_incident_and_its_repair_waits(pause: object) -> None:
    world = started("intermediate_catch_event/durations", pause=pause)
    assert world.stuck() == [("rest", "timer.invalid")]
    world.repair(pause="PT1S")
    assert due(world, "rest") == "2025-06-15 15:06:41"


# -- dates -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "when"),
    [
        ("eight_in_london", "2025-06-15 19:00:00"),
        ("eight_in_rome", "2025-06-15 18:00:00"),
        ("monday", "2025-06-16 00:00:00"),
    ],
)
def test_a_date_may_have_a_time_and_its_distance_from_utc(element: str, when: str) -> None:
    assert due(started("intermediate_catch_event/constant_dates"), element) == when


@pytest.mark.parametrize(
    "moment",
    [
        "2025-06-16T00:00:00Z",
        "2025-06-16",
        date(2025, 6, 16),
        datetime(2025, 6, 16, tzinfo=UTC),
        datetime(2025, 6, 16),  # noqa: DTZ001 - FEEL has times without zone
    ],
)
def test_a_date_may_be_text_or_a_date_of_feel_and_without_zone_it_is_in_utc(moment: object) -> None:
    assert due(started("intermediate_catch_event/date", date=moment), "date") == "2025-06-16 00:00:00"


def test_a_date_in_the_past_is_due_at_once() -> None:
    world = started("intermediate_catch_event/date", date="2020-01-01T00:00:00Z")
    world.pass_time(0)
    assert world.status() == "completed"


@pytest.mark.parametrize("moment", ["tomorrow", "2025-13-01", "2025-06-16T25:00:00Z", 17, None])
def test_what_is_no_date_is_an_incident(moment: object) -> None:
    assert started("intermediate_catch_event/date", date=moment).stuck() == [("date", "timer.invalid")]


# -- cycles ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "when"),
    [
        ("every_ten_minutes", "2025-06-15 15:16:40"),
        ("every_six_hours", "2025-06-15 18:00:00"),
        ("from_july", "2025-07-01 09:00:00"),
        ("nine", "2025-06-16 09:00:00"),
        ("nine_in_berlin", "2025-06-16 07:00:00"),
    ],
)
def test_a_cycle_is_due_at_the_first_of_its_times_that_is_not_past(element: str, when: str) -> None:
    assert due(started("intermediate_catch_event/cycles"), element) == when


def test_a_cycle_of_months_that_began_long_ago_keeps_its_day() -> None:
    world = started("intermediate_catch_event/plan", plan="R/2024-11-20T09:00:00Z/P1M")
    assert due(world, "as_planned") == "2025-06-20 09:00:00"


def test_the_time_zone_of_cron_knows_summer_and_winter() -> None:
    world = World.file("intermediate_catch_event/cycles")
    world.now = WINTER
    world.start()
    assert due(world, "nine_in_berlin") == "2025-01-16 08:00:00"


def test_it_goes_on_at_the_first_time_of_a_cycle_only() -> None:
    world = started("intermediate_catch_event/plan", plan="R3/PT10M")
    world.pass_time(600)
    assert (world.status(), world.waits()) == ("completed", [])


@pytest.mark.parametrize(
    "plan", ["every day", "R0/PT1M", "R/PT0S", "R/P", "61 9 * * *", "0 0 30 2 *", "R/2025-99-01/P1D", None]
)
def test_what_is_no_cycle_is_an_incident(plan: object) -> None:
    assert started("intermediate_catch_event/plan", plan=plan).stuck() == [("as_planned", "timer.invalid")]


# -- messages --------------------------------------------------------------------------------------------


def test_a_message_reaches_the_instance_with_its_key() -> None:
    world = started("intermediate_catch_event/message", order=17)
    assert (world.publish("parcel_arrived", "18"), world.publish("parcel_arrived", "17")) == (False, True)


@pytest.mark.parametrize(("order", "key"), [("A-1", "A-1"), (17, "17"), (True, "true"), ("", "")])
def test_a_key_is_written_like_text_whatever_it_is(order: object, key: str) -> None:
    world = started("intermediate_catch_event/message", order=order)
    assert [row.correlation_key for row in world.states[1].subscriptions.values()] == [key]


def test_a_message_is_consumed_once() -> None:
    world = started("intermediate_catch_event/message", order=17)
    world.start(order=17)
    world.publish("parcel_arrived", "17")
    assert (world.status(1), world.status(2)) == ("completed", "running")


def test_the_values_of_a_message_become_variables() -> None:
    world = started("intermediate_catch_event/message", order=17)
    world.publish("parcel_arrived", "17", weight=3)
    assert world.variable("weight") == 3


def test_outputs_see_the_values_and_set_only_themselves() -> None:
    world = started("intermediate_catch_event/outputs", total=200)
    world.publish("paid", amount=50)
    assert (world.variable("share"), world.variable("amount")) == (0.25, None)


def test_a_wrong_output_keeps_the_values_for_the_retry() -> None:
    world = started("intermediate_catch_event/outputs", total="none")
    world.publish("paid", amount=50)
    world.repair(total=200)
    assert (world.status(), world.variable("share")) == ("completed", 0.25)


def test_a_key_without_value_is_an_incident() -> None:
    world = started("intermediate_catch_event/message", order=None)
    assert (world.stuck(), world.waits()) == ([("arrival", "message.no-key")], [])


def test_what_does_not_wait_any_more_takes_no_message() -> None:
    world = started("intermediate_catch_event/named_by_expression", headline="War is over", town="Rome")
    key, _ = world.states[1].subscriptions
    world.publish("War is over")
    with pytest.raises(NotFound, match="any more"):
        world.do(c.CorrelateMessage(key, "War is over", {}))


def test_who_waits_for_a_signal_takes_no_message() -> None:
    world = started("intermediate_catch_event/signal")
    (key,) = world.states[1].subscriptions
    with pytest.raises(Conflict, match="for a message"):
        world.do(c.CorrelateMessage(key, "shop_opens", {}))


# -- signals ---------------------------------------------------------------------------------------------


def test_a_signal_reaches_everybody_who_waits() -> None:
    world = started("intermediate_catch_event/signal")
    world.start()
    assert (world.signal("shop_opens"), world.status(1), world.status(2)) == (2, "completed", "completed")


def test_the_values_of_a_signal_become_variables() -> None:
    world = started("intermediate_catch_event/signal")
    world.signal("shop_opens", hour=9)
    assert world.variable("hour") == 9


# -- names and several definitions -----------------------------------------------------------------------


def test_the_names_of_messages_and_signals_may_be_expressions() -> None:
    world = started("intermediate_catch_event/named_by_expression", headline="War is over", town="Rome")
    assert [(row.kind, row.name) for row in world.states[1].subscriptions.values()] == [
        ("message", "War is over"),
        ("signal", "Rome"),
    ]


@pytest.mark.parametrize("name", ["", None])
def test_an_empty_name_of_a_message_or_signal_is_an_incident(name: str | None) -> None:
    world = started("intermediate_catch_event/named_by_expression", headline=name, town=name)
    assert world.stuck() == [("news_arrives", "message.no-name"), ("alarm_rings", "signal.no-name")]


def test_a_name_with_the_character_nul_is_an_incident_that_can_be_kept() -> None:
    world = started("intermediate_catch_event/named_by_expression", headline="a\0b", town="Rome")
    (incident,) = world.incidents()
    assert (incident.code, "\0" in incident.message) == ("text.invalid", False)


@pytest.mark.parametrize("first", ["message", "timer"])
def test_of_several_definitions_the_first_that_comes_counts(first: str) -> None:
    world = started("intermediate_catch_event/message_or_timer")
    if first == "message":
        world.publish("answer")
    world.pass_time(3600)
    assert (world.status(), world.path().count("answer_or_hour"), world.waits()) == ("completed", 1, [])
