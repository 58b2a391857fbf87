"""Repair: what can not go on becomes an incident, and a retry goes on from there (R7)."""

import pytest

from stepwell.engine import commands as c
from stepwell.errors import Conflict, NotFound
from tests.engine.drawing import around, gateway, process, script, start, sub, user
from tests.engine.world import World, conditional, flows

STUCK = around(script("x", "{n: 1 / m}"))


def stuck() -> World:
    world = World.of(STUCK)
    world.start(m="none")
    return world


def test_an_incident_says_what_was_expected_and_what_was_found() -> None:
    (incident,) = stuck().incidents()
    assert incident.message.startswith("Expected")


def test_nothing_of_the_failed_attempt_stays_in_the_history() -> None:
    assert stuck().path() == ["s"]


def test_it_is_counted_on_the_instance_until_it_is_resolved() -> None:
    world = stuck()
    assert world.states[1].instance.incidents == 1
    world.do(c.SetVariables(0, {"m": 1}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert world.states[1].instance.incidents == 0


def test_a_retry_of_what_is_no_incident_is_refused() -> None:
    with pytest.raises(NotFound):
        stuck().do(c.RetryIncident(77))


def test_an_ended_instance_takes_no_commands() -> None:
    world = stuck()
    world.do(c.CancelInstance())
    with pytest.raises(Conflict, match="cancelled"):
        world.do(c.SetVariables(0, {"m": 1}))


def test_cancelling_takes_the_incident_away() -> None:
    world = stuck()
    world.do(c.CancelInstance(reason="wrong"))
    assert (world.status(), world.incidents(), world.states[1].instance.incidents) == ("cancelled", [], 0)


def test_variables_of_a_scope_can_be_set() -> None:
    world = World.of(around(sub("z", start("i") + user("a") + flows("i a"))))
    world.start()
    world.do(c.SetVariables(1, {"n": 1}))
    assert (world.states[1].value(2, "n"), world.variable("n")) == (1, None)


def test_variables_of_a_scope_that_is_over_can_not_be_set() -> None:
    with pytest.raises(NotFound):
        stuck().do(c.SetVariables(9, {"n": 1}))


def test_a_retry_that_would_replace_what_no_incident_keeps_is_refused() -> None:
    world = stuck()
    with pytest.raises(Conflict, match="set variables"):
        world.do(c.RetryIncident(world.incidents()[0].key, {"m": 1}))
    assert len(world.incidents()) == 1


def test_tokens_that_come_to_a_stuck_join_wait_for_the_repair() -> None:
    inner = (
        start() + gateway("parallel", "f") + "".join(map(user, ("a1", "a2", "b1", "b2"))) + gateway("exclusive", "m")
        + gateway("exclusive", "n") + gateway("inclusive", "j") + user("x") + user("y")
        + flows("s f a1 m j", "f a2 m", "f b1 n j", "f b2 n")
        + conditional("j", "x", "way = 1") + conditional("j", "y", "way = 2")
    )  # fmt: skip
    world = World.of(process(inner))
    world.start(way=0)
    for name in ("a1", "b1"):
        world.complete(name)
    for name in ("a2", "b2"):
        world.complete(name)
    assert (len(world.incidents()), len(world.states[1].elements)) == (1, 1)
    world.do(c.SetVariables(0, {"way": 1}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert [task.element for task in world.tasks()] == ["x", "x"]
