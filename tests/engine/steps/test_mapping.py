"""Inputs and outputs, and in which scope a variable is set."""

import pytest

from stepwell import feel
from stepwell.engine import commands as c
from stepwell.engine import events as e
from tests.engine.world import World, started


def checking(**values: object) -> World:
    """A bill is checked; its key is 1."""
    return started("mapping/user_task", **{"extra": 0, **values})


def opened(**values: object) -> World:
    world = checking(**values)
    world.do(c.OpenUserTask(world.task("check").key))
    return world


def test_each_input_sees_those_before_it() -> None:
    assert opened(net=100).states[1].value(1, "gross") == 6


def test_a_constant_is_text() -> None:
    assert opened().states[1].value(1, "unit") == "2"


def test_an_output_sees_the_result_before_the_variables() -> None:
    world = checking(note="old")
    world.complete("check", note="new")
    assert (world.variable("seen"), world.variable("note")) == ("new", "old")


def test_an_output_sees_the_inputs() -> None:
    world = checking()
    world.complete("check", extra=1)
    assert world.variable("sum") == 7


def test_without_result_outputs_are_set_all_the_same() -> None:
    world = checking()
    world.complete("check")
    assert world.variable("is_checked") is True


def test_an_input_hides_what_is_around_and_leaves_it_as_it_is() -> None:
    world = started("mapping/script", rate=1)
    assert (world.variable("total"), world.variable("rate")) == (10, 1)


def test_the_nearest_scope_that_has_the_name_is_set() -> None:
    world = started("mapping/scopes", far=0, near=0)
    floor, room, _ = world.states[1].elements
    world.do(c.SetVariables(room, {"colour": "white"}))
    happened = world.complete("paint", near=2, far=3, colour="blue")
    places = [(event.scope, event.plain) for event in happened if isinstance(event, e.VariablesSet)]
    assert places == [(room, {"near": 2, "colour": "blue"}), (floor, {"far": 3})]


def test_a_new_name_is_set_in_the_outermost_scope() -> None:
    world = started("mapping/scopes")
    world.complete("paint", new=2, near=2, far=2)
    assert [world.variable(name) for name in ("new", "near", "far")] == [2, None, None]


def test_in_a_round_only_what_lives_outside_is_set_outside() -> None:
    world = started("mapping/round", sum=0)
    assert (world.variable("sum"), world.variable("last")) == (2, None)


def test_null_is_a_value() -> None:
    world = started("mapping/any_result", page=7)
    world.succeed("look_up", {"page": None})
    assert world.states[1].value(0, "page") is None


@pytest.mark.parametrize("value", ["x" * 5000, 2**70, [1, {"a": None}], 0.5])
def test_a_value_of_any_size_and_kind_is_set(value: object) -> None:
    world = started("mapping/any_result")
    world.succeed("look_up", {"found": value})
    assert world.variable("found") == value


@pytest.mark.parametrize("name", ["", "#1", "@0"])
def test_a_result_can_not_set_what_is_the_engine_s_own(name: str) -> None:
    world = started("mapping/any_result")
    world.succeed("look_up", {name: 1})
    assert world.stuck() == [("look_up", "variable.name")]


# -- a result that is wrong itself ------------------------------------------------------------------------


def wrong_result() -> World:
    """A task whose result can not be taken over: one of its three values is a word."""
    world = started("mapping/result")
    world.complete("count", price="five", amount=3, note="urgent")
    return world


def test_a_wrong_value_in_a_result_is_replaced_by_the_retry() -> None:
    world = wrong_result()
    world.do(c.RetryIncident(world.incidents()[0].key, {"price": 5}))
    assert (world.waiting(), world.variable("total")) == (["weigh"], 15)


def test_the_other_values_of_the_result_stay() -> None:
    world = wrong_result()
    world.do(c.RetryIncident(world.incidents()[0].key, {"price": 5}))
    assert world.variable("remark") == "urgent"


def test_a_replaced_value_that_is_wrong_too_is_kept_for_the_next_retry() -> None:
    world = wrong_result()
    world.do(c.RetryIncident(world.incidents()[0].key, {"price": "six"}))
    assert feel.decode(world.incidents()[0].values) == {"price": "six", "amount": 3, "note": "urgent"}


def test_a_result_that_is_no_context_is_replaced_as_a_whole() -> None:
    world = started("mapping/result")
    world.complete("count", price=5, amount=3)
    world.succeed("weigh", [7])
    world.do(c.RetryIncident(world.incidents()[0].key, {"net": 7}))
    assert (world.status(), world.variable("gross")) == ("completed", 8)
