import pytest

from stepwell.engine import commands as c
from stepwell.errors import NotFound
from tests.engine.drawing import (
    an_error,
    around,
    boundary,
    call,
    each,
    end,
    error,
    given,
    process,
    script,
    start,
    taken,
    timer,
    user,
)
from tests.engine.world import World, flows

CHILD = process(start() + user("a") + flows("s a"), id="child")
DECLARED = process(
    '<bpmn:extensionElements><stepwell:parameter name="n"/>'
    '<stepwell:parameter name="double" direction="out"/></bpmn:extensionElements>'
    + start() + script("x", "{double: n * 2, half: n / 2}") + end() + flows("s x e"),
    id="child",
)  # fmt: skip
FAILING = process(
    start() + user("a") + end("bad", error("oops")) + flows("s a bad"), an_error("oops", "E1"), id="child"
)


def calling(child: bytes, *more: str, extensions: tuple[str, ...] = (), roots: str = "") -> World:
    return World.of(around(call("x", "child", *extensions), *more, roots=roots), child)


def test_the_child_runs_and_the_caller_waits() -> None:
    world = calling(CHILD)
    world.start()
    assert (world.waiting(1), world.waiting(2)) == (["x"], ["a"])


def test_the_end_of_the_child_lets_the_caller_go_on() -> None:
    world = calling(CHILD)
    world.start()
    world.complete("a", 2)
    assert (world.status(1), world.status(2)) == ("completed", "completed")


def test_the_inputs_are_the_start_values_and_nothing_else() -> None:
    world = calling(CHILD, extensions=(given("n", "= amount * 2"),))
    world.start(amount=2)
    assert (world.variable("n", 2), world.variable("amount", 2)) == (4, None)


def test_what_the_child_leaves_becomes_variables() -> None:
    world = calling(CHILD)
    world.start()
    world.complete("a", 2, answer=1)
    assert world.variable("answer") == 1


def test_a_child_with_declared_outputs_gives_only_these() -> None:
    world = calling(DECLARED, extensions=(given("n", "= 4"),))
    world.start()
    assert (world.variable("double"), world.variable("half")) == (8, None)


def test_outputs_see_the_whole_as_result() -> None:
    world = calling(DECLARED, extensions=(given("n", "= 4"), taken("got", "= result.double")))
    world.start()
    assert (world.variable("got"), world.variable("double")) == (8, None)


def test_an_error_of_the_child_is_caught_at_the_call() -> None:
    world = calling(
        FAILING,
        boundary("b", "x", error("oops")),
        user("mend"),
        flows("b mend"),
        roots=an_error("oops", "E1"),
    )
    world.start()
    world.complete("a", 2)
    assert (world.waiting(1), world.status(2)) == (["mend"], "cancelled")


def test_an_error_of_the_child_that_nobody_catches_is_an_incident_on_the_call() -> None:
    world = calling(FAILING)
    world.start()
    world.complete("a", 2)
    assert [(incident.element, incident.code) for incident in world.incidents(1)] == [("x", "error.uncaught")]


def test_a_retry_of_that_incident_calls_anew() -> None:
    world = calling(FAILING)
    world.start()
    world.complete("a", 2)
    world.do(c.RetryIncident(world.incidents(1)[0].key))
    assert world.waiting(3) == ["a"]


def test_an_unknown_process_is_an_incident() -> None:
    world = World.of(around(call("x", "= who")))
    world.start(who="nobody")
    assert [incident.code for incident in world.incidents()] == ["call.unknown-process"]


def test_the_process_may_be_chosen_by_an_expression() -> None:
    world = World.of(around(call("x", "= who")), CHILD)
    world.start(who="child")
    assert world.waiting(2) == ["a"]


def test_cancelling_the_caller_cancels_the_child() -> None:
    world = calling(CHILD)
    world.start()
    world.do(c.CancelInstance())
    assert (world.status(1), world.status(2)) == ("cancelled", "cancelled")


def test_cancelling_the_child_is_an_incident_on_the_call() -> None:
    world = calling(CHILD)
    world.start()
    world.do(c.CancelInstance(reason="by mistake"), 2)
    (incident,) = world.incidents(1)
    assert (incident.element, incident.code, "by mistake" in incident.message) == ("x", "call.refused", True)


def test_an_event_at_the_call_ends_the_child() -> None:
    world = calling(CHILD, boundary("b", "x", timer("PT1H")), user("late"), flows("b late"))
    world.start()
    world.pass_time(3600)
    assert (world.waiting(1), world.status(2)) == (["late"], "cancelled")


def test_an_answer_after_the_call_has_ended_is_refused() -> None:
    world = calling(CHILD, boundary("b", "x", timer("PT1H")), user("late"), flows("b late"))
    world.start()
    world.pass_time(3600)
    with pytest.raises(NotFound):
        world.do(c.CompleteCall(1, {}))


def test_each_round_of_a_multi_instance_calls_one_child() -> None:
    world = World.of(around(call("x", "child", given("n", "= item"), inner=each("numbers"))), CHILD)
    world.start(numbers=[1, 2, 3])
    assert [world.variable("n", number) for number in (2, 3, 4)] == [1, 2, 3]


def test_a_refused_start_of_the_child_is_an_incident_on_the_call() -> None:
    world = calling(CHILD)
    world.start()
    world.do(c.FailCall(1, "", "wrong values"))
    assert [incident.code for incident in world.incidents(1)] == ["call.refused"]


def test_processes_that_call_each_other_without_end_become_an_incident() -> None:
    world = World.of(process(start() + call("x", "p") + flows("s x")))
    world.start()
    assert [incident.code for incident in world.incidents(len(world.states))] == ["cause.too-deep"]
