import pytest

from stepwell.engine import commands as c
from stepwell.engine.decide import decide
from stepwell.engine.state import State
from stepwell.errors import Invalid
from tests.engine.drawing import a_message, element, end, given, message, process, script, start, user
from tests.engine.world import BEGIN, World, flows
from tests.engine.world import process as undrawn

TWO_STARTS = process(
    start()
    + end()
    + user("a")
    + user("b")
    + element("startEvent", "m", message("order"))
    + flows("s a e", "m b e"),
    roots=a_message("order"),
)
DECLARED = process(
    "<bpmn:extensionElements>"
    '<stepwell:parameter name="amount" required="true"/><stepwell:parameter name="rate" default="= if amount = null then 0 else amount / 10"/>'
    '<stepwell:parameter name="total" direction="out"/>'
    "</bpmn:extensionElements>" + start() + end() + flows("s e")
)


def test_a_plain_start_begins_only_at_the_none_start_event() -> None:
    world = World.of(TWO_STARTS)
    world.start()
    assert world.waiting() == ["a"]


def test_a_trigger_begins_at_its_own_start_event() -> None:
    world = World.of(TWO_STARTS)
    definition, state = world.definitions["p"], State()
    decide(definition, state, c.StartInstance(1, 1, {}, start_event="m"), BEGIN, world.settings)
    assert [row.element for row in state.elements.values()] == ["b"]


def test_without_start_event_everything_without_incoming_flow_begins() -> None:
    world = World.of(undrawn(user("a") + user("b") + user("after") + flows("a after")))
    world.start()
    assert world.waiting() == ["a", "b"]


def test_several_none_start_events_all_begin() -> None:
    world = World.of(process(start("s1") + start("s2") + user("a") + user("b") + flows("s1 a", "s2 b")))
    world.start()
    assert world.waiting() == ["a", "b"]


def test_a_process_with_triggers_only_can_not_be_started_by_hand() -> None:
    inner = element("startEvent", "m", message("order")) + end() + flows("m e")
    world = World.of(process(inner, roots=a_message("order")))
    with pytest.raises(Invalid) as caught:
        world.start()
    assert caught.value.code == "process.no-start"


def test_a_missing_required_parameter_and_an_unknown_one_are_told_together() -> None:
    world = World.of(DECLARED)
    with pytest.raises(Invalid) as caught:
        world.start(colour="red")
    assert {(problem.rule, problem.field) for problem in caught.value.problems} == {
        ("parameter.required", "amount"),
        ("parameter.unknown", "colour"),
    }


def test_a_refused_start_leaves_nothing() -> None:
    world = World.of(DECLARED)
    with pytest.raises(Invalid):
        world.start()
    assert world.states == {}


def test_a_default_sees_the_parameters_before_it() -> None:
    world = World.of(DECLARED)
    world.start(amount=50)
    assert world.variable("rate") == 5


def test_a_default_that_fails_refuses_the_start_and_names_the_parameter() -> None:
    world = World.of(DECLARED)
    with pytest.raises(Invalid) as caught:
        world.start(amount="many")
    assert [(problem.rule, problem.field) for problem in caught.value.problems] == [
        ("parameter.default", "rate")
    ]


def test_outputs_of_the_start_event_set_variables() -> None:
    world = World.of(process(element("startEvent", "s", OUTPUT) + user("a") + flows("s a")))
    world.start(amount=2)
    assert world.variable("double") == 4


OUTPUT = (
    '<bpmn:extensionElements><stepwell:output name="double" value="= amount * 2"/></bpmn:extensionElements>'
)


def test_the_last_path_that_ends_completes_the_instance() -> None:
    world = World.of(process(start() + script("x", "{a: 1}", given("n", "1")) + flows("s x")))
    world.start()
    assert world.status() == "completed"
