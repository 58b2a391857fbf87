"""Compensation: a boundary event is tied to the activity that undoes (BPMN 2.0, 10.7)."""

from collections import defaultdict

from lxml.etree import _Element as Element

from stepwell.bpmn.grammar import ACTIVITIES
from stepwell.bpmn.index import Index, flag, say, tag
from stepwell.bpmn.rules.registry import Findings, rule


def handlers(index: Index) -> dict[Element, list[Element]]:
    """The compensation boundary events with what associations tie to them."""
    found: dict[Element, list[Element]] = defaultdict(list)
    for definition in index.each("compensateEventDefinition"):
        event = definition.getparent()
        if event is not None and tag(event) == "boundaryEvent":
            found[event] = []
    for association in index.each("association"):
        ends = [index.referred(association, end) for end in ("sourceRef", "targetRef")]
        for here, there in (ends, reversed(ends)):
            if here is not None and there is not None and here in found:
                found[here].append(there)
    return found


@rule("compensation.handler-missing", "Draw an association from the event to an activity for compensation.")
def compensation_events_have_a_handler(index: Index) -> Findings:
    for event, tied in handlers(index).items():
        if not any(tag(element) in ACTIVITIES for element in tied):
            yield event, f"Expected an activity associated with {say(event)} but there is none."


@rule("compensation.handler-unmarked", 'Set isForCompensation="true" on the activity.')
def compensation_handlers_are_marked(index: Index) -> Findings:
    for event, tied in handlers(index).items():
        for element in tied:
            if tag(element) in ACTIVITIES and not flag(element, "isForCompensation"):
                yield (
                    element,
                    f"Expected {say(element)} to be for compensation, as {say(event)} says, but it is not.",
                )


@rule("compensation.with-flow", "Use the association only: compensation is outside of the normal flow.")
def compensation_has_no_sequence_flow(index: Index) -> Findings:
    for event in handlers(index):
        for flow in index.outgoing.get(event, ()):
            yield event, f"Expected no flow out of {say(event)} but {say(flow)} begins there."
    for activity in index.each(*sorted(ACTIVITIES)):
        if flag(activity, "isForCompensation") and (
            index.incoming.get(activity) or index.outgoing.get(activity)
        ):
            yield (
                activity,
                f"Expected no flow at {say(activity)}, which is for compensation, but there is one.",
            )
