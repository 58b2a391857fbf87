"""Pools and the messages between them (BPMN 2.0, 9 and 11)."""

from lxml.etree import _Element as Element

from stepwell.bpmn.index import Index, children, flag, say, tag
from stepwell.bpmn.rules.registry import Findings, rule

_NO_SOURCE = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})
_NO_TARGET = frozenset({"endEvent", "intermediateThrowEvent"})


@rule("message-flow.same-pool", "Connect two different pools; inside one use a sequence flow.")
def message_flows_connect_two_pools(index: Index) -> Findings:
    for flow in index.each("messageFlow"):
        ends = [index.referred(flow, end) for end in ("sourceRef", "targetRef")]
        pools = [_pool(index, end) for end in ends if end is not None]
        if len(pools) == 2 and pools[0] is not None and pools[0] is pools[1]:
            yield flow, f"Expected {say(flow)} between two pools but both ends are in {say(pools[0])}."


def _pool(index: Index, element: Element) -> Element | None:
    """The process of the element, or the participant itself where it shows none."""
    if tag(element) == "participant":
        process = index.referred(element, "processRef")
        return element if process is None else process
    return index.process(element)


@rule("message-flow.direction", "Turn the message flow around, or use the other kind of event.")
def message_flows_have_a_possible_direction(index: Index) -> Findings:
    for flow in index.each("messageFlow"):
        for end, excluded in (("sourceRef", _NO_SOURCE), ("targetRef", _NO_TARGET)):
            event = index.referred(flow, end)
            if event is not None and tag(event) in excluded:
                yield flow, f"Expected another {end} of {say(flow)} but it is {say(event)}."


@rule("message-flow.event-kind", "Add a message event definition.")
def events_with_message_flows_are_message_events(index: Index) -> Findings:
    for flow in index.each("messageFlow"):
        for end, name in (("sourceRef", "endEvent"), ("targetRef", "startEvent")):
            event = index.referred(flow, end)
            if event is not None and tag(event) == name and "message" not in index.kinds(event):
                yield (
                    event,
                    f"Expected a message event because {say(flow)} is there, but {say(event)} is none.",
                )


@rule("participant.multiplicity", "Use a minimum from 0 on and a maximum from 1 on that is not smaller.")
def multiplicities_make_sense(index: Index) -> Findings:
    for multiplicity in index.each("participantMultiplicity"):
        low, high = (_number(multiplicity, name) for name in ("minimum", "maximum"))
        low_is_wrong = low is not None and low < 0
        if low_is_wrong or (high is not None and (high < 1 or high < (low or 0))):
            yield multiplicity, f"Expected a possible number of participants but it is {low} to {high}."


def _number(element: Element, name: str) -> int | None:
    value = element.get(name, "")
    return int(value) if value.lstrip("+-").isascii() and value.lstrip("+-").isdigit() else None


@rule("conversation.global", "Use a collaboration for what is inside.")
def global_conversations_hold_participants_only(index: Index) -> Findings:
    for conversation in index.each("globalConversation"):
        for inner in children(conversation, *_NOT_GLOBAL):
            yield inner, f"Expected no {tag(inner)} in {say(conversation)} but there is one."


_NOT_GLOBAL = (
    "conversation subConversation callConversation participantAssociation messageFlowAssociation"
    " conversationAssociation association group textAnnotation choreographyRef"
).split()


@rule("process.public-executable", "Set processType to Private, or isExecutable to false.")
def public_processes_are_not_executable(index: Index) -> Findings:
    for process in index.each("process"):
        if process.get("processType") == "Public" and flag(process, "isExecutable"):
            yield process, f"Expected {say(process)} to be public or executable but it is both."


@rule("collaboration.choreography", "Remove the choreographyRef.")
def closed_collaborations_agree_with_their_choreography(index: Index) -> Findings:
    for collaboration in index.each("collaboration"):
        for line in children(collaboration, "choreographyRef"):
            found = index.find(line.text or "")
            if found is not None and flag(found, "isClosed") != flag(collaboration, "isClosed"):
                yield (
                    collaboration,
                    f"Expected isClosed of {say(found)} and {say(collaboration)} to be the same.",
                )
