from datetime import UTC, datetime

import pytest

from stepwell.engine import commands as c
from tests.engine.drawing import a_message, a_signal, around, catch, message, signal, taken, timer
from tests.engine.world import BEGIN, SECOND, World

START = datetime.fromtimestamp(BEGIN / SECOND, UTC)


def waiting_for(definition: str, roots: str = "", **values: object) -> World:
    world = World.of(around(catch("c", definition), roots=roots))
    world.start(**values)
    return world


def due(world: World) -> float:
    return (world.job("c").due_at - BEGIN) / SECOND


@pytest.mark.parametrize(
    ("definition", "seconds"),
    [
        (timer("PT15M"), 900),
        (timer("P1DT1S"), 86401),
        (timer("= duration(text)"), 30),
        (timer("= text"), 30),
        (timer(date="2025-06-15T18:00:00Z"), 10800 - 6 * 60 - 40),
        (timer(date="2025-06-15T20:00:00+02:00"), 10800 - 6 * 60 - 40),
        (timer(date="= moment"), 10800 - 6 * 60 - 40),
        (timer(cycle="R3/PT10M"), 600),
    ],
)
def test_a_timer_is_due(definition: str, seconds: int) -> None:
    world = waiting_for(definition, text="PT30S", moment=datetime(2025, 6, 15, 18, tzinfo=UTC))
    assert due(world) == seconds


def test_cron_is_read_in_its_time_zone() -> None:
    world = waiting_for(timer(cycle="0 9 * * *", zone="Europe/Berlin"))
    assert datetime.fromtimestamp(world.job("c").due_at / SECOND, UTC) == datetime(2025, 6, 16, 7, tzinfo=UTC)


def test_a_date_in_the_past_is_due_at_once() -> None:
    world = waiting_for(timer(date="2020-01-01T00:00:00Z"))
    world.pass_time(0)
    assert world.status() == "completed"


def test_a_catching_event_with_a_cycle_goes_on_at_its_first_time() -> None:
    world = waiting_for(timer(cycle="R3/PT10M"))
    world.pass_time(600)
    assert (world.status(), dict(world.states[1].jobs)) == ("completed", {})


def test_a_wrong_time_is_an_incident_and_a_retry_reads_it_again() -> None:
    world = waiting_for(timer("= text"), text="soon")
    assert [incident.code for incident in world.incidents()] == ["timer.invalid"]
    world.do(c.SetVariables(0, {"text": "PT1S"}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert due(world) == 1


def test_a_message_reaches_the_instance_with_its_key() -> None:
    roots = a_message("m", "= order")
    world = waiting_for(message("m"), roots, order=17)
    assert (world.publish("m", "18"), world.publish("m", "17"), world.status()) == (False, True, "completed")


def test_a_key_is_written_like_text_whatever_it_is() -> None:
    world = waiting_for(message("m"), a_message("m", "= {a: order}.a"), order="A-1")
    assert [row.correlation_key for row in world.states[1].subscriptions.values()] == ["A-1"]


def test_a_message_is_consumed_once() -> None:
    world = waiting_for(message("m"), a_message("m"))
    world.publish("m")
    assert not world.publish("m")


def test_a_signal_reaches_everybody_who_waits() -> None:
    world = waiting_for(signal("g"), a_signal("g"))
    world.start()
    assert (world.signal("g"), world.status(1), world.status(2)) == (2, "completed", "completed")


def test_the_values_of_a_signal_become_variables() -> None:
    world = waiting_for(signal("g"), a_signal("g"))
    world.signal("g", n=1)
    assert world.variable("n") == 1


def test_of_several_definitions_the_first_that_comes_counts() -> None:
    world = waiting_for(message("m") + timer("PT1H"), a_message("m"))
    world.publish("m")
    assert (world.status(), dict(world.states[1].jobs)) == ("completed", {})


def test_outputs_see_the_values() -> None:
    world = World.of(around(catch("c", message("m"), taken("double", "= n * 2")), roots=a_message("m")))
    world.start()
    world.publish("m", n=2)
    assert world.variable("double") == 4
