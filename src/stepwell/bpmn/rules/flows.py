"""Sequence flows: what they may connect, and how their ends name them (BPMN 2.0, 8.3.13 and 10.4 to 10.6)."""

from lxml.etree import _Element as Element

from stepwell.bpmn.draft import extension
from stepwell.bpmn.grammar import ACTIVITIES, FLOW_NODES
from stepwell.bpmn.index import Index, child, children, flag, say, tag, text
from stepwell.bpmn.rules.gateways import is_chosen
from stepwell.bpmn.rules.registry import Findings, rule

_DEFAULTS = (*sorted(ACTIVITIES), "exclusiveGateway", "inclusiveGateway", "complexGateway")


@rule("flow.crosses-border", "Connect steps of the same process or sub-process; between pools use a message.")
def flows_stay_inside_their_scope(index: Index) -> Findings:
    for flow, source in index.source.items():
        target = index.target.get(flow)
        if target is not None and source.getparent() is not target.getparent():
            yield flow, f"Expected both ends of {say(flow)} in one process but {say(target)} is in another."


@rule(
    "flow.half-listed",
    "List the flow as outgoing of its source and as incoming of its target, or at neither.",
)
def flows_are_listed_at_both_ends(index: Index) -> Findings:
    """Editors write both; a person may leave both out; one alone contradicts the flow's own ends."""
    listed = {end: _listed(index, end) for end in ("incoming", "outgoing")}
    for flow, source in index.source.items():
        target = index.target.get(flow)
        out, into = (
            (flow.get("id"), source) in listed["outgoing"],
            (flow.get("id"), target) in listed["incoming"],
        )
        if target is not None and out != into:
            silent = target if out else source
            yield flow, f"Expected {say(flow)} to be listed at both ends but {say(silent)} does not list it."


@rule("flow.listed-elsewhere", "Remove the line, or let the flow begin or end here.")
def listed_flows_really_end_here(index: Index) -> Findings:
    for end, known in (("incoming", index.target), ("outgoing", index.source)):
        for name, element in sorted(_listed(index, end), key=lambda pair: pair[0]):
            flow = index.find(name)
            if flow is not None and flow in known and known[flow] is not element:
                real = say(known[flow])
                yield (
                    element,
                    f"Expected {end} of {say(element)} to be its flows but {name!r} is that of {real}.",
                )


def _listed(index: Index, end: str) -> set[tuple[str, Element]]:
    """The flow ids that elements list as incoming or outgoing; prefixes are resolved."""
    found = set()
    for element in index.each(*FLOW_NODES):
        for line in children(element, end):
            flow = index.find(text(line))
            found.add((flow.get("id", "") if flow is not None else text(line), element))
    return found


@rule("flow.not-immediate", "Remove isImmediate: an executable process follows its flows at once.")
def executable_flows_are_immediate(index: Index) -> Findings:
    for flow in index.each("sequenceFlow"):
        if not flag(flow, "isImmediate", default=True) and index.runs(flow):
            yield flow, f"Expected isImmediate to be true but it is false on {say(flow)}."


@rule("flow.lonely-condition", "Add a second flow for the other case, or remove the condition.")
def a_conditional_flow_of_an_activity_is_not_alone(index: Index) -> Findings:
    for activity in index.each(*ACTIVITIES):
        flows = index.outgoing.get(activity, [])
        if len(flows) == 1 and is_chosen(flows[0]):
            yield flows[0], f"Expected another flow out of {say(activity)} but the conditional one is alone."


@rule("flow.default-elsewhere", "Name a flow that begins at this step as its default.")
def the_default_flow_begins_here(index: Index) -> Findings:
    for element in index.each(*_DEFAULTS):
        flow = index.referred(element, "default") if element.get("default") else None
        if flow is not None and tag(flow) == "sequenceFlow" and index.source.get(flow) is not element:
            yield element, f"Expected the default flow to begin at {say(element)} but {say(flow)} does not."


@rule(
    "flow.default-with-condition",
    "Remove the condition: a default flow is taken when no other is.",
    warning=True,
)
def the_default_flow_has_no_condition(index: Index) -> Findings:
    for element in index.each(*_DEFAULTS):
        flow = index.referred(element, "default") if element.get("default") else None
        if flow is not None and child(flow, "conditionExpression") is not None:
            yield flow, f"Expected no condition on the default flow {say(flow)} but it has one."


@rule("results.on-default", "Remove the results, or make another flow the default.", warning=True, own=True)
def the_default_flow_names_no_results(index: Index) -> Findings:
    for element in index.each(*_DEFAULTS):
        flow = index.referred(element, "default") if element.get("default") else None
        if flow is not None and extension(flow, "results") is not None:
            yield flow, f"Expected no results on the default flow {say(flow)} but it names some."


@rule("flow.condition-ignored", "Put an exclusive or inclusive gateway before the flow.", warning=True)
def conditions_stand_where_they_are_asked(index: Index) -> Findings:
    for flow, source in index.source.items():
        asked = tag(source) in _DEFAULTS or tag(source) == "eventBasedGateway"
        if not asked and child(flow, "conditionExpression") is not None:
            yield flow, f"Expected no condition on a flow out of {say(source)} but {say(flow)} has one."
