from tests.engine.world import World, conditional, flows, process

CHOICE = process(
    '<bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="g" default="g_small"/>'
    '<bpmn:endEvent id="big"/><bpmn:endEvent id="huge"/><bpmn:endEvent id="small"/>'
    + flows("s g")
    + conditional("g", "huge", "amount &gt; 1000")
    + conditional("g", "big", "amount &gt; 100")
    + flows("g small")
)
NO_DEFAULT = process(
    '<bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="g"/><bpmn:endEvent id="big"/><bpmn:endEvent id="huge"/>'
    + flows("s g")
    + conditional("g", "huge", "amount &gt; 1000")
    + conditional("g", "big", "amount &gt; 100")
)


def test_the_first_flow_whose_condition_holds_is_taken_in_document_order() -> None:
    world = World.of(CHOICE)
    world.start(amount=5000)
    assert world.path() == ["s", "g", "huge"]


def test_the_default_flow_is_taken_when_no_condition_holds() -> None:
    world = World.of(CHOICE)
    world.start(amount=1)
    assert world.path() == ["s", "g", "small"]


def test_no_match_and_no_default_is_an_incident_that_names_the_gateway() -> None:
    world = World.of(NO_DEFAULT)
    world.start(amount=1)
    (incident,) = world.incidents()
    assert (incident.element, incident.code) == ("g", "flow.no-match")
    assert world.status() == "running"


def test_a_missing_variable_in_a_condition_is_an_incident_and_never_false() -> None:
    world = World.of(CHOICE)
    world.start()
    (incident,) = world.incidents()
    assert incident.code == "expression.failed"
