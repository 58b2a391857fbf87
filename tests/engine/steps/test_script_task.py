from datetime import datetime

import pytest

from stepwell import bpmn
from stepwell.engine.run import EPOCH
from tests.engine.world import World, model, started


def sharing(**values: object) -> World:
    return started("script_task/division", **{"bill": 60, **values})


def test_the_entries_of_a_context_become_variables() -> None:
    world = started("script_task/context", price=3, amount=5)
    assert (world.variable("total"), world.variable("paid")) == (15, False)


def test_any_other_value_is_seen_by_the_outputs_as_result() -> None:
    assert started("script_task/result", price=4).variable("doubled") == 8


@pytest.mark.parametrize("answer", [42, "yes", [1, 2], None])
def test_without_outputs_what_is_no_context_sets_nothing(answer: object) -> None:
    world = started("script_task/any_result", answer=answer)
    assert (world.status(), dict(world.states[1].local(0))) == ("completed", {"answer": answer})


def test_an_entry_can_not_be_named_as_the_engine_names_its_own() -> None:
    assert started("script_task/any_result", answer={"#1": 1}).stuck() == [("calculate", "variable.name")]


def test_outputs_see_the_entries_by_name_and_set_only_themselves() -> None:
    world = started("script_task/mappings", price=3, amount=5)
    assert (world.variable("gross"), world.variable("net")) == (18, None)


def test_an_output_sees_those_before_it() -> None:
    assert started("script_task/mappings", price=3, amount=1).variable("rounded") == 4


def test_its_inputs_are_seen_and_do_not_stay() -> None:
    world = started("script_task/mappings", price=3, amount=5, rate=7)
    assert (world.variable("gross"), world.variable("rate")) == (18, 7)


def test_the_present_is_the_time_of_the_command() -> None:
    world = started("script_task/clock")
    stamped_at = world.variable("stamped_at")
    assert isinstance(stamped_at, datetime)
    assert (stamped_at - EPOCH).total_seconds() * 1_000_000 == world.now


def test_a_failing_script_is_an_incident_and_a_retry_evaluates_it_again() -> None:
    world = sharing(people="none")
    assert world.stuck() == [("share", "expression.failed")]
    world.repair(people=4)
    assert (world.stuck(), world.variable("each")) == ([], 15)


def test_a_retry_that_fails_again_leaves_one_incident() -> None:
    world = sharing(people="none")
    world.repair()
    assert (len(world.incidents()), world.states[1].instance.incidents) == (1, 1)


def test_a_failing_script_is_no_error_that_the_diagram_could_catch() -> None:
    assert "call_waiter" not in sharing(people="none").waiting()


def test_another_path_goes_on_beside_an_incident() -> None:
    world = sharing(people="none")
    world.complete("clean_up")
    assert (world.status(), world.waiting()) == ("running", ["share"])


def test_without_script_it_is_refused_with_a_hint() -> None:
    xml = model("script_task/result").replace(b"<bpmn:script>price * 2</bpmn:script>", b"")
    (problem,) = bpmn.read(xml).problems
    assert (problem.rule, problem.element, "<bpmn:script>" in problem.hint) == (
        "script.missing",
        "double",
        True,
    )
