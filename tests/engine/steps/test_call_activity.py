import pytest

from stepwell import bpmn
from stepwell.engine import commands as c
from stepwell.engine import events as e
from stepwell.errors import NotFound
from tests.engine.world import model, started

# The caller is instance 1, what it calls instance 2 and so on.


def test_the_child_runs_and_the_caller_waits() -> None:
    world = started("call_activity/delivery", boxes=2)
    assert (world.waiting(1), world.waiting(2)) == (["deliver"], ["drive"])


def test_the_end_of_the_child_lets_the_caller_go_on() -> None:
    world = started("call_activity/delivery", boxes=2)
    world.complete("drive", 2)
    assert (world.status(1), world.status(2), world.path(1)) == (
        "completed",
        "completed",
        ["ordered", "deliver", "done"],
    )


# -- values ----------------------------------------------------------------------------------------------


def test_the_inputs_are_the_start_values_and_nothing_else() -> None:
    world = started("call_activity/delivery", boxes=2)
    assert dict(world.states[2].local(0)) == {"weight": 4}


def test_a_wrong_input_is_an_incident_and_nothing_is_called() -> None:
    world = started("call_activity/delivery", boxes="many")
    assert (world.stuck(), list(world.states)) == ([("deliver", "expression.failed")], [1])


def test_what_the_child_leaves_becomes_variables() -> None:
    world = started("call_activity/delivery", boxes=2)
    world.complete("drive", 2, hours=3)
    assert (world.variable("hours"), world.variable("weight")) == (3, 4)


def test_a_child_with_declared_outputs_gives_only_these() -> None:
    world = started("call_activity/parameters", amount=4)
    assert (world.status(), world.variable("gross"), world.variable("secret")) == ("completed", 8, None)


def test_outputs_see_the_whole_as_result_and_set_only_themselves() -> None:
    world = started("call_activity/outputs", rate=10)
    world.complete("drive", 2, hours=3)
    assert (world.variable("cost"), world.variable("hours")) == (30, None)


def test_a_wrong_output_keeps_the_result_and_its_repair_calls_nobody() -> None:
    world = started("call_activity/outputs", rate="dear")
    world.complete("drive", 2, hours=3)
    assert [incident.phase for incident in world.incidents()] == ["leave"]
    world.repair(rate=10)
    assert (world.status(), world.variable("cost"), list(world.states)) == ("completed", 30, [1, 2])


def test_a_start_that_the_child_refuses_is_an_incident_on_the_call() -> None:
    world = started("call_activity/parameters")
    assert world.stuck() == [("price", "call.refused")]


def test_the_repair_of_a_refused_start_calls_with_inputs_evaluated_again() -> None:
    world = started("call_activity/parameters")
    world.repair(amount=4)
    assert (world.status(), world.variable("gross")) == ("completed", 8)


# -- which process ---------------------------------------------------------------------------------------


def test_the_process_may_be_chosen_by_an_expression() -> None:
    assert started("call_activity/chosen", carrier="by_bike").waiting(2) == ["cycle"]


def test_an_unknown_process_is_an_incident_and_its_repair_calls() -> None:
    world = started("call_activity/chosen", carrier="by_balloon")
    assert world.stuck() == [("deliver", "call.unknown-process")]
    world.repair(carrier="by_bike")
    assert world.waiting(2) == ["cycle"]


def test_processes_that_call_each_other_without_end_become_an_incident() -> None:
    world = started("call_activity/calls_itself")
    assert world.stuck(len(world.states)) == [("dream_of_dreaming", "cause.too-deep")]


def test_without_a_process_to_call_it_is_refused() -> None:
    xml = model("call_activity/delivery").replace(b' calledElement="delivery"', b"")
    (problem,) = bpmn.read(xml).problems
    assert (problem.rule, problem.element) == ("call.no-process", "deliver")


# -- errors ----------------------------------------------------------------------------------------------


