"""Inputs and outputs, and in which scope a variable is set."""

import pytest

from tests.engine.drawing import around, catch, each, given, message, script, service, start, sub, taken, user
from tests.engine.world import World, flows


def test_each_input_sees_those_before_it() -> None:
    world = World.of(around(user("a", given("x", "= 2"), given("y", "= x * 3"))))
    world.start(x=100)
    assert world.states[1].value(1, "y") == 6


def test_a_constant_is_text() -> None:
    world = World.of(around(user("a", given("x", "2"))))
    world.start()
    assert world.states[1].value(1, "x") == "2"


def test_an_input_hides_what_is_around() -> None:
    world = World.of(around(script("x", "{total: rate * 2}", given("rate", "= 5"))))
    world.start(rate=1)
    assert (world.variable("total"), world.variable("rate")) == (10, 1)


def test_setting_an_input_inside_does_not_reach_outside() -> None:
    world = World.of(
        around(sub("z", start("i") + script("x", "{rate: 9}") + flows("i x"), given("rate", "= 5")))
    )
    world.start(rate=1)
    assert world.variable("rate") == 1


def test_the_nearest_scope_that_has_the_name_is_set() -> None:
    inner = sub("y", start("k") + user("a") + flows("k a"), given("near", "= 1"))
    world = World.of(around(sub("z", start("i") + inner + flows("i y"), given("far", "= 1"))))
    world.start()
    world.complete("a", near=2, far=2, new=2)
    assert [world.variable(name) for name in ("near", "far", "new")] == [None, None, 2]


def test_an_output_sees_the_result_before_the_variables() -> None:
    world = World.of(around(user("a", taken("seen", "= n"))))
    world.start(n=1)
    world.complete("a", n=2)
    assert (world.variable("seen"), world.variable("n")) == (2, 1)


def test_an_output_sees_the_inputs() -> None:
    world = World.of(around(user("a", given("x", "= 5"), taken("seen", "= x + n"))))
    world.start()
    world.complete("a", n=2)
    assert world.variable("seen") == 7


def test_without_result_outputs_are_set_all_the_same() -> None:
    world = World.of(around(user("a", taken("done", "= true"))))
    world.start()
    world.complete("a")
    assert world.variable("done") is True


def test_in_a_round_only_what_lives_outside_is_set_outside() -> None:
    inner = sub(
        "z", start("i") + script("x", "{sum: n, mine: n}") + flows("i x"), inner=each("= [1, 2]", "n")
    )
    world = World.of(around(inner))
    world.start()
    assert (world.variable("sum"), world.variable("mine")) == (None, None)


def test_null_is_a_value() -> None:
    world = World.of(
        around(
            script("x", "{n: null}"),
        )
    )
    world.start(n=1)
    assert world.states[1].value(0, "n") is None


@pytest.mark.parametrize("name", ["", "#1", "@0"])
def test_a_result_can_not_set_what_is_the_engine_s_own(name: str) -> None:
    world = World.of(around(service("w", inner=each("= [1]"))))
    world.start()
    world.succeed("w", {name: 1})
    assert [incident.code for incident in world.incidents()] == ["variable.name"]


def test_a_name_with_the_character_nul_is_an_incident_that_can_be_kept() -> None:
    roots = '<bpmn:message id="m" name="= who"/>'
    world = World.of(around(catch("c", message("m")), roots=roots))
    world.start(who="a\0b")
    (incident,) = world.incidents()
    assert (incident.code, "\0" in incident.message) == ("text.invalid", False)
