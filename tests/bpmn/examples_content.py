"""For each rule about messages, data, expressions and extensions a model that breaks it."""

from tests.bpmn.build import flow, line, process
from tests.bpmn.examples_flow import SIGNAL, TASK, TIMER

ITEMS = '<itemDefinition id="one" structureRef="text"/><itemDefinition id="two" structureRef="number"/>'
MESSAGE = ITEMS + '<message id="m" itemRef="one"/>'
OPERATION = '<interface id="if"><operation id="op"><inMessageRef>m</inMessageRef></operation></interface>'
LOOP = '<task id="a"><multiInstanceLoopCharacteristics>{}</multiInstanceLoopCharacteristics></task>'
POOLS = '<collaboration id="c"><participant id="q" processRef="p"/><participant id="r"/>{}</collaboration>'


def data(content: str, kind: str = "task", attributes: str = "", more: str = "") -> str:
    """A step ``a`` with an ``ioSpecification`` of this content."""
    return line(f'<{kind} id="a" {attributes}><ioSpecification>{content}</ioSpecification>{more}</{kind}>')


def own(content: str) -> str:
    """A user task with extension elements of this content."""
    return line(f'<userTask id="a"><extensionElements>{content}</extensionElements></userTask>')


def thrown(definition: str) -> str:
    return line(f'<intermediateThrowEvent id="a">{definition}</intermediateThrowEvent>')


def timer(inside: str) -> str:
    return line(
        f'<intermediateCatchEvent id="a"><timerEventDefinition>{inside}</timerEventDefinition></intermediateCatchEvent>'
    )


def condition(text: str, kind: str = 'xsi:type="tFormalExpression"') -> str:
    event = f"<conditionalEventDefinition><condition {kind}>{text}</condition></conditionalEventDefinition>"
    return line(f'<intermediateCatchEvent id="a">{event}</intermediateCatchEvent>')


def called(process_content: str, call: str = "") -> str:
    return f'<process id="c" isExecutable="true">{process_content}</process>' + line(
        f'<callActivity id="a" calledElement="c">{call}</callActivity>'
    )


ONE_IN = '<dataInput id="i" itemSubjectRef="one"/><inputSet><dataInputRefs>i</dataInputRefs></inputSet>'
TWO_IN = ONE_IN.replace('Ref="one"', 'Ref="two"')
OBJECT = '<dataObject id="o"/>'
OFFER = '<process id="p2"><supportedInterfaceRef>if</supportedInterfaceRef>{}</process>'
FORMAL = 'xsi:type="tFormalExpression"'
DURATION = f"<timeDuration {FORMAL}>PT1S</timeDuration>"

