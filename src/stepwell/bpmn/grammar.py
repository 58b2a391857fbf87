"""Which BPMN 2.0 element may stand inside which, with which attributes (BPMN 2.0, the XML schemas).

Written down once as words in strings: ``CHILDREN`` and ``ATTRIBUTES`` map an element's name to the names
allowed in it. The order of children is not checked; editors do not agree on it.
"""

TASKS = frozenset(
    "task userTask manualTask serviceTask scriptTask businessRuleTask sendTask receiveTask".split()
)
SUB_PROCESSES = frozenset("subProcess transaction adHocSubProcess".split())
ACTIVITIES = TASKS | SUB_PROCESSES | {"callActivity"}
GATEWAYS = frozenset(
    "exclusiveGateway inclusiveGateway parallelGateway complexGateway eventBasedGateway".split()
)
CATCHING = frozenset("startEvent intermediateCatchEvent boundaryEvent".split())
THROWING = frozenset("intermediateThrowEvent endEvent".split())
EVENTS = CATCHING | THROWING
_INNER_EVENTS = frozenset("event implicitThrowEvent".split())
CHOREOGRAPHY_ACTIVITIES = frozenset("choreographyTask subChoreography callChoreography".split())
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS
DATA_HOLDERS = frozenset("dataObject dataObjectReference dataStoreReference".split())
ARTIFACTS = frozenset("association group textAnnotation".split())
GLOBAL_TASKS = frozenset(
    "globalTask globalUserTask globalManualTask globalScriptTask globalBusinessRuleTask".split()
)
EVENT_DEFINITIONS = frozenset(
    f"{kind}EventDefinition"
    for kind in "cancel compensate conditional error escalation link message signal terminate timer".split()
)
COLLABORATIONS = frozenset("collaboration globalConversation choreography globalChoreographyTask".split())
CONVERSATIONS = frozenset("conversation subConversation callConversation".split())
RESOURCE_ROLES = frozenset("resourceRole performer humanPerformer potentialOwner".split())
LOOPS = frozenset("standardLoopCharacteristics multiInstanceLoopCharacteristics".split())

_BASE = frozenset("documentation extensionElements".split())
_FLOW_ELEMENT = _BASE | frozenset("auditing monitoring categoryValueRef".split())
_FLOW_NODE = _FLOW_ELEMENT | frozenset("incoming outgoing".split())
_ASSOCIATIONS = frozenset("dataInputAssociation dataOutputAssociation".split())
_ACTIVITY = _FLOW_NODE | _ASSOCIATIONS | RESOURCE_ROLES | LOOPS | {"ioSpecification", "property"}
_FLOW_CONTENT = FLOW_NODES | DATA_HOLDERS | ARTIFACTS | {"sequenceFlow"}
_SUB_PROCESS = _ACTIVITY | _FLOW_CONTENT | {"laneSet"}
_EVENT = _FLOW_NODE | EVENT_DEFINITIONS | {"property", "eventDefinitionRef"}
_CATCH = _EVENT | frozenset("dataOutput dataOutputAssociation outputSet".split())
_THROW = _EVENT | frozenset("dataInput dataInputAssociation inputSet".split())
_CALLABLE = _BASE | frozenset("supportedInterfaceRef ioSpecification ioBinding".split())
_CHOREOGRAPHY_ACTIVITY = _FLOW_NODE | frozenset("participantRef correlationKey".split())
_CHOREOGRAPHY_CONTENT = _FLOW_CONTENT | CHOREOGRAPHY_ACTIVITIES
_COLLABORATION = (
    _BASE
    | CONVERSATIONS
    | ARTIFACTS
    | frozenset(
        "participant messageFlow conversationAssociation participantAssociation messageFlowAssociation"
        " correlationKey choreographyRef conversationLink".split()
    )
)
_CONVERSATION = _BASE | frozenset("participantRef messageFlowRef correlationKey".split())
_ROOTS = (
    EVENT_DEFINITIONS
    | GLOBAL_TASKS
    | COLLABORATIONS
    | RESOURCE_ROLES
    | frozenset(
        "process category correlationProperty dataStore endPoint error escalation eventDefinition"
        " interface itemDefinition message partnerEntity partnerRole resource signal".split()
    )
)


def _base_and(words: str) -> frozenset[str]:
    return _BASE | frozenset(words.split())


