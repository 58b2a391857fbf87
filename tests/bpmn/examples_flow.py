"""For each rule about steps and flows a model that breaks it."""

from tests.bpmn.build import flow, line, process

TASK = '<task id="a"/>'
TIMER = '<timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1S</timeDuration></timerEventDefinition>'
YES = '<conditionExpression xsi:type="tFormalExpression">x</conditionExpression>'
RESULTS = '<extensionElements><stepwell:results of="s" codes="y"/></extensionElements>'
SIGNAL = '<signal id="sig" name="sig"/>'
CAUGHT = '<signalEventDefinition signalRef="sig"/>'


def two_ways(gateway: str, second: str = '<task id="b"/>', inside: str = "", more: str = "") -> str:
    """A start, the gateway ``a`` and two steps behind it: a timer ``t`` and ``b``."""
    timer = f'<intermediateCatchEvent id="t">{TIMER}</intermediateCatchEvent>'
    flows = flow("g1", "a", "t") + flow("g2", "a", "b", inside) + flow("g3", "t", "e") + flow("g4", "b", "e")
    ends = '<startEvent id="s"/><endEvent id="e"/>'
    return SIGNAL + process(ends + gateway + timer + second + flow("f1", "s", "a") + flows + more)


WAIT = '<eventBasedGateway id="a"/>'
RECEIVE = '<receiveTask id="b"/>'


def boundary(definition: str, more: str = "", host: str = TASK) -> str:
    """A boundary event ``b`` on the step ``a``, with a flow of its own."""
    event = f'<boundaryEvent id="b" attachedToRef="a" {more}>{definition}</boundaryEvent>'
    return SIGNAL + line(host, event + flow("f3", "b", "e"))


def event_sub_process(inside: str, more: str = "") -> str:
    return SIGNAL + line(TASK, f'<subProcess id="x" triggeredByEvent="true">{inside}</subProcess>{more}')


STARTED = f'<startEvent id="i">{CAUGHT}</startEvent><endEvent id="j"/>' + flow("f9", "i", "j")

EXAMPLES = {
    "element.unknown": line('<userTsk id="a"/>'),
    "element.misplaced": line('<task id="a"><script>x</script></task>'),
    "id.missing": line(TASK, "<task/>"),
    "id.doubled": line(TASK, TASK),
    "attribute.missing": line(TASK, '<sequenceFlow id="f3" sourceRef="a"/>'),
    "attribute.unknown": line('<task id="a" startQuantiy="2"/>'),
    "attribute.value": line('<task id="a" isForCompensation="yes"/>'),
    "process.not-executable": '<process id="p"/>',
    "process.missing": '<collaboration id="c"/>',
    "content.foreign": line('<task id="a"><other:x/></task>'),
    "reference.unresolved": line(TASK, flow("f3", "a", "nowhere")),
    "reference.unresolved-service": line('<serviceTask id="a" operationRef="nothing"/>'),
    "reference.wrong-kind": line(TASK, '<textAnnotation id="n"/>' + flow("f3", "a", "n")),
    "flow.crosses-border": line(
        TASK, '<subProcess id="x"><task id="b"/></subProcess>' + flow("f3", "a", "b")
    ),
    "flow.half-listed": line('<task id="a"><incoming>f1</incoming></task>'),
    "flow.listed-elsewhere": line('<task id="a"><incoming>f2</incoming></task>'),
    "flow.not-immediate": line(
        TASK, '<sequenceFlow id="f3" sourceRef="s" targetRef="a" isImmediate="false"/>'
    ),
    "flow.lonely-condition": process('<task id="a"/><task id="b"/>' + flow("f", "a", "b", YES)),
    "flow.default-elsewhere": line('<task id="a" default="f1"/>'),
    "flow.default-with-condition": two_ways('<exclusiveGateway id="a" default="g2"/>', inside=YES),
    "results.on-default": two_ways('<exclusiveGateway id="a" default="g2"/>', inside=RESULTS),
    "flow.condition-ignored": two_ways('<parallelGateway id="a"/>', inside=YES),
    "flow.none-in": line(TASK, '<task id="b"/>' + flow("f3", "b", "e")),
    "flow.none-out": line(TASK, '<task id="b"/>' + flow("f3", "s", "b")),
    "gateway.direction": two_ways('<parallelGateway id="a" gatewayDirection="Converging"/>'),
    "gateway.pointless": line('<parallelGateway id="a"/>'),
    "gateway.condition-missing": two_ways('<exclusiveGateway id="a"/>', inside=YES),
    "event-gateway.condition": two_ways(WAIT, RECEIVE, YES),
    "event-gateway.too-few": line(WAIT),
    "event-gateway.target": two_ways(WAIT),
    "event-gateway.mixed": two_ways(
        WAIT,
        RECEIVE,
        more='<intermediateCatchEvent id="c"><messageEventDefinition/></intermediateCatchEvent>'
        + flow("g5", "a", "c")
        + flow("g6", "c", "e"),
    ),
    "event-gateway.boundary": two_ways(
        WAIT,
        RECEIVE,
        more=f'<boundaryEvent id="c" attachedToRef="b">{TIMER}</boundaryEvent>' + flow("g5", "c", "e"),
    ),
    "event-gateway.target-shared": two_ways(WAIT, RECEIVE, more=flow("g5", "s", "b")),
    "event-gateway.start-with-flow": two_ways('<eventBasedGateway id="a" instantiate="true"/>', RECEIVE),
    "event.kind": line(f'<intermediateThrowEvent id="a">{TIMER}</intermediateThrowEvent>'),
    "event.kind-missing": line('<intermediateCatchEvent id="a"/>'),
    "event.cancel-outside-transaction": boundary("<cancelEventDefinition/>"),
    "event.start-with-flow-in": line(TASK, flow("f3", "a", "s")),
    "event.end-with-flow-out": line(TASK, flow("f3", "e", "a")),
    "event.boundary-with-flow-in": boundary(CAUGHT).replace(
        "</process>", flow("f4", "s", "b") + "</process>"
    ),
    "event.start-missing": process('<task id="a"/><endEvent id="e"/>' + flow("f", "a", "e")),
    "event.end-missing": process('<startEvent id="s"/><task id="a"/>' + flow("f", "s", "a")),
    "link.with-flow": line(
        '<intermediateThrowEvent id="a"><linkEventDefinition name="n"/></intermediateThrowEvent>'
    ),
    "link.target-missing": line(
        '<intermediateThrowEvent id="a"><linkEventDefinition name="n"/></intermediateThrowEvent>'
    ),
    "link.source-missing": line(
        '<intermediateCatchEvent id="a"><linkEventDefinition name="n"/></intermediateCatchEvent>'
    ),
    "compensation.handler-missing": boundary("<compensateEventDefinition/>"),
    "compensation.handler-unmarked": boundary("<compensateEventDefinition/>").replace(
        "</process>", '<task id="u"/><association id="as" sourceRef="b" targetRef="u"/></process>'
    ),
    "compensation.with-flow": boundary("<compensateEventDefinition/>"),
    "event-sub-process.with-flow": event_sub_process(STARTED, flow("f3", "a", "x")),
    "event-sub-process.start": event_sub_process("<task id='b'/>"),
}