EXAMPLES = {
    "message.missing": thrown("<messageEventDefinition/>"),
    "message.operation-missing": MESSAGE + OPERATION + thrown('<messageEventDefinition messageRef="m"/>'),
    "signal.missing": thrown("<signalEventDefinition/>"),
    "record-signal.no-signal": line(
        '<intermediateCatchEvent id="a"><extensionElements><stepwell:recordSignal recordType="case" on="added"/>'
        f"</extensionElements>{TIMER}</intermediateCatchEvent>"
    ),
    "escalation.code-missing": thrown("<escalationEventDefinition/>"),
    "error.code-missing": line(TASK).replace(
        '<endEvent id="e"/>', '<endEvent id="e"><errorEventDefinition/></endEvent>'
    ),
    "activity.quantity": line('<task id="a" startQuantity="0"/>'),
    "activity.loops-doubled": line(
        '<task id="a"><standardLoopCharacteristics/><multiInstanceLoopCharacteristics/></task>'
    ),
    "multi-instance.count-missing": line(LOOP.format("")),
    "multi-instance.count": line(LOOP.format("<loopCardinality>-1</loopCardinality>")),
    "multi-instance.collection": data(
        "<inputSet/>", more=LOOP.format("<loopDataInputRef>x</loopDataInputRef>")[13:-7]
    ),
    "multi-instance.item": ITEMS
    + data(
        ONE_IN,
        more=LOOP.format(
            '<loopDataInputRef>i</loopDataInputRef><inputDataItem id="j" itemSubjectRef="two"/>'
        )[13:-7],
    ),
    "receive-task.start-with-flow": line('<receiveTask id="a" instantiate="true"/>'),
    "sub-process.data": data("<inputSet/>", kind="subProcess"),
    "ad-hoc.empty": line('<adHocSubProcess id="a"/>'),
    "ad-hoc.event": line('<adHocSubProcess id="a"><startEvent id="i"/><task id="b"/></adHocSubProcess>'),
    "role.doubled": '<resource id="r"/>'
    + line(
        '<task id="a"><performer><resourceRef>r</resourceRef><resourceAssignmentExpression/></performer></task>'
    ),
    "role.parameter-without-resource": line(
        '<task id="a"><performer><resourceParameterBinding/></performer></task>'
    ),
    "script.format-missing": line('<scriptTask id="a"><script>1</script></scriptTask>'),
    "call.kind": line('<callActivity id="a" calledElement="s"/>'),
    "call.no-plain-start": SIGNAL
    + called(f'<startEvent id="i">{TIMER}</startEvent><endEvent id="j"/>' + flow("f9", "i", "j")),
    "call.data": called("<task id='i'/>", f"<ioSpecification>{ONE_IN}</ioSpecification>"),
    "service.binding-missing": MESSAGE + OPERATION + OFFER.format(""),
    "service.binding": MESSAGE
    + OPERATION
    + OFFER.format(
        f"<ioSpecification>{TWO_IN}</ioSpecification>"
        '<ioBinding operationRef="op" inputDataRef="i" outputDataRef="i"/>'
    ),
    "task.input-set": MESSAGE + OPERATION + line('<serviceTask id="a" operationRef="op"/>'),
    "task.message-data": MESSAGE + data(ONE_IN + "<inputSet/>", "sendTask", 'messageRef="m"'),
    "task.message-item": MESSAGE + data(TWO_IN, "sendTask", 'messageRef="m"'),
    "event.data": MESSAGE
    + thrown('<dataInput id="i"/><messageEventDefinition messageRef="m"/><signalEventDefinition/>'),
    "item.collection": ITEMS + process('<dataObject id="o" itemSubjectRef="one" isCollection="true"/>'),
    "data.sources": process(
        '<dataObject id="o"/><task id="a"><dataInputAssociation><sourceRef>o</sourceRef><sourceRef>o</sourceRef>'
        "</dataInputAssociation></task>"
    ),
    "data.process-input-written": process(
        f"<ioSpecification>{ONE_IN}</ioSpecification><task id='a'><dataOutputAssociation>"
        "<targetRef>i</targetRef></dataOutputAssociation></task>"
    ),
    "data.process-output-read": process(
        '<ioSpecification><dataOutput id="i"/></ioSpecification><task id="a"><dataInputAssociation>'
        "<sourceRef>i</sourceRef></dataInputAssociation></task>"
    ),
    "data-set.unlisted": data('<dataInput id="i"/><inputSet/>'),
    "data-set.optional": data(
        '<dataInput id="i"/><inputSet><optionalInputRefs>i</optionalInputRefs></inputSet>'
    ),
    "data-set.one-sided": data(
        '<inputSet id="in"><outputSetRefs>out</outputSetRefs></inputSet><outputSet id="out"/>'
    ),
    "message-flow.same-pool": POOLS.format('<messageFlow id="mf" sourceRef="q" targetRef="a"/>') + line(TASK),
    "message-flow.direction": POOLS.format('<messageFlow id="mf" sourceRef="s" targetRef="r"/>') + line(TASK),
    "message-flow.event-kind": POOLS.format('<messageFlow id="mf" sourceRef="r" targetRef="s"/>')
    + line(TASK),
    "participant.multiplicity": '<collaboration id="c"><participant id="q">'
    '<participantMultiplicity minimum="3" maximum="2"/></participant></collaboration>',
    "conversation.global": '<globalConversation id="c"><conversation id="d"/></globalConversation>',
    "process.public-executable": process("", 'processType="Public"'),
    "collaboration.choreography": '<choreography id="h" isClosed="true"/>'
    '<collaboration id="c"><choreographyRef>h</choreographyRef></collaboration>',
    "expression.empty": condition(""),
    "expression.informal": condition("the customer is happy", ""),
    "expression.type-missing": condition("x > 1", ""),
    "expression.language-malformed": condition("x", f'language="no%way" {FORMAL}'),
    "timer.times": timer(DURATION + f"<timeDate {FORMAL}>2030-01-01T00:00:00</timeDate>"),
    "timer.missing": timer(""),
    "timer.malformed": timer(f"<timeDuration {FORMAL}>five minutes</timeDuration>"),
    "condition.missing": line(
        '<intermediateCatchEvent id="a"><conditionalEventDefinition/></intermediateCatchEvent>'
    ),
    "condition.not-boolean": condition("23"),
    "language.not-feel": condition("x", f'language="javascript" {FORMAL}'),
    "language.script-not-feel": line(
        '<scriptTask id="a" scriptFormat="python"><script>1</script></scriptTask>'
    ),
    "language.dialect": condition("${x}"),
    "extension.unknown": own("<stepwell:asignment/>"),
    "extension.attribute-unknown": own('<stepwell:assignment usr="x"/>'),
    "extension.value": own('<stepwell:question multiple="maybe"/>'),
    "extension.text": own("<stepwell:assignment>Ann</stepwell:assignment>"),
    "extension.misplaced": line('<task id="a" stepwell:user="x"/>'),
    "extension.foreign": line('<task id="a" other:color="red"/>'),
}
