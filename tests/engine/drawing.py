"""Elements of a diagram as text: each function gives the XML of one element.

For drawings that are made up by chance or by number; the stories about step kinds have files.
"""

from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from tests.engine import world
from tests.engine.world import flows

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"

CONDITION = "bpmn:tFormalExpression"


def element(tag: str, id: str, inner: str = "", **attributes: object) -> str:
    """Any element; Python's True and False are written as XML writes them."""
    texts = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in attributes.items()
    }
    written = "".join(f" {name}={quoteattr(text)}" for name, text in texts.items())
    return f'<bpmn:{tag} id="{id}"{written}>{inner}</bpmn:{tag}>'


def extended(*inner: str) -> str:
    return f"<bpmn:extensionElements>{''.join(inner)}</bpmn:extensionElements>" if inner else ""


def given(name: str, value: str) -> str:
    """An input: ``value`` is a constant, or FEEL after ``=``."""
    return f"<stepwell:input name={quoteattr(name)} value={quoteattr(value)}/>"


def taken(name: str, value: str) -> str:
    """An output."""
    return f"<stepwell:output name={quoteattr(name)} value={quoteattr(value)}/>"


def start(id: str = "s") -> str:
    return element("startEvent", id)


def end(id: str = "e", definition: str = "") -> str:
    return element("endEvent", id, definition)


def task(tag: str, id: str, *extensions: str, inner: str = "", **attributes: object) -> str:
    return element(tag, id, extended(*extensions) + inner, **attributes)


def user(id: str, *extensions: str, inner: str = "", **attributes: object) -> str:
    return task("userTask", id, *extensions, inner=inner, **attributes)


def script(id: str, text: str, *extensions: str, inner: str = "", **attributes: object) -> str:
    return task(
        "scriptTask", id, *extensions, inner=f"{inner}<bpmn:script>{escape(text)}</bpmn:script>", **attributes
    )


def service(id: str, *extensions: str, inner: str = "", settings: str = "", **attributes: object) -> str:
    job = f'<stepwell:task type="work" {settings}/>'
    return task("serviceTask", id, job, *extensions, inner=inner, **attributes)


def call(id: str, process_id: str, *extensions: str, inner: str = "") -> str:
    return task("callActivity", id, *extensions, inner=inner, calledElement=process_id)


def sub(id: str, content: str, *extensions: str, inner: str = "") -> str:
    return task("subProcess", id, *extensions, inner=inner + content)


def boundary(id: str, host: str, definition: str, interrupting: bool = True, *extensions: str) -> str:
    return element(
        "boundaryEvent",
        id,
        extended(*extensions) + definition,
        attachedToRef=host,
        cancelActivity=interrupting,
    )


def catch(id: str, definition: str, *extensions: str) -> str:
    return element("intermediateCatchEvent", id, extended(*extensions) + definition)


def throw(id: str, definition: str = "", *extensions: str) -> str:
    return element("intermediateThrowEvent", id, extended(*extensions) + definition)


def gateway(kind: str, id: str, **attributes: object) -> str:
    """``kind`` is exclusive, parallel, inclusive or eventBased."""
    return element(f"{kind}Gateway", id, **attributes)


# -- event definitions and what they refer to ------------------------------------------------------------


def timer(duration: str) -> str:
    return f"<bpmn:timerEventDefinition><bpmn:timeDuration>{duration}</bpmn:timeDuration></bpmn:timerEventDefinition>"


def message(id: str) -> str:
    return f'<bpmn:messageEventDefinition messageRef="{id}"/>'


def signal(id: str) -> str:
    return f'<bpmn:signalEventDefinition signalRef="{id}"/>'


def error(id: str = "") -> str:
    return f'<bpmn:errorEventDefinition errorRef="{id}"/>' if id else "<bpmn:errorEventDefinition/>"


TERMINATE = "<bpmn:terminateEventDefinition/>"


