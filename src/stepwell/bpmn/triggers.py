"""What starts a process by itself: timers, messages, signals and records at its top level (BPMN 2.0, 10.5.2)."""

from dataclasses import dataclass
from typing import Literal

from stepwell.engine.definition import Element, ProcessDefinition
from stepwell.engine.event_definition import MessageDefinition, SignalDefinition, TimerDefinition
from stepwell.engine.event_step import EventStep
from stepwell.engine.record_signal import RecordSignalDefinition
from stepwell.engine.steps.receive_task import ReceiveTask
from stepwell.engine.steps.start_event import StartEvent


@dataclass(frozen=True, slots=True)
class StartTrigger:
    """Something outside that begins an instance at ``element``.

    ``event`` says what is waited for; the other fields are the author's schedule of a timer: what happens
    to missed starts (``once``, ``all``, ``none``), and the dates before and after which there is none.
    """

    element: str
    kind: Literal["timer", "message", "signal", "record"]
    event: TimerDefinition | MessageDefinition | SignalDefinition | RecordSignalDefinition
    catch_up: str = "once"
    starts_at: str = ""
    ends_at: str = ""


def start_triggers(definition: ProcessDefinition) -> tuple[StartTrigger, ...]:
    """Every trigger of the start events and instantiating receive tasks, in document order."""
    top = (element for element in definition.elements.values() if element.parent is None)
    return tuple(trigger for element in top for trigger in _of(element))


def _of(element: Element) -> list[StartTrigger]:
    step = element.step
    if isinstance(step, StartEvent):
        schedule = (step.catch_up, step.from_, step.until)
    elif isinstance(step, ReceiveTask) and step.instantiate:
        schedule = ("once", "", "")
    else:
        return []
    return _waited_for(element.id, step, schedule)


def _waited_for(element: str, step: EventStep, schedule: tuple[str, str, str]) -> list[StartTrigger]:
    found = []
    for event in step.definitions:
        match event:
            case TimerDefinition():
                found.append(StartTrigger(element, "timer", event, *schedule))
            case MessageDefinition():
                found.append(StartTrigger(element, "message", event))
            case SignalDefinition():
                found.append(StartTrigger(element, "signal", event))
            case RecordSignalDefinition():
                found.append(StartTrigger(element, "record", event))
    return found
