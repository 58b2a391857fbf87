"""Repair: what can not go on becomes an incident, and a retry goes on from there (R7)."""

import pytest

from stepwell.engine import commands as c
from stepwell.errors import Conflict, NotFound
from tests.engine.drawing import around, gateway, process, script, start, sub, task, user
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


def test_a_wrong_condition_behind_a_task_keeps_what_was_done() -> None:
    inner = (
        start()
        + user("a")
        + user("b")
        + user("d")
        + flows("s a")
        + conditional("a", "b", "n")
        + conditional("a", "d", "not(n)")
    )
    world = World.of(process(inner))
    world.start()
    world.complete("a", n="perhaps")
    (incident,) = world.incidents()
    assert (incident.phase, incident.code) == ("leave", "condition.not-boolean")
    world.do(c.SetVariables(0, {"n": True}))
    world.do(c.RetryIncident(incident.key))
    assert (world.incidents(), world.waiting()) == ([], ["b"])


def test_flows_behind_a_task_are_taken_if_their_condition_holds() -> None:
    inner = start() + task("task", "a") + user("b") + user("d") + user("f") + flows("s a f")
    world = World.of(process(inner + conditional("a", "b", "n &gt; 1") + conditional("a", "d", "n &gt; 2")))
    world.start(n=2)
    assert world.waiting() == ["b", "f"] or world.waiting() == ["f", "b"]


def test_the_default_flow_behind_a_task_is_taken_if_no_condition_holds() -> None:
    inner = start() + task("task", "a", default="a_f") + user("b") + user("f") + flows("s a f")
    world = World.of(process(inner + conditional("a", "b", "n &gt; 1")))
    world.start(n=1)
    assert world.waiting() == ["f"]


def test_no_flow_at_all_behind_a_task_is_an_incident() -> None:
    inner = start() + task("task", "a") + user("b") + user("d") + flows("s a")
    world = World.of(process(inner + conditional("a", "b", "n &gt; 1") + conditional("a", "d", "n &gt; 2")))
    world.start(n=1)
    assert [incident.code for incident in world.incidents()] == ["flow.no-match"]


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
