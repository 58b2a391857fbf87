"""What passes between instances, through a real database: nothing is lost, nothing is done twice."""

import pytest

import stepwell
from stepwell.errors import Invalid
from tests.engine.world import flows, process

MESSAGE = '<bpmn:message id="m" name="M"/>'
ON_M = '<bpmn:messageEventDefinition messageRef="m"/>'


def named(name: str, xml: bytes) -> bytes:
    return xml.replace(b'id="p"', f'id="{name}"'.encode())


CHILD = named(
    "child",
    process('<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/><bpmn:userTask id="t"/>' + flows("s t e")),
)
PARENT = named(
    "parent",
    process(
        '<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/><bpmn:callActivity id="c" calledElement="child"/>'
        + flows("s c e")
    ),
)
CHOOSY = named(
    "choosy",
    process(
        '<bpmn:extensionElements><stepwell:parameter name="days" type="number"/></bpmn:extensionElements>'
        '<bpmn:startEvent id="s"/><bpmn:userTask id="t"/><bpmn:endEvent id="e"/>' + flows("s t e")
    ),
)
ASKING = named(
    "asking",
    process(
        '<bpmn:startEvent id="s"/><bpmn:callActivity id="c" calledElement="choosy"><bpmn:extensionElements>'
        '<stepwell:input name="days" value="= given"/></bpmn:extensionElements></bpmn:callActivity>'
        '<bpmn:endEvent id="e"/>' + flows("s c e")
    ),
)
BOUNDARY = process(
    '<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/><bpmn:userTask id="work"/><bpmn:userTask id="asked"/>'
    f'<bpmn:boundaryEvent id="b" attachedToRef="work" cancelActivity="false">{ON_M}</bpmn:boundaryEvent>'
    + flows("s work e", "b asked e"),
    MESSAGE,
)
BY_MESSAGE = process(
    '<bpmn:extensionElements><stepwell:parameter name="a"/></bpmn:extensionElements>'
    f'<bpmn:startEvent id="s">{ON_M}</bpmn:startEvent><bpmn:endEvent id="e"/><bpmn:userTask id="t"/>'
    + flows("s t e"),
    MESSAGE,
)


def test_a_call_whose_child_was_cancelled_can_be_made_again(database_url: str) -> None:
    with stepwell.open(database_url) as engine:
        engine.deploy(CHILD)
        engine.deploy(PARENT)
        engine.start("parent")
        engine.cancel("2", reason="wrong one")
        engine.work()
        (incident,) = engine.incidents().items
        engine.retry(incident.id)
        (task,) = engine.tasks().items
        engine.complete(task.id)
        engine.work()
        assert engine.instance("1").status == "completed"
        assert engine.verify() == []


def test_a_call_with_a_value_of_another_type_is_an_incident_until_it_is_repaired(database_url: str) -> None:
    with stepwell.open(database_url) as engine:
        engine.deploy(CHOOSY)
        engine.deploy(ASKING)
        engine.start("asking", {"given": "many"})
        engine.work()
        (incident,) = engine.incidents().items
        assert (incident.element, incident.code) == ("c", "call.refused")
        assert "Expected days to be a number, but found the text 'many'." in incident.message
        engine.set_variables("1", {"given": 3}, reason="it was a word")
        engine.retry(incident.id)
        assert engine.variables(engine.instance("1").children[0].id) == {"days": 3}


def test_every_message_for_a_boundary_event_that_does_not_interrupt_arrives(database_url: str) -> None:
    with stepwell.open(database_url) as engine:
        engine.deploy(BOUNDARY)
        engine.start("p")
        for _ in range(3):
            engine.publish("M")
        engine.work()
        assert sorted(task.element for task in engine.tasks().items) == ["asked", "asked", "asked", "work"]


def test_a_message_that_carries_more_than_the_process_declares_starts_it(database_url: str) -> None:
    with stepwell.open(database_url) as engine:
        engine.deploy(BY_MESSAGE)
        engine.publish("M", values={"a": 1, "other": 2})
        engine.work()
        assert engine.variables("1") == {"a": 1}


def test_a_key_whose_first_request_was_refused_belongs_to_the_one_that_was_answered(
    database_url: str,
) -> None:
    with stepwell.open(database_url) as engine:
        engine.deploy(
            process(
                '<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/><bpmn:userTask id="t"/>' + flows("s t e")
            )
        )
        with pytest.raises(stepwell.NotFound):
            engine.start("q", idempotency_key="k")
        first = engine.start("p", idempotency_key="k")
        assert engine.start("p", idempotency_key="k").id == first.id
        with pytest.raises(Invalid):
            engine.start("q", idempotency_key="k")


def test_calls_that_fan_out_share_one_budget() -> None:
    calls = "".join(f'<bpmn:callActivity id="c{n}" calledElement="p"/>' for n in range(2))
    fan = process('<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>' + calls + flows("s c0 e", "s c1 e"))
    with stepwell.open("sqlite://") as engine:
        engine.deploy(fan)
        engine.start("p")
        assert len(engine.instances(limit=200).items) < 200 or engine.instances(limit=200).after is not None
        with engine.store.reading() as session:
            assert session.read("select count(*) from process_instance")[0][0] <= 1001
