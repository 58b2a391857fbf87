from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from stepwell.engine import commands as c
from stepwell.errors import NotFound
from tests.engine.world import World, started

ROUNDS = pytest.mark.parametrize(
    "name", ["boundary_event/parallel_rounds", "boundary_event/sequential_rounds"]
)
COMING = pytest.mark.parametrize(
    ("name", "come"),
    [
        ("boundary_event/timer", lambda world: world.pass_time(3600)),
        ("boundary_event/date", lambda world: world.pass_time(3600)),
        ("boundary_event/cycle", lambda world: world.pass_time(3600)),
        (
            "boundary_event/message",
            lambda world: (world.publish("customer_calls"), world.publish("customer_calls")),
        ),
        ("boundary_event/signal", lambda world: world.signal("shop_closes")),
    ],
)
Come = Callable[[World], object]


def both(name: str) -> World:
    """An event that ends the writing of an offer, and one beside the call to the customer."""
    return started(name, deadline=datetime(2025, 6, 15, 16, tzinfo=UTC))


# -- interrupting and not --------------------------------------------------------------------------------


@COMING
def test_one_that_interrupts_ends_the_activity(name: str, come: Come) -> None:
    world = both(name)
    come(world)
    assert [task.element for task in world.tasks()] == ["call_customer", "close_file", "look_up"]


@COMING
def test_one_that_interrupts_waits_for_nothing_any_more(name: str, come: Come) -> None:
    world = both(name)
    come(world)
    assert "ending" not in world.waits()


@COMING
def test_one_that_does_not_interrupt_leaves_the_activity_to_its_end(name: str, come: Come) -> None:
    world = both(name)
    come(world)
    world.complete("call_customer")
    assert world.path()[-2:] == ["call_customer", "done"]


@COMING
def test_the_end_of_the_activity_ends_the_waiting(name: str, come: Come) -> None:
    world = both(name)
    world.complete("write_offer")
    world.complete("call_customer")
    come(world)
    assert (world.status(), world.waits()) == ("completed", [])


# -- how often -------------------------------------------------------------------------------------------


def test_a_duration_comes_once() -> None:
    world = both("boundary_event/timer")
    world.pass_time(10 * 3600)
    assert world.waiting().count("look_up") == 1


def test_a_cycle_comes_again_until_the_activity_ends() -> None:
    world = both("boundary_event/cycle")
    world.pass_time(3 * 3600)
    world.complete("call_customer")
    world.pass_time(3 * 3600)
    assert world.waiting().count("look_up") == 3


def test_a_cycle_that_interrupts_comes_once() -> None:
    world = both("boundary_event/cycle")
    world.pass_time(3 * 3600)
    assert world.waiting().count("close_file") == 1


def test_a_cycle_with_a_number_comes_so_often() -> None:
    world = started("boundary_event/reminders")
    world.pass_time(10 * 3600)
    assert world.waiting() == ["pay", "send_mail", "send_mail"]


def test_cron_comes_at_each_of_its_times() -> None:
    world = started("boundary_event/reminders")
    world.pass_time(3 * 24 * 3600)
    assert world.waiting().count("call") == 3


def test_a_message_comes_as_often_as_it_is_sent() -> None:
    world = both("boundary_event/message")
    for _ in range(3):
        world.publish("customer_calls")
    assert world.waiting().count("look_up") == 2


def test_a_signal_comes_as_often_as_it_is_thrown() -> None:
    world = both("boundary_event/signal")
    world.signal("shop_closes")
    world.signal("shop_closes")
    assert world.waiting().count("look_up") == 2


def test_of_two_that_interrupt_the_first_wins() -> None:
    world = started("boundary_event/two_events")
    world.publish("customer_calls")
    world.pass_time(2 * 3600)
    assert world.waiting() == ["talk"]


# -- values ----------------------------------------------------------------------------------------------


def test_the_values_of_a_message_become_variables() -> None:
    world = both("boundary_event/message")
    world.publish("customer_calls", wish="blue")
    assert world.variable("wish") == "blue"


def test_outputs_of_the_event_see_its_values_and_set_only_themselves() -> None:
    world = started("boundary_event/outputs", pieces=4)
    world.publish("customer_calls", wish=20)
    assert (world.variable("price"), world.variable("wish")) == (5, None)


def test_a_wrong_output_is_an_incident_behind_the_ended_activity() -> None:
    world = started("boundary_event/outputs", pieces="some")
    world.publish("customer_calls", wish=20)
    assert (world.waiting(), world.stuck()) == (
        ["customer_calls_again"],
        [("customer_calls_again", "expression.failed")],
    )


def test_the_repair_of_a_wrong_output_goes_on_with_the_values_that_came() -> None:
    world = started("boundary_event/outputs", pieces="some")
    world.publish("customer_calls", wish=20)
    world.repair(pieces=4)
    assert (world.waiting(), world.variable("price")) == (["talk"], 5)


# -- errors ----------------------------------------------------------------------------------------------


def test_an_error_takes_the_event_with_its_code_before_the_one_that_catches_all() -> None:
    world = started("boundary_event/errors")
    world.fail("reserve", code="E1")
    assert world.waiting() == ["pay", "buy_more"]


def test_any_other_error_takes_the_one_that_catches_all() -> None:
    world = started("boundary_event/errors")
    world.fail("reserve", code="E2")
    assert world.waiting() == ["pay", "call_support"]


