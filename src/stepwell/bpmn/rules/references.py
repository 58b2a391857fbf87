"""Every reference leads to something, and to something of the right kind."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from stepwell.bpmn.grammar import (
    ACTIVITIES,
    COLLABORATIONS,
    CONVERSATIONS,
    EVENT_DEFINITIONS,
    EVENTS,
    FLOW_NODES,
    GLOBAL_TASKS,
)
from stepwell.bpmn.index import Index, children, say, tag, text
from stepwell.bpmn.rules.registry import Findings, rule

Kinds = frozenset[str]


def _of(words: str) -> Kinds:
    return frozenset(words.split())


_ITEMS = _of("dataObject dataObjectReference dataStore dataStoreReference dataInput dataOutput property")
_ITEMS_IN_LOOPS = _ITEMS | _of("inputDataItem outputDataItem")
_CHOREOGRAPHY = _of("choreographyTask subChoreography callChoreography")
_TALKERS = ACTIVITIES | EVENTS | CONVERSATIONS | _CHOREOGRAPHY | {"participant"}

ATTRIBUTES: dict[str, dict[str, Kinds]] = {
    "sequenceFlow": {"sourceRef": FLOW_NODES | _CHOREOGRAPHY, "targetRef": FLOW_NODES | _CHOREOGRAPHY},
    "messageFlow": {"sourceRef": _TALKERS, "targetRef": _TALKERS, "messageRef": _of("message")},
    "conversationLink": {"sourceRef": _TALKERS, "targetRef": _TALKERS},
    "boundaryEvent": {"attachedToRef": ACTIVITIES},
    **{name: {"default": _of("sequenceFlow")} for name in ACTIVITIES},
    **{name: {"default": _of("sequenceFlow")} for name in ("exclusiveGateway", "inclusiveGateway")},
    "complexGateway": {"default": _of("sequenceFlow")},
    "serviceTask": {"default": _of("sequenceFlow"), "operationRef": _of("operation")},
    **{
        name: {
            "default": _of("sequenceFlow"),
            "operationRef": _of("operation"),
            "messageRef": _of("message"),
        }
        for name in ("sendTask", "receiveTask")
    },
    "messageEventDefinition": {"messageRef": _of("message")},
    "signalEventDefinition": {"signalRef": _of("signal")},
    "errorEventDefinition": {"errorRef": _of("error")},
    "escalationEventDefinition": {"escalationRef": _of("escalation")},
    "compensateEventDefinition": {"activityRef": ACTIVITIES},
    **{name: {"structureRef": _of("itemDefinition")} for name in ("signal", "error", "escalation")},
    "message": {"itemRef": _of("itemDefinition")},
    **{
        name: {"itemSubjectRef": _of("itemDefinition")}
        for name in "dataObject dataInput dataOutput property dataStore inputDataItem outputDataItem".split()
    },
    "dataObjectReference": {"dataObjectRef": _of("dataObject"), "itemSubjectRef": _of("itemDefinition")},
    "dataStoreReference": {"dataStoreRef": _of("dataStore")},
    "participant": {"processRef": _of("process")},
    "process": {"definitionalCollaborationRef": COLLABORATIONS},
    "callConversation": {"calledCollaborationRef": COLLABORATIONS},
    "correlationPropertyRetrievalExpression": {"messageRef": _of("message")},
    "correlationSubscription": {"correlationKeyRef": _of("correlationKey")},
    "correlationPropertyBinding": {"correlationPropertyRef": _of("correlationProperty")},
    "resourceParameterBinding": {"parameterRef": _of("resourceParameter")},
    "multiInstanceLoopCharacteristics": dict.fromkeys(
        ("oneBehaviorEventRef", "noneBehaviorEventRef"), EVENT_DEFINITIONS
    ),
    "ioBinding": {
        "inputDataRef": _of("dataInput inputSet"),
        "outputDataRef": _of("dataOutput outputSet"),
        "operationRef": _of("operation"),
    },
    "group": {"categoryValueRef": _of("categoryValue")},
}

_ANY_EVENT = frozenset(EVENTS)
_INPUT_SETS = {
    name: _of("dataInput") for name in ("dataInputRefs", "optionalInputRefs", "whileExecutingInputRefs")
}
_OUTPUT_SETS = {
    name: _of("dataOutput") for name in ("dataOutputRefs", "optionalOutputRefs", "whileExecutingOutputRefs")
}
CONTENTS: dict[str, dict[str, Kinds]] = {
    **{name: dict.fromkeys(("incoming", "outgoing"), _of("sequenceFlow")) for name in FLOW_NODES},
    **{
        name: {
            **dict.fromkeys(("incoming", "outgoing"), _of("sequenceFlow")),
            "eventDefinitionRef": EVENT_DEFINITIONS,
        }
        for name in _ANY_EVENT
    },
    "lane": {"flowNodeRef": FLOW_NODES | _of("dataObjectReference dataStoreReference dataObject")},
    "inputSet": {**_INPUT_SETS, "outputSetRefs": _of("outputSet")},
    "outputSet": {**_OUTPUT_SETS, "inputSetRefs": _of("inputSet")},
    "operation": {
        **dict.fromkeys(("inMessageRef", "outMessageRef"), _of("message")),
        "errorRef": _of("error"),
    },
    "messageEventDefinition": {"operationRef": _of("operation")},
    "participant": {"interfaceRef": _of("interface"), "endPointRef": _of("endPoint")},
    "process": {"supportedInterfaceRef": _of("interface")},
    **{name: {"supportedInterfaceRef": _of("interface")} for name in GLOBAL_TASKS},
    "multiInstanceLoopCharacteristics": dict.fromkeys(("loopDataInputRef", "loopDataOutputRef"), _ITEMS),
    "linkEventDefinition": dict.fromkeys(("source", "target"), _of("linkEventDefinition")),
    "correlationKey": {"correlationPropertyRef": _of("correlationProperty")},
    "dataInputAssociation": {"sourceRef": _ITEMS_IN_LOOPS, "targetRef": _ITEMS_IN_LOOPS},
    "dataOutputAssociation": {"sourceRef": _ITEMS_IN_LOOPS, "targetRef": _ITEMS_IN_LOOPS},
    **{name: {"resourceRef": _of("resource")} for name in ("performer", "humanPerformer", "potentialOwner")},
}


_UNUSED = frozenset("operationRef inMessageRef outMessageRef structureRef".split())
_NAMES_OF_VARIABLES = frozenset("loopDataInputRef loopDataOutputRef".split())


def _references(index: Index) -> Iterator[tuple[Element, str, str, Kinds]]:
    """Every reference of the file: who refers, by which name, to what, and the kinds it may be."""
    for owner, names in ATTRIBUTES.items():
        for element in index.each(owner):
            for name, kinds in names.items():
                if element.get(name):
                    yield element, name, element.get(name, ""), kinds
    for owner, names in CONTENTS.items():
        for element in index.each(owner):
            for inner in children(element, *names):
                yield element, tag(inner), text(inner), names[tag(inner)]


@rule("reference.unresolved", "Correct the id, or add the element that is meant.")
def references_lead_somewhere(index: Index) -> Findings:
    for element, name, reference in _dangling(index):
        if name not in _UNUSED:
            yield (
                element,
                f"Expected an element {reference!r} for {name} of {say(element)} but there is none.",
            )


@rule("reference.unresolved-service", "Correct the id; services and types have no effect here.", warning=True)
def references_to_services_lead_somewhere(index: Index) -> Findings:
    for element, name, reference in _dangling(index):
        if name in _UNUSED:
            yield (
                element,
                f"Expected an element {reference!r} for {name} of {say(element)} but there is none.",
            )


def _dangling(index: Index) -> Iterator[tuple[Element, str, str]]:
    for element, name, reference, _ in _references(index):
        found = index.find(reference) is not None or index.is_imported(reference)
        if not found and name not in _NAMES_OF_VARIABLES:
            yield element, name, reference


@rule("reference.wrong-kind", "Refer to an element of the right kind.")
def references_lead_to_the_right_kind(index: Index) -> Findings:
    for element, name, reference, kinds in _references(index):
        found = index.find(reference)
        if found is not None and tag(found) not in kinds:
            yield element, f"Expected {name} of {say(element)} to be {_list(kinds)} but it is {say(found)}."


def _list(kinds: Kinds) -> str:
    return (
        " or ".join(sorted(kinds)) if len(kinds) <= 3 else _FAMILIES.get(kinds, "an element of another kind")
    )


_FAMILIES = {
    FLOW_NODES | _CHOREOGRAPHY: "an event, activity or gateway",
    ACTIVITIES: "an activity",
    EVENT_DEFINITIONS: "an event definition",
    _TALKERS: "a participant, activity or event",
    _ITEMS: "a data object, data input or property",
    _ITEMS_IN_LOOPS: "a data object, data input or property",
}
