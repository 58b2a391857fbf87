"""Events: where which kind may stand, and which flows it has (BPMN 2.0, 10.5)."""

from collections.abc import Iterable, Iterator

from lxml.etree import _Element as Element

from stepwell.bpmn.grammar import FLOW_NODES, SUB_PROCESSES
from stepwell.bpmn.index import BPMN, Index, children, flag, kind, say, tag
from stepwell.bpmn.rules.registry import Findings, rule

_ALLOWED = {
    "top start": "message timer conditional signal",
    "inner start": "",
    "event sub-process start": "message timer conditional signal error escalation compensate",
    "event sub-process start, not interrupting": "message timer conditional signal escalation",
    "end": "message signal error escalation cancel compensate terminate",
    "catch": "message timer conditional link signal",
    "throw": "message escalation compensate link signal",
    "boundary": "message timer conditional signal error escalation cancel compensate",
    "boundary, not interrupting": "message timer conditional signal escalation",
}
_BETWEEN = frozenset({"intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})


def is_event_sub_process(element: Element | None) -> bool:
    """Whether it is a sub-process that an event triggers."""
    return element is not None and tag(element) in SUB_PROCESSES and flag(element, "triggeredByEvent")


def _place(event: Element) -> str:
    interrupting = flag(event, "isInterrupting", default=True) and flag(event, "cancelActivity", default=True)
    tail = "" if interrupting else ", not interrupting"
    if tag(event) == "boundaryEvent":
        return "boundary" + tail
    if tag(event) != "startEvent":
        return {"endEvent": "end", "intermediateCatchEvent": "catch"}.get(tag(event), "throw")
    scope = event.getparent()
    if is_event_sub_process(scope):
        return "event sub-process start" + tail
    return "inner start" if scope is not None and tag(scope) in SUB_PROCESSES else "top start"


@rule("event.kind", "Use a kind of event that can stand here.")
def events_stand_where_their_kind_can(index: Index) -> Findings:
    names = "startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent".split()
    for event in index.each(*names):
        place = _place(event)
        allowed = _ALLOWED[place].split()
        for definition in index.definitions(event):
            if kind(definition) not in allowed:
                possible = f"one of {', '.join(allowed)}" if allowed else "no event definition"
                yield event, f"Expected {possible} on {say(event)} ({place}) but it is {kind(definition)}."


@rule("event.kind-missing", "Add an event definition, such as a message or a timer.")
def events_that_wait_know_for_what(index: Index) -> Findings:
    for event in index.each("startEvent", "intermediateCatchEvent", "boundaryEvent"):
        must = tag(event) != "startEvent" or is_event_sub_process(event.getparent())
        if must and not index.definitions(event) and not children(event, "eventDefinitionRef"):
            yield event, f"Expected something to wait for but {say(event)} has no event definition."


@rule("event.cancel-outside-transaction", "Use cancel only for a transaction, or end with an error.")
def cancel_belongs_to_a_transaction(index: Index) -> Findings:
    for event in index.each("endEvent", "boundaryEvent"):
        around = (
            index.referred(event, "attachedToRef") if tag(event) == "boundaryEvent" else event.getparent()
        )
        cancels = "cancel" in index.kinds(event)
        if cancels and (around is None or tag(around) != "transaction"):
            yield event, f"Expected a transaction around the cancel event {say(event)} but there is none."


@rule("event.start-with-flow-in", "Let the flow return to the step behind the start event.")
def nothing_leads_into_a_start_event(index: Index) -> Findings:
    for event in index.each("startEvent"):
        for flow in index.incoming.get(event, ()):
            yield event, f"Expected no flow into {say(event)} but {say(flow)} leads there."


@rule("event.end-with-flow-out", "Use an intermediate event where the process goes on.")
def nothing_leads_out_of_an_end_event(index: Index) -> Findings:
    for event in index.each("endEvent"):
        for flow in index.outgoing.get(event, ()):
            yield event, f"Expected no flow out of {say(event)} but {say(flow)} begins there."


@rule("event.boundary-with-flow-in", "Let the flow lead to the activity or behind the event.")
def nothing_leads_into_a_boundary_event(index: Index) -> Findings:
    for event in index.each("boundaryEvent"):
        for flow in index.incoming.get(event, ()):
            yield event, f"Expected no flow into {say(event)} but {say(flow)} leads there."


@rule("event.start-missing", "Add a start event, or remove the end events.")
def what_ends_with_an_event_starts_with_one(index: Index) -> Findings:
    for scope in scopes(index):
        if _inside(scope, "endEvent") and not _begins(scope):
            yield scope, f"Expected a start event because {say(scope)} has an end event, but there is none."


@rule("event.end-missing", "Add an end event.")
def what_starts_with_an_event_ends_with_one(index: Index) -> Findings:
    for scope in scopes(index):
        if _inside(scope, "startEvent") and not _inside(scope, "endEvent"):
            yield scope, f"Expected an end event because {say(scope)} has a start event, but there is none."


def scopes(index: Index) -> Iterable[Element]:
    """The processes and sub-processes, which have flow nodes of their own."""
    return index.each("process", *sorted(SUB_PROCESSES))


def _inside(scope: Element, name: str) -> bool:
    return scope.find(BPMN + name) is not None


def _begins(scope: Element) -> bool:
    """Whether a start event or something else that creates instances is inside."""
    return _inside(scope, "startEvent") or any(
        flag(starter, "instantiate") for starter in children(scope, "receiveTask", "eventBasedGateway")
    )


@rule("flow.none-in", "Connect the step, or remove it.")
def every_step_can_be_reached(index: Index) -> Findings:
    for element in _connected(index, "startEvent"):
        starts = tag(element) in ("startEvent", "boundaryEvent") or flag(element, "instantiate")
        if not starts and not index.incoming.get(element) and not _is(index, element, "Catch", "link"):
            yield element, f"Expected a flow into {say(element)} but there is none."


@rule("flow.none-out", "Lead the flow on to an end event.")
def every_step_leads_on(index: Index) -> Findings:
    for element in _connected(index, "endEvent"):
        ends = tag(element) == "endEvent" or _is(index, element, "boundary", "compensate")
        if not ends and not index.outgoing.get(element) and not _is(index, element, "Throw", "link"):
            yield element, f"Expected a flow out of {say(element)} but there is none."


def _connected(index: Index, event: str) -> Iterator[Element]:
    """What must be connected: all steps where there is such an event, else the events between only.

    In an ad-hoc sub-process people choose the order, so nothing must be.
    """
    for scope in index.each("process", "subProcess", "transaction"):
        everything = _inside(scope, event)
        for element in scope:
            apart = flag(element, "isForCompensation") or is_event_sub_process(element)
            if tag(element) in (FLOW_NODES if everything else _BETWEEN) and not apart:
                yield element


def _is(index: Index, element: Element, place: str, wanted: str) -> bool:
    return place in tag(element) and wanted in index.kinds(element)