def test_outputs_see_code_and_message_of_the_error() -> None:
    world = started("boundary_event/errors")
    world.fail("pay", "no money", code="E7")
    assert world.variable("reason") == "E7: no money"


def test_without_outputs_code_and_message_are_no_variables() -> None:
    world = started("boundary_event/errors")
    world.fail("reserve", "sold out", code="E1")
    assert dict(world.states[1].local(0)) == {}


def test_a_failed_attempt_is_no_error() -> None:
    world = started("boundary_event/errors")
    world.fail("reserve", "broken down")
    assert (world.waiting(), world.stuck()) == (["reserve", "pay"], [("reserve", "job.failed")])


def test_an_error_goes_outwards_to_the_first_who_catches_it() -> None:
    world = started("boundary_event/nested_errors")
    world.fail("fill", code="E1")
    assert world.waiting() == ["apologize"]


def test_an_error_that_is_caught_inside_leaves_what_is_around_running() -> None:
    world = started("boundary_event/nested_errors")
    world.fail("fill", code="E2")
    assert world.waiting() == ["prepare", "go_to_bank"]


def test_an_error_circle_ends_at_the_limit_of_repetitions() -> None:
    world = World.file("boundary_event/error_circle", max_repetitions=5, budget=50)
    world.start()
    world.go_on()
    assert world.stuck() == [("bake", "repetitions.exceeded")]


# -- on a sub-process ------------------------------------------------------------------------------------


def test_an_interrupted_sub_process_ends_with_all_that_is_in_it() -> None:
    world = started("boundary_event/sub_process")
    world.pass_time(8 * 3600)
    assert (world.waiting(), world.waits(), len(world.tasks())) == (["lock_up"], [], 1)


def test_the_variables_of_an_interrupted_sub_process_go_with_it() -> None:
    world = started("boundary_event/sub_process")
    (prepare, *_) = world.states[1].elements
    assert world.states[1].value(prepare, "boxes") == 2
    world.pass_time(8 * 3600)
    assert dict(world.states[1].local(prepare)) == {}


def test_one_that_does_not_interrupt_a_sub_process_goes_on_beside_it() -> None:
    world = started("boundary_event/sub_process")
    world.publish("customer_calls")
    assert world.waiting() == ["prepare", "pack", "book_lorry", "glue_dries", "answer"]


# -- on rounds -------------------------------------------------------------------------------------------


@ROUNDS
def test_on_a_multi_instance_it_waits_once_for_the_whole(name: str) -> None:
    assert started(name, rooms=["kitchen", "hall"]).waits().count("evening") == 1


@ROUNDS
def test_on_a_multi_instance_it_ends_the_whole(name: str) -> None:
    world = started(name, rooms=["kitchen", "hall"])
    world.pass_time(3600)
    assert (world.waiting(), world.waits()) == (["sleep"], [])


@ROUNDS
def test_an_error_in_one_round_ends_all_rounds(name: str) -> None:
    world = started(name, rooms=["kitchen", "hall"])
    world.fail("search_room", code="E1")
    assert (world.waiting(), world.waits()) == (["buy_new"], [])


def test_an_error_end_event_in_one_round_of_a_sub_process_ends_all_rounds() -> None:
    world = started("boundary_event/sub_process_rounds", trays=[1, 2])
    world.complete("look", is_black=True)
    assert (world.waiting(), [task.element for task in world.tasks()]) == (["open_windows"], ["open_windows"])


def test_on_a_loop_it_waits_once_for_all_rounds() -> None:
    world = started("boundary_event/loop")
    world.complete("search_room", is_lost=True)
    world.complete("search_room", is_lost=True)
    assert world.waits() == ["evening"]


def test_on_a_loop_it_leaves_the_rounds_going_on() -> None:
    world = started("boundary_event/loop")
    world.pass_time(3600)
    world.complete("search_room", is_lost=True)
    assert [task.element for task in world.tasks()] == ["have_tea", "search_room"]


# -- while its activity is stuck -------------------------------------------------------------------------


def test_it_does_not_wait_while_its_activity_is_can_not_begin() -> None:
    world = started("boundary_event/wrong_time", lines="many", patience="PT1H")
    assert (world.stuck(), world.waits()) == ([("write_offer", "expression.failed")], [])


def test_the_repair_lets_it_wait() -> None:
    world = started("boundary_event/wrong_time", lines="many", patience="PT1H")
    world.repair(lines=80)
    assert (world.waiting(), world.waits()) == (["write_offer"], ["patience_over"])


def test_a_wrong_time_is_an_incident_on_its_activity_which_does_not_begin() -> None:
    world = started("boundary_event/wrong_time", lines=80, patience="long")
    assert (world.stuck(), world.tasks()) == ([("write_offer", "timer.invalid")], [])


def test_it_still_comes_while_a_failed_job_waits_for_repair() -> None:
    world = started("boundary_event/parallel_rounds", rooms=["kitchen"])
    world.fail("search_room")
    world.pass_time(3600)
    assert (world.waiting(), world.incidents(), world.states[1].instance.incidents) == (["sleep"], [], 0)


def test_what_it_ended_can_not_be_completed_any_more() -> None:
    world = both("boundary_event/timer")
    key = world.task("write_offer").key
    world.pass_time(3600)
    with pytest.raises(NotFound):
        world.do(c.CompleteUserTask(key, {}))
