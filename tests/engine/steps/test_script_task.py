from stepwell.engine import commands as c
from tests.engine.drawing import around, given, script, taken, user
from tests.engine.world import World, flows


def test_the_entries_of_a_context_become_variables() -> None:
    world = World.of(around(script("x", "{total: price * amount, paid: false}")))
    world.start(price=3, amount=5)
    assert (world.variable("total"), world.variable("paid")) == (15, False)


def test_any_other_value_is_seen_by_the_outputs_as_result() -> None:
    world = World.of(around(script("x", "price * 2", taken("double", "= result"))))
    world.start(price=4)
    assert world.variable("double") == 8


def test_outputs_see_the_entries_by_name() -> None:
    world = World.of(around(script("x", "{a: 1, b: 2}", taken("c", "= a + b"))))
    world.start()
    assert (world.variable("c"), world.variable("a")) == (3, None)


def test_an_output_sees_those_before_it() -> None:
    world = World.of(around(script("x", "{a: 1}", taken("b", "= a + 1"), taken("c", "= b + 1"))))
    world.start()
    assert world.variable("c") == 3


def test_its_inputs_are_seen_and_do_not_stay() -> None:
    world = World.of(around(script("x", "{b: a + 1}", given("a", "= 1"))))
    world.start()
    assert (world.variable("b"), world.variable("a")) == (2, None)


def test_a_failing_script_is_an_incident_and_a_retry_evaluates_it_again() -> None:
    world = World.of(around(script("x", "{b: 1 / a}")))
    world.start(a="none")
    assert [incident.element for incident in world.incidents()] == ["x"]
    world.do(c.SetVariables(0, {"a": 2}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert world.status() == "completed"


def test_a_retry_that_fails_again_leaves_one_incident() -> None:
    world = World.of(around(script("x", "{b: 1 / a}")))
    world.start(a="none")
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert (len(world.incidents()), world.states[1].instance.incidents) == (1, 1)


def test_another_path_goes_on_beside_an_incident() -> None:
    world = World.of(around(script("x", "{b: 1 / a}"), user("u"), flows("s u")))
    world.start(a="none")
    world.complete("u")
    assert world.status() == "running"
