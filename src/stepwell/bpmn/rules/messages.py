"""What events and tasks must say about the message, signal, error or escalation they stand for."""

from lxml.etree import _Element as Element

from stepwell.bpmn.draft import extension
from stepwell.bpmn.index import Index, say, tag
from stepwell.bpmn.rules.registry import Findings, rule

_THROWS = ("endEvent", "intermediateThrowEvent")


@rule("message.missing", "Set messageRef to a message of the file.")
def message_events_name_their_message(index: Index) -> Findings:
    for definition in index.each("messageEventDefinition"):
        if not definition.get("messageRef") and index.runs(definition):
            yield definition, f"Expected a messageRef but the message event {_event(definition)} has none."


@rule(
    "message.operation-missing", "Set operationRef to the operation that carries the message.", warning=True
)
def message_events_name_their_operation(index: Index) -> Findings:
    """Only where the file speaks of operations at all; most processes do without (BPMN 2.0, table 10.89)."""
    for definition in index.each("messageEventDefinition") if index.by_tag.get("operation") else ():
        if index.referred(definition, "operationRef") is None and index.runs(definition):
            yield definition, f"Expected an operationRef but the message event {_event(definition)} has none."


def is_of_records(definition: Element) -> bool:
    """Whether a signal event waits for a record; it may say so on the definition."""
    around = (definition, definition.getparent())
    return any(extension(one, "recordSignal") is not None for one in around if one is not None)


@rule("signal.missing", "Set signalRef to a signal of the file, or add stepwell:recordSignal.", own=True)
def signal_events_name_their_signal(index: Index) -> Findings:
    for definition in index.each("signalEventDefinition"):
        if not definition.get("signalRef") and index.runs(definition) and not is_of_records(definition):
            yield definition, f"Expected a signalRef but the signal event {_event(definition)} has none."


@rule(
    "record-signal.no-signal",
    "Add <bpmn:signalEventDefinition/>: the event is a signal of a record.",
    own=True,
)
def record_signals_stand_on_signal_events(index: Index) -> Findings:
    for event in index.each("startEvent", "intermediateCatchEvent", "boundaryEvent"):
        if extension(event, "recordSignal") is not None and "signal" not in index.kinds(event):
            yield (
                event,
                f"Expected a signal event because {say(event)} has a stepwell:recordSignal, but it is none.",
            )


@rule("escalation.code-missing", "Set escalationRef to an escalation with an escalationCode.")
def thrown_escalations_have_a_code(index: Index) -> Findings:
    for definition in index.each("escalationEventDefinition"):
        if _is_thrown(definition) and index.runs(definition) and not _coded(index, definition, "escalation"):
            yield (
                definition,
                f"Expected an escalationCode but {_event(definition)} throws an escalation without one.",
            )


@rule("error.code-missing", "Set errorRef to an error with an errorCode.", warning=True)
def thrown_errors_have_a_code(index: Index) -> Findings:
    for definition in index.each("errorEventDefinition"):
        if _is_thrown(definition) and index.runs(definition) and not _coded(index, definition, "error"):
            yield definition, f"Expected an errorCode but {_event(definition)} throws an error without one."


def _is_thrown(definition: Element) -> bool:
    event = definition.getparent()
    return event is not None and tag(event) in _THROWS


def _coded(index: Index, definition: Element, name: str) -> bool:
    found = index.referred(definition, f"{name}Ref")
    return found is not None and bool(found.get(f"{name}Code"))


def _event(definition: Element) -> str:
    event = definition.getparent()
    return say(event if event is not None else definition)
