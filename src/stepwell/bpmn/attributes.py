"""The attributes of the elements that steer a process, so that a misspelt one is found (BPMN 2.0 schemas)."""

from stepwell.bpmn.grammar import ACTIVITIES, EVENT_DEFINITIONS, GATEWAYS, THROWING

_ID = frozenset({"id"})
_NAMED = frozenset({"id", "name"})
_ACTIVITY = _NAMED | frozenset("isForCompensation startQuantity completionQuantity default".split())
_SUB_PROCESS = _ACTIVITY | {"triggeredByEvent"}
_GATEWAY = _NAMED | {"gatewayDirection"}
_ITEM = _NAMED | frozenset("itemSubjectRef isCollection".split())


def _and(given: frozenset[str], words: str) -> frozenset[str]:
    return given | frozenset(words.split())


ATTRIBUTES: dict[str, frozenset[str]] = {
    "process": _and(_NAMED, "processType isClosed isExecutable definitionalCollaborationRef"),
    **dict.fromkeys(ACTIVITIES, _ACTIVITY),
    "userTask": _and(_ACTIVITY, "implementation"),
    "businessRuleTask": _and(_ACTIVITY, "implementation"),
    "serviceTask": _and(_ACTIVITY, "implementation operationRef"),
    "sendTask": _and(_ACTIVITY, "implementation operationRef messageRef"),
    "receiveTask": _and(_ACTIVITY, "implementation operationRef messageRef instantiate"),
    "scriptTask": _and(_ACTIVITY, "scriptFormat"),
    "callActivity": _and(_ACTIVITY, "calledElement"),
    "subProcess": _SUB_PROCESS,
    "transaction": _and(_SUB_PROCESS, "method"),
    "adHocSubProcess": _and(_SUB_PROCESS, "cancelRemainingInstances ordering"),
    **dict.fromkeys(GATEWAYS, _GATEWAY),
    "exclusiveGateway": _and(_GATEWAY, "default"),
    "inclusiveGateway": _and(_GATEWAY, "default"),
    "complexGateway": _and(_GATEWAY, "default"),
    "eventBasedGateway": _and(_GATEWAY, "instantiate eventGatewayType"),
    "startEvent": _and(_NAMED, "parallelMultiple isInterrupting"),
    "intermediateCatchEvent": _and(_NAMED, "parallelMultiple"),
    "boundaryEvent": _and(_NAMED, "parallelMultiple cancelActivity attachedToRef"),
    **dict.fromkeys(THROWING, _NAMED),
    **dict.fromkeys(EVENT_DEFINITIONS, _ID),
    "linkEventDefinition": _NAMED,
    "messageEventDefinition": _and(_ID, "messageRef"),
    "signalEventDefinition": _and(_ID, "signalRef"),
    "errorEventDefinition": _and(_ID, "errorRef"),
    "escalationEventDefinition": _and(_ID, "escalationRef"),
    "compensateEventDefinition": _and(_ID, "activityRef waitForCompletion"),
    "sequenceFlow": _and(_NAMED, "sourceRef targetRef isImmediate"),
    "messageFlow": _and(_NAMED, "sourceRef targetRef messageRef"),
    "lane": _and(_NAMED, "partitionElementRef"),
    "participant": _and(_NAMED, "processRef"),
    "message": _and(_NAMED, "itemRef"),
    "signal": _and(_NAMED, "structureRef"),
    "error": _and(_NAMED, "structureRef errorCode"),
    "escalation": _and(_NAMED, "structureRef escalationCode"),
    "standardLoopCharacteristics": _and(_ID, "testBefore loopMaximum"),
    "multiInstanceLoopCharacteristics": _and(
        _ID, "isSequential behavior oneBehaviorEventRef noneBehaviorEventRef"
    ),
    "dataObject": _ITEM,
    "dataInput": _ITEM,
    "dataOutput": _ITEM,
    "property": _NAMED | {"itemSubjectRef"},
    "dataObjectReference": _and(_NAMED, "itemSubjectRef dataObjectRef"),
}
