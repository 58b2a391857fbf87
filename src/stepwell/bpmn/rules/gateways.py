"""Gateways: how many flows, in which direction, and what an event-based one waits for (BPMN 2.0, 10.6)."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from stepwell.bpmn.draft import extension
from stepwell.bpmn.grammar import GATEWAYS
from stepwell.bpmn.index import Index, child, flag, say, tag
from stepwell.bpmn.rules.registry import Findings, rule

_WAITED_FOR = frozenset({"message", "signal", "timer", "conditional"})


def _flows(index: Index, gateway: Element) -> tuple[int, int]:
    return len(index.incoming.get(gateway, ())), len(index.outgoing.get(gateway, ()))


@rule("gateway.direction", "Remove gatewayDirection, or change the flows.")
def gateways_keep_their_direction(index: Index) -> Findings:
    for gateway in index.each(*GATEWAYS):
        ins, outs = _flows(index, gateway)
        direction = gateway.get("gatewayDirection")
        if (direction == "Converging" and outs > 1) or (direction == "Diverging" and ins > 1):
            fits = False
        elif direction == "Mixed":
            fits = ins > 1 and outs > 1
        else:
            fits = True
        if not fits:
            yield (
                gateway,
                f"Expected a {direction} gateway but {say(gateway)} has {ins} flows in and {outs} out.",
            )


@rule("gateway.pointless", "Remove the gateway, or add the other branch.")
def gateways_split_or_join(index: Index) -> Findings:
    for gateway in index.each(*GATEWAYS):
        ins, outs = _flows(index, gateway)
        if ins < 2 and outs < 2:
            yield gateway, f"Expected several flows in or out but {say(gateway)} has {ins} in and {outs} out."


def is_chosen(flow: Element) -> bool:
    """Whether a flow says when it is taken: by a condition, or by a list of results."""
    return child(flow, "conditionExpression") is not None or extension(flow, "results") is not None


@rule(
    "gateway.condition-missing",
    "Give each flow a condition or results, or make one the default.",
    warning=True,
)
def branches_of_a_choice_have_conditions(index: Index) -> Findings:
    for gateway in index.each("exclusiveGateway", "inclusiveGateway"):
        flows = index.outgoing.get(gateway, [])
        for flow in flows if len(flows) > 1 and index.runs(gateway) else ():
            if not is_chosen(flow) and flow.get("id") != gateway.get("default"):
                yield flow, f"Expected a condition on {say(flow)} but it has none and is not the default."


@rule("event-gateway.condition", "Remove the condition: the event that comes first decides.")
def event_gateways_have_no_conditions(index: Index) -> Findings:
    for flow, _ in _waits(index):
        if child(flow, "conditionExpression") is not None:
            yield flow, f"Expected no condition behind an event-based gateway but {say(flow)} has one."


@rule("event-gateway.too-few", "Add a second event to wait for, or put the event directly in the flow.")
def event_gateways_wait_for_several(index: Index) -> Findings:
    for gateway in index.each("eventBasedGateway"):
        outs = len(index.outgoing.get(gateway, ()))
        if outs < 2:
            yield gateway, f"Expected at least two flows out of {say(gateway)} but it has {outs}."


@rule(
    "event-gateway.target", "Let the flow lead to a receive task or to a message, signal, timer or condition."
)
def event_gateways_lead_to_events(index: Index) -> Findings:
    for flow, target in _waits(index):
        kinds = index.kinds(target)
        caught = tag(target) == "intermediateCatchEvent" and kinds and kinds <= _WAITED_FOR
        if not caught and tag(target) != "receiveTask":
            yield (
                flow,
                f"Expected {say(flow)} to lead to something to wait for but it leads to {say(target)}.",
            )


@rule("event-gateway.mixed", "Use either message events or receive tasks behind the gateway.")
def event_gateways_do_not_mix_messages_and_receive_tasks(index: Index) -> Findings:
    seen: dict[Element, set[str]] = {}
    for flow, target in _waits(index):
        kinds = {kind for kind in index.kinds(target) if kind == "message"} | {tag(target)}
        seen.setdefault(index.source[flow], set()).update(kinds)
    for gateway, kinds in seen.items():
        if {"message", "receiveTask"} <= kinds:
            yield gateway, f"Expected message events or receive tasks but {say(gateway)} leads to both."


@rule("event-gateway.boundary", "Move the boundary event to a step behind the receive task.")
def waiting_receive_tasks_have_no_boundary_events(index: Index) -> Findings:
    for _, target in _waits(index):
        for event in index.attached.get(target, ()):
            yield event, f"Expected no boundary event behind an event-based gateway but {say(event)} is one."


@rule("event-gateway.target-shared", "Give the other flow an event of its own.")
def waited_events_have_one_flow_in(index: Index) -> Findings:
    for _, target in _waits(index):
        if len(index.incoming[target]) > 1:
            yield target, f"Expected only the gateway's flow into {say(target)} but there are more."


@rule("event-gateway.start-with-flow", "Remove the flows into the gateway, or instantiate.")
def starting_event_gateways_have_no_flow_in(index: Index) -> Findings:
    for gateway in index.each("eventBasedGateway"):
        if flag(gateway, "instantiate") and index.incoming.get(gateway):
            yield (
                gateway,
                f"Expected no flow into {say(gateway)}, which starts the process, but there is one.",
            )


def _waits(index: Index) -> Iterator[tuple[Element, Element]]:
    """The flows out of event-based gateways with their targets."""
    for gateway in index.each("eventBasedGateway"):
        for flow in index.outgoing.get(gateway, ()):
            if flow in index.target:
                yield flow, index.target[flow]