CHILDREN: dict[str, frozenset[str]] = {
    "definitions": _base_and("import extension relationship") | _ROOTS,
    "process": _CALLABLE
    | _FLOW_CONTENT
    | RESOURCE_ROLES
    | frozenset("auditing monitoring property laneSet correlationSubscription supports".split()),
    **dict.fromkeys(TASKS | {"callActivity"}, _ACTIVITY),
    "scriptTask": _ACTIVITY | {"script"},
    "userTask": _ACTIVITY | {"rendering"},
    **dict.fromkeys(SUB_PROCESSES, _SUB_PROCESS),
    "adHocSubProcess": _SUB_PROCESS | {"completionCondition"},
    **dict.fromkeys(GATEWAYS, _FLOW_NODE),
    "complexGateway": _FLOW_NODE | {"activationCondition"},
    **dict.fromkeys(CATCHING, _CATCH),
    **dict.fromkeys(THROWING, _THROW),
    **dict.fromkeys(_INNER_EVENTS, _EVENT | _THROW),
    **dict.fromkeys(EVENT_DEFINITIONS, _BASE),
    "conditionalEventDefinition": _base_and("condition"),
    "linkEventDefinition": _base_and("source target"),
    "messageEventDefinition": _base_and("operationRef"),
    "timerEventDefinition": _base_and("timeDate timeDuration timeCycle"),
    "sequenceFlow": _FLOW_ELEMENT | {"conditionExpression"},
    **dict.fromkeys(DATA_HOLDERS, _FLOW_ELEMENT | {"dataState"}),
    "textAnnotation": _base_and("text"),
    **dict.fromkeys(COLLABORATIONS, _COLLABORATION),
    "choreography": _COLLABORATION | _CHOREOGRAPHY_CONTENT,
    "globalChoreographyTask": _COLLABORATION,
    **dict.fromkeys(CONVERSATIONS, _CONVERSATION),
    "subConversation": _CONVERSATION | CONVERSATIONS,
    "callConversation": _CONVERSATION | {"participantAssociation"},
    "choreographyTask": _CHOREOGRAPHY_ACTIVITY | {"messageFlowRef"},
    "subChoreography": _CHOREOGRAPHY_ACTIVITY | _CHOREOGRAPHY_CONTENT,
    "callChoreography": _CHOREOGRAPHY_ACTIVITY | {"participantAssociation"},
    "participant": _base_and("interfaceRef endPointRef participantMultiplicity"),
    "participantAssociation": _base_and("innerParticipantRef outerParticipantRef"),
    "laneSet": _base_and("lane"),
    "lane": _base_and("partitionElement flowNodeRef childLaneSet"),
    "childLaneSet": _base_and("lane"),
    "category": _base_and("categoryValue"),
    **dict.fromkeys(GLOBAL_TASKS, _CALLABLE | RESOURCE_ROLES),
    "globalScriptTask": _CALLABLE | RESOURCE_ROLES | {"script"},
    "globalUserTask": _CALLABLE | RESOURCE_ROLES | {"rendering"},
    "interface": _base_and("operation"),
    "operation": _base_and("inMessageRef outMessageRef errorRef"),
    "ioSpecification": _base_and("dataInput dataOutput inputSet outputSet"),
    **dict.fromkeys(("dataInput", "dataOutput", "property", "dataStore"), _base_and("dataState")),
    **dict.fromkeys(("inputDataItem", "outputDataItem"), _base_and("dataState")),
    "inputSet": _base_and("dataInputRefs optionalInputRefs whileExecutingInputRefs outputSetRefs"),
    "outputSet": _base_and("dataOutputRefs optionalOutputRefs whileExecutingOutputRefs inputSetRefs"),
    **dict.fromkeys(
        (*_ASSOCIATIONS, "dataAssociation"), _base_and("sourceRef targetRef transformation assignment")
    ),
    "assignment": _base_and("from to"),
    **dict.fromkeys(
        RESOURCE_ROLES, _base_and("resourceRef resourceParameterBinding resourceAssignmentExpression")
    ),
    "resourceAssignmentExpression": _base_and("expression formalExpression"),
    "resourceParameterBinding": _base_and("expression formalExpression"),
    "resource": _base_and("resourceParameter"),
    "standardLoopCharacteristics": _base_and("loopCondition"),
    "multiInstanceLoopCharacteristics": _base_and(
        "loopCardinality loopDataInputRef loopDataOutputRef inputDataItem outputDataItem"
        " complexBehaviorDefinition completionCondition"
    ),
    "complexBehaviorDefinition": _BASE | _INNER_EVENTS | {"condition"},
    "correlationKey": _base_and("correlationPropertyRef"),
    "correlationProperty": _base_and("correlationPropertyRetrievalExpression"),
    "correlationPropertyRetrievalExpression": _base_and("messagePath formalExpression"),
    "correlationSubscription": _base_and("correlationPropertyBinding"),
    "correlationPropertyBinding": _base_and("dataPath"),
    "relationship": _base_and("source target"),
    **dict.fromkeys(("partnerEntity", "partnerRole"), _base_and("participantRef")),
}

LEAVES = (
    _BASE
    | ARTIFACTS
    | frozenset(
        "message error escalation signal itemDefinition endPoint eventDefinition import auditing monitoring"
        " categoryValue conversationLink messageFlow conversationAssociation messageFlowAssociation"
        " participantMultiplicity dataState ioBinding partitionElement rendering extension resourceParameter script"
        " text incoming outgoing categoryValueRef flowNodeRef messageFlowRef conditionExpression expression"
        " formalExpression loopCondition transformation activationCondition supports innerParticipantRef"
        " outerParticipantRef choreographyRef".split()
    )
)
KNOWN = frozenset(CHILDREN) | LEAVES | frozenset().union(*CHILDREN.values())

_FLAGS = (
    "isExecutable isClosed isInterrupting cancelActivity parallelMultiple triggeredByEvent instantiate"
    " isForCompensation isSequential testBefore isImmediate isCollection isUnlimited"
    " cancelRemainingInstances waitForCompletion"
)
_NUMBERS = "startQuantity completionQuantity loopMaximum minimum maximum capacity"
VALUES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_FLAGS.split(), ("true", "false", "1", "0")),
    "gatewayDirection": ("Unspecified", "Converging", "Diverging", "Mixed"),
    "eventGatewayType": ("Exclusive", "Parallel"),
    "processType": ("None", "Public", "Private"),
    "associationDirection": ("None", "One", "Both"),
    "itemKind": ("Information", "Physical"),
    "ordering": ("Parallel", "Sequential"),
    "behavior": ("None", "One", "All", "Complex"),
}
NUMBERS = frozenset(_NUMBERS.split())
