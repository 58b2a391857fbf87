"""What starts a process by itself."""

from stepwell.bpmn import StartTrigger, start_triggers
from stepwell.engine.definition import Text
from stepwell.engine.event_definition import MessageDefinition, SignalDefinition, TimerDefinition
from tests.bpmn.build import flow, process
from tests.bpmn.reading import definition, extended

HOURLY = "<timerEventDefinition><timeCycle>R/PT1H</timeCycle></timerEventDefinition>"
CYCLE = TimerDefinition(cycle=Text("R/PT1H"))


def triggers(start: str, root: str = "") -> tuple[StartTrigger, ...]:
    content = root + process(start + '<endEvent id="e"/>' + flow("f", "a", "e"))
    return start_triggers(definition(content))


def test_a_plain_start_is_no_trigger() -> None:
    assert triggers('<startEvent id="a"/>') == ()


def test_a_timer_starts_the_process() -> None:
    assert triggers(f'<startEvent id="a">{HOURLY}</startEvent>') == (StartTrigger("a", "timer", CYCLE),)


def test_a_timer_has_its_schedule() -> None:
    schedule = '<stepwell:schedule catchUp="none" from="2030-01-01" until="2031-01-01"/>'
    (found,) = triggers(extended("startEvent", schedule, HOURLY))
    assert (found.catch_up, found.starts_at, found.ends_at) == ("none", "2030-01-01", "2031-01-01")


def test_a_message_starts_the_process() -> None:
    start = '<startEvent id="a"><messageEventDefinition messageRef="m"/></startEvent>'
    expected = StartTrigger("a", "message", MessageDefinition(Text("placed")))
    assert triggers(start, '<message id="m" name="placed"/>') == (expected,)


def test_a_signal_starts_the_process() -> None:
    start = '<startEvent id="a"><signalEventDefinition signalRef="g"/></startEvent>'
    expected = StartTrigger("a", "signal", SignalDefinition(Text("alarm")))
    assert triggers(start, '<signal id="g" name="alarm"/>') == (expected,)


def test_a_receive_task_may_start_the_process() -> None:
    start = '<receiveTask id="a" messageRef="m" instantiate="true"/>'
    expected = StartTrigger("a", "message", MessageDefinition(Text("placed")))
    assert triggers(start, '<message id="m" name="placed"/>') == (expected,)


def test_a_receive_task_that_only_waits_is_no_trigger() -> None:
    content = '<receiveTask id="a" messageRef="m"/><startEvent id="s"/>' + flow("g", "s", "a")
    assert triggers(content, '<message id="m" name="placed"/>') == ()