def a_message(id: str, key: str = "") -> str:
    """The message ``id`` at the root of the file, with its correlation key."""
    inner = extended(f"<stepwell:correlation key={quoteattr(key)}/>") if key else ""
    return element("message", id, inner, name=id)


def a_signal(id: str) -> str:
    return element("signal", id, name=id)


def an_error(id: str) -> str:
    return element("error", id, name=id, errorCode=id)


# -- loops -----------------------------------------------------------------------------------------------


def loop(condition: str = "", maximum: int = 0, test_before: bool = False) -> str:
    """A standard loop."""
    most = f' loopMaximum="{maximum}"' if maximum else ""
    inner = (
        f'<bpmn:loopCondition xsi:type="{CONDITION}">{escape(condition)}</bpmn:loopCondition>'
        if condition
        else ""
    )
    kind = "standardLoopCharacteristics"
    return f'<bpmn:{kind} testBefore="{str(test_before).lower()}"{most}>{inner}</bpmn:{kind}>'


def each(
    collection: str,
    item: str = "item",
    sequential: bool = False,
    into: str = "",
    of: str = "",
    until: str = "",
) -> str:
    """A multi-instance over a collection; ``of`` each round goes into the list ``into``."""
    output = f"<bpmn:loopDataOutputRef>{into}</bpmn:loopDataOutputRef>" if into else ""
    result = f"<bpmn:outputDataItem name={quoteattr(of)}/>" if of else ""
    inner = (
        f'<bpmn:loopDataInputRef>{escape(collection)}</bpmn:loopDataInputRef>{output}<bpmn:inputDataItem name="{item}"/>'
        + result
    )
    return multiple(inner, sequential, until)


def times(cardinality: str, sequential: bool = False, until: str = "") -> str:
    """A multi-instance by number."""
    inner = f'<bpmn:loopCardinality xsi:type="{CONDITION}">{escape(cardinality)}</bpmn:loopCardinality>'
    return multiple(inner, sequential, until)


def multiple(inner: str, sequential: bool, until: str) -> str:
    if until:
        kind = "completionCondition"
        inner += f'<bpmn:{kind} xsi:type="{CONDITION}">{escape(until)}</bpmn:{kind}>'
    kind = "multiInstanceLoopCharacteristics"
    return f'<bpmn:{kind} isSequential="{str(sequential).lower()}">{inner}</bpmn:{kind}>'


# -- whole processes -------------------------------------------------------------------------------------


def process(inner: str, roots: str = "", id: str = "p") -> bytes:
    """A file with one process; behind a start event, what has no way out gets an end event ``<id>_end``."""
    xml = world.process(inner, roots).replace(b'<bpmn:process id="p"', f'<bpmn:process id="{id}"'.encode())
    tree = etree.fromstring(xml)
    for level in [*tree.iter(f"{BPMN}process", f"{BPMN}subProcess")]:
        if level.find(f"{BPMN}startEvent") is None:
            continue
        left = {flow.get("sourceRef") for flow in level.iterfind(f"{BPMN}sequenceFlow")}
        open_ends = [
            child for child in level if child.get("id") and leads_on(child) and child.get("id") not in left
        ]
        for name in [child.get("id") for child in open_ends]:
            etree.SubElement(level, f"{BPMN}endEvent", id=f"{name}_end")
            etree.SubElement(
                level, f"{BPMN}sequenceFlow", id=f"{name}_{name}_end", sourceRef=name, targetRef=f"{name}_end"
            )
    return etree.tostring(tree)


def leads_on(child: etree._Element) -> bool:
    tag = child.tag.removeprefix(BPMN)
    return tag.endswith(("Task", "task", "Gateway", "Process", "Activity", "Event")) and tag != "endEvent"


def around(middle: str, *elements: str) -> bytes:
    """A process ``s → middle → e`` with further elements (and their flows) beside it; ``middle`` is one element's XML."""
    name = middle.split('id="', 1)[1].split('"', 1)[0]
    return process(start() + middle + end() + flows(f"s {name} e") + "".join(elements))
