"""What BPMN 2.0 has and Stepwell can not run yet, with what an author can use instead."""

from lxml.etree import _Element as Element

from stepwell.bpmn.draft import Draft, complain, place
from stepwell.bpmn.grammar import ACTIVITIES, GATEWAYS
from stepwell.bpmn.index import flag, say, tag

_LATER = "It comes in a later version."
HINTS: dict[str, str] = {
    "complexGateway": f"Use inclusive and parallel gateways with conditions on the flows. {_LATER}",
    "adHocSubProcess": f"Use a sub-process with an inclusive gateway that leads to each activity. {_LATER}",
    "transaction": f"Use a sub-process with error boundary events. {_LATER}",
    "businessRuleTask": f"Use a script task with FEEL. {_LATER}",
    "conditionalEventDefinition": f"Use a timer or a message and ask the condition behind it. {_LATER}",
    "linkEventDefinition": f"Draw the sequence flow. {_LATER}",
    "escalationEventDefinition": f"Use a signal, or an error where the activity ends. {_LATER}",
    "compensateEventDefinition": f"Draw the way that undoes the work as a normal path. {_LATER}",
    "cancelEventDefinition": f"Use a sub-process with an error event. {_LATER}",
    "triggeredByEvent": f"Put boundary events on a sub-process around the activities. {_LATER}",
    "isForCompensation": f"Draw the way that undoes the work as a normal path. {_LATER}",
    "parallelMultiple": f"Put the events one behind the other, or behind a parallel gateway. {_LATER}",
    "instantiate": f"Use one start event for each message. {_LATER}",
    "eventGatewayType": f"Put the events behind a parallel gateway. {_LATER}",
    "completionQuantity": f"Use a parallel gateway with several flows. {_LATER}",
    "choreography": "Draw the process of each participant; a choreography has no one to run it.",
}

_PARTS = frozenset(HINTS) - ACTIVITIES - GATEWAYS - {"choreography"}


def refuse(draft: Draft, element: Element, name: str, part: Element | None = None) -> None:
    """Note that an element (or what ``name`` says about it) can not run yet."""
    found = f"has {name}" if name in _PARTS else "can not run yet"
    message = f"Expected an element that Stepwell can run but {say(element)} {found}."
    hint = HINTS.get(name, _LATER)
    complain(draft, "element.not-executable", place(element, part), message, hint)


def special(element: Element) -> str:
    """The attribute that makes an otherwise plain element one that can not run yet, or nothing."""
    name = tag(element)
    if name == "subProcess" and flag(element, "triggeredByEvent"):
        return "triggeredByEvent"
    if name in ACTIVITIES:
        return _special_activity(element)
    if name == "eventBasedGateway":
        if flag(element, "instantiate"):
            return "instantiate"
        return "eventGatewayType" if element.get("eventGatewayType") == "Parallel" else ""
    return "parallelMultiple" if flag(element, "parallelMultiple") else ""


def _special_activity(element: Element) -> str:
    if flag(element, "isForCompensation"):
        return "isForCompensation"
    plain = element.get("completionQuantity", "1").strip().lstrip("+0") in ("1", "")
    return "" if plain else "completionQuantity"
