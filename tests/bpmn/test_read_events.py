"""Events: timers, messages, signals, errors, and the end of everything."""

import pytest

from stepwell.engine.definition import Text
from stepwell.engine.event_definition import (
    ErrorDefinition,
    EventDefinition,
    MessageDefinition,
    SignalDefinition,
    TerminateDefinition,
    TimerDefinition,
)
from stepwell.engine.event_step import EventStep
from stepwell.engine.steps.send_task import SendTask
from tests.bpmn.build import flow, line, process
from tests.bpmn.reading import definition, element, evaluated, extended, refusals, step

MESSAGE = '<message id="m" name="paid"/>'
KEYED = (
    '<message id="m" name="paid"><extensionElements><stepwell:correlation key="= order"/>'
    "</extensionElements></message>"
)
ON_MESSAGE = '<messageEventDefinition messageRef="m"/>'


def definitions(content: str, name: str = "a") -> tuple[EventDefinition, ...]:
    found = element(content, name).step
    assert isinstance(found, EventStep | SendTask)
    return found.definitions


def catch(inside: str) -> str:
    return line(f'<intermediateCatchEvent id="a">{inside}</intermediateCatchEvent>')


def end(inside: str) -> str:
    return process(f'<startEvent id="s"/><endEvent id="a">{inside}</endEvent>' + flow("f", "s", "a"))


def timer(inside: str) -> str:
    return catch(f"<timerEventDefinition>{inside}</timerEventDefinition>")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<timeDate>2030-01-01T09:00:00Z</timeDate>", TimerDefinition(date=Text("2030-01-01T09:00:00Z"))),
        ("<timeDuration> PT1H </timeDuration>", TimerDefinition(duration=Text("PT1H"))),
        ("<timeCycle>R3/PT1H</timeCycle>", TimerDefinition(cycle=Text("R3/PT1H"))),
    ],
)
def test_a_timer_has_a_date_a_duration_or_a_cycle(written: str, expected: TimerDefinition) -> None:
    assert definitions(timer(written)) == (expected,)


def test_the_time_of_a_timer_may_be_feel() -> None:
    (found,) = definitions(timer("<timeDuration>= wait</timeDuration>"))
    assert isinstance(found, TimerDefinition)
    assert found.duration is not None
    assert evaluated(found.duration.expression, wait="PT5M") == "PT5M"


def test_a_time_that_is_no_feel_is_a_problem_of_the_event() -> None:
    assert refusals(timer("<timeDuration>= +</timeDuration>")) == [("expression.syntax", "a")]


def test_a_timer_knows_the_time_zone_of_its_schedule() -> None:
    zone = '<extensionElements><stepwell:schedule timeZone="Europe/Berlin"/></extensionElements>'
    (found,) = definitions(timer(f"{zone}<timeCycle>0 9 * * *</timeCycle>"))
    assert isinstance(found, TimerDefinition)
    assert found.zone == "Europe/Berlin"


def test_a_start_event_gives_its_time_zone_to_its_timer() -> None:
    cycle = "<timerEventDefinition><timeCycle>0 9 * * *</timeCycle></timerEventDefinition>"
    start = extended("startEvent", '<stepwell:schedule timeZone="Europe/Berlin"/>', cycle)
    (found,) = definitions(process(start + '<endEvent id="e"/>' + flow("f", "a", "e")))
    assert isinstance(found, TimerDefinition)
    assert found.zone == "Europe/Berlin"


def test_a_time_zone_that_does_not_exist_is_a_problem() -> None:
    zone = '<extensionElements><stepwell:schedule timeZone="Mars/North"/></extensionElements>'
    assert refusals(timer(f"{zone}<timeCycle>0 9 * * *</timeCycle>")) == [("timer.invalid", "a")]


def test_a_message_is_known_by_its_name() -> None:
    assert definitions(MESSAGE + catch(ON_MESSAGE)) == (MessageDefinition(Text("paid")),)


def test_a_message_without_name_is_known_by_its_id() -> None:
    assert definitions('<message id="m"/>' + catch(ON_MESSAGE)) == (MessageDefinition(Text("m")),)


def test_the_name_of_a_message_may_be_feel() -> None:
    (found,) = definitions(MESSAGE.replace("paid", "= &quot;paid &quot; + x") + catch(ON_MESSAGE))
    assert isinstance(found, MessageDefinition)
    assert found.name is not None
    assert evaluated(found.name.expression, x="late") == "paid late"


def test_a_message_has_its_correlation_key() -> None:
    (found,) = definitions(KEYED + catch(ON_MESSAGE))
    assert isinstance(found, MessageDefinition)
    assert found.correlation is not None
    assert evaluated(found.correlation.expression, order=7) == 7


def test_a_signal_is_known_by_its_name() -> None:
    content = '<signal id="g" name="alarm"/>' + catch('<signalEventDefinition signalRef="g"/>')
    assert definitions(content) == (SignalDefinition(Text("alarm")),)


def test_an_error_has_a_code_and_a_name() -> None:
    content = '<error id="r" name="Refused" errorCode="R1"/>' + end('<errorEventDefinition errorRef="r"/>')
    assert definitions(content) == (ErrorDefinition("R1", "Refused"),)


def test_an_error_event_without_error_catches_every_error() -> None:
    event = '<boundaryEvent id="b" attachedToRef="a"><errorEventDefinition/></boundaryEvent>'
    content = line('<userTask id="a"/>', event + flow("f3", "b", "e"))
    assert definitions(content, "b") == (ErrorDefinition(),)


def test_an_end_event_may_terminate() -> None:
    assert definitions(end("<terminateEventDefinition/>")) == (TerminateDefinition(),)


def test_an_event_may_refer_to_a_definition_at_the_root() -> None:
    shared = MESSAGE + '<messageEventDefinition id="d" messageRef="m"/>'
    content = shared + catch("<eventDefinitionRef>d</eventDefinitionRef>")
    assert definitions(content) == (MessageDefinition(Text("paid")),)


def test_an_event_without_definition_has_none() -> None:
    assert definitions(line('<intermediateThrowEvent id="a"/>')) == ()


@pytest.mark.parametrize("tag", ["sendTask", "receiveTask"])
def test_a_task_has_its_message(tag: str) -> None:
    assert definitions(MESSAGE + line(f'<{tag} id="a" messageRef="m"/>')) == (
        MessageDefinition(Text("paid")),
    )


@pytest.mark.parametrize("tag", ["sendTask", "receiveTask"])
def test_a_task_without_message_is_refused(tag: str) -> None:
    assert refusals(line(f'<{tag} id="a"/>')) == [("message.no-name", "a")]


def test_a_send_task_for_a_connector_needs_no_message() -> None:
    assert definition(line(extended("sendTask", '<stepwell:task type="email.send"/>'))).id == "p"


def test_an_event_that_waits_for_nothing_known_is_told_by_the_standard() -> None:
    assert refusals(catch('<messageEventDefinition messageRef="x"/>')) == [("reference.unresolved", "a")]


def test_a_step_keeps_what_it_throws_with() -> None:
    written = '<stepwell:input name="x" value="1"/>'
    found = step(extended("intermediateThrowEvent", written))
    assert [mapping.name for mapping in found.inputs] == ["x"]
