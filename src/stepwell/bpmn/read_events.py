"""Event definitions: what an event waits for or throws (BPMN 2.0, 10.5.5)."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from stepwell.bpmn.draft import Draft, extension, place
from stepwell.bpmn.grammar import EVENT_DEFINITIONS
from stepwell.bpmn.index import child, tag
from stepwell.bpmn.not_executable import refuse
from stepwell.bpmn.read_work import read_part
from stepwell.bpmn.texts import content, text
from stepwell.engine.definition import Text
from stepwell.engine.event_definition import (
    ErrorDefinition,
    EventDefinition,
    MessageDefinition,
    SignalDefinition,
    TerminateDefinition,
    TimerDefinition,
)
from stepwell.engine.record_signal import RecordSignalDefinition
from stepwell.engine.record_work import RecordSignal


def event_definitions(draft: Draft, event: Element) -> tuple[EventDefinition, ...]:
    """Those inside the event and those it refers to, in this order; a task has that of its message."""
    if tag(event) in ("sendTask", "receiveTask"):
        return _message_of_task(draft, event)
    return tuple(_definitions(draft, event))


def _message_of_task(draft: Draft, task: Element) -> tuple[EventDefinition, ...]:
    connector = extension(task, "task")
    if connector is not None and connector.get("type") and not task.get("messageRef"):
        return ()
    return (message_definition(draft, task),)


def _definitions(draft: Draft, event: Element) -> Iterator[EventDefinition]:
    for definition in draft.index.definitions(event):
        found = _definition(draft, event, definition)
        if found is not None:
            yield found
        elif tag(definition) in EVENT_DEFINITIONS:
            refuse(draft, event, tag(definition), definition)


def _definition(draft: Draft, event: Element, definition: Element) -> EventDefinition | None:
    """What it says; None for a kind that can not run."""
    match tag(definition):
        case TimerDefinition.tag:
            return timer_definition(draft, event, definition)
        case MessageDefinition.tag:
            return message_definition(draft, definition)
        case SignalDefinition.tag:
            if (found := record_signal(draft, event, definition)) is not None:
                return RecordSignalDefinition(found)
            signal = draft.index.referred(definition, "signalRef")
            return SignalDefinition(called(draft, signal) if signal is not None else None)
        case ErrorDefinition.tag:
            return error_definition(draft, definition)
        case TerminateDefinition.tag:
            return TerminateDefinition()
    return None


def record_signal(draft: Draft, event: Element, definition: Element) -> RecordSignal | None:
    """What a signal event says that waits for a record; it may stand on the definition too."""
    found: RecordSignal | None = read_part(draft, event, definition, RecordSignal)
    return found or read_part(draft, event, event, RecordSignal)


def timer_definition(draft: Draft, event: Element, definition: Element) -> TimerDefinition:
    """A timer; the time zone of its cron schedule stands on it or on the start event."""
    date, duration, cycle = (
        content(draft, event, child(definition, name)) for name in ("timeDate", "timeDuration", "timeCycle")
    )
    schedule = extension(definition, "schedule")
    if schedule is None:
        schedule = extension(event, "schedule")
    zone = schedule.get("timeZone", "").strip() if schedule is not None else ""
    return TimerDefinition(date, duration, cycle, zone)


def message_definition(draft: Draft, user: Element) -> MessageDefinition:
    """The message that an event definition or a task refers to, with its correlation key."""
    message = draft.index.referred(user, "messageRef")
    if message is None or tag(message) != "message":
        return MessageDefinition()
    correlation = extension(message, "correlation")
    key = None
    if correlation is not None:
        key = text(draft, place(message, correlation), "correlation key", correlation.get("key"))
    return MessageDefinition(called(draft, message), key)


def error_definition(draft: Draft, definition: Element) -> ErrorDefinition:
    """A BPMN error; without a reference to one, every error."""
    error = draft.index.referred(definition, "errorRef")
    if error is None:
        return ErrorDefinition()
    return ErrorDefinition(error.get("errorCode", "").strip(), error.get("name", "").strip())


def called(draft: Draft, root: Element) -> Text | None:
    """The name of a message or signal, or else its id."""
    return text(draft, place(root), "name", root.get("name") or root.get("id"))