def test_an_error_end_event_of_the_child_is_caught_at_the_call() -> None:
    world = started("call_activity/error_end_event")
    world.complete("look", 2)
    assert (world.waiting(1), world.status(2)) == (["send_again"], "cancelled")


def test_an_error_ends_everything_else_in_the_child() -> None:
    world = started("call_activity/error_end_event")
    world.complete("look", 2)
    assert (world.waiting(2), world.tasks(2)) == ([], [])


def test_an_error_of_the_childs_worker_comes_with_its_message_and_values() -> None:
    world = started("call_activity/error", place="Rome")
    world.do(c.FailJob(world.job("track", 2).key, "no trace", "E1", {"last_place": "Pisa"}), 2)
    assert (world.waiting(1), world.variable("where")) == (["send_again"], "no trace in Pisa")


def test_an_error_of_the_child_that_nobody_catches_is_an_incident_on_the_call() -> None:
    world = started("call_activity/error", place="Rome")
    world.fail("track", code="E2", number=2)
    assert (world.stuck(1), world.stuck(2)) == ([("deliver", "error.uncaught")], [])


def test_a_retry_of_that_incident_calls_anew() -> None:
    world = started("call_activity/error", place="Rome")
    world.fail("track", code="E2", number=2)
    world.repair(place="Pisa")
    assert (world.waiting(3), world.variable("place", 3)) == (["track"], "Pisa")


# -- ending from outside ---------------------------------------------------------------------------------


def test_cancelling_the_caller_cancels_the_child() -> None:
    world = started("call_activity/delivery", boxes=2)
    world.do(c.CancelInstance())
    assert (world.status(1), world.status(2)) == ("cancelled", "cancelled")


def test_cancelling_the_child_is_an_incident_on_the_call_that_tells_the_reason() -> None:
    world = started("call_activity/delivery", boxes=2)
    world.do(c.CancelInstance(reason="by mistake"), 2)
    (incident,) = world.incidents(1)
    assert (incident.element, incident.code, "by mistake" in incident.message) == (
        "deliver",
        "call.refused",
        True,
    )


def test_a_boundary_event_at_the_call_ends_the_child() -> None:
    world = started("call_activity/delivery", boxes=2)
    world.pass_time(3600)
    assert (world.waiting(1), world.status(2)) == (["apologize"], "cancelled")


def test_an_answer_after_the_call_has_ended_is_refused() -> None:
    world = started("call_activity/delivery", boxes=2)
    (key,) = world.states[1].elements
    world.pass_time(3600)
    with pytest.raises(NotFound, match="any more"):
        world.do(c.CompleteCall(key, {}))


def test_a_second_answer_is_refused() -> None:
    world = started("call_activity/outputs", rate="dear")
    (key,) = world.states[1].elements
    world.complete("drive", 2, hours=3)
    with pytest.raises(NotFound):
        world.do(c.CompleteCall(key, {}))


# -- rounds ----------------------------------------------------------------------------------------------


def test_each_round_of_a_multi_instance_calls_one_child() -> None:
    world = started("call_activity/every_parcel", parcels=["pen", "ink"])
    assert [world.variable("parcel", number) for number in (2, 3)] == ["pen", "ink"]


def test_what_the_children_give_is_collected_in_the_order_of_the_rounds() -> None:
    world = started("call_activity/every_parcel", parcels=["pen", "ink"])
    world.complete("drive", 3, signature="bob")
    world.complete("drive", 2, signature="eve")
    assert (world.status(), world.variable("signatures")) == ("completed", ["eve", "bob"])


def test_a_boundary_event_at_all_rounds_ends_every_child() -> None:
    world = started("call_activity/every_parcel", parcels=["pen", "ink"])
    world.pass_time(3600)
    assert [world.status(number) for number in (1, 2, 3)] == ["running", "cancelled", "cancelled"]


def test_ending_all_rounds_ends_no_call_that_was_never_made() -> None:
    world = started("call_activity/every_parcel", parcels=["pen", "ink"])
    world.pass_time(3600)
    assert sum(isinstance(event, e.CallEnded) for event in world.history[1]) == 2
