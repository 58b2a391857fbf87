"""Rewriting betsy's models into what Stepwell runs, as the suite's README prescribes.

Each script is one keyword. What it logs is collected in a variable named after its process; waiting and
throwing become a sub-process with a timer or an error end event, so boundary events work on them as on any
activity. Expressions are put into FEEL.
"""

import re

from lxml import etree

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
TRACE = '{{trace: append(if trace = null then [] else trace, "{}")}}'
VARIABLE = "trace_of_{}"
SCRIPTS = {
    "CREATE_LOG_FILE": "{}",
    "CREATE_MARKER_FILE": TRACE.format("MARKER"),
    "INCREMENT_INTEGER_VARIABLE": "{integerVariable: integerVariable + 1}",
    "INCREMENT_INTEGER_VARIABLE_AND_LOG": (
        '{integerVariable: integerVariable + 1, trace: append(trace, "INCREMENT_correct")}'
    ),
    "SET_STRING_DATA": '{data: "String"}',
    "LOG_DATA": '{trace: if data = "String" then append(trace, "DATA_correct") else trace}',
}
INSIDE = {
    "WAIT_TEN_SECONDS": (
        '<intermediateCatchEvent id="{0}_in"><timerEventDefinition><timeDuration xmlns:xsi='
        '"http://www.w3.org/2001/XMLSchema-instance" xsi:type="tFormalExpression">PT10S</timeDuration>'
        "</timerEventDefinition></intermediateCatchEvent>"
    ),
    "THROW_ERROR": '<endEvent id="{0}_in"><errorEventDefinition errorRef="betsy_error"/></endEvent>',
}
EXPRESSIONS = ("conditionExpression", "loopCondition", "completionCondition", "loopCardinality")


def name(tag: str) -> str:
    """A tag in BPMN's namespace."""
    return f"{{{MODEL}}}{tag}"


def rewrite(xml: bytes) -> bytes:
    """The model with FEEL in place of keywords and Java-like expressions."""
    root = etree.fromstring(xml)
    for script in list(root.iter(name("script"))):
        rewrite_script(root, script.getparent(), script)
    for tag in EXPRESSIONS:
        for expression in root.iter(name(tag)):
            expression.text = to_feel(expression.text or "")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def rewrite_script(root: etree._Element, task: etree._Element, script: etree._Element) -> None:
    keyword = (script.text or "").strip()
    if keyword not in INSIDE:
        text = SCRIPTS.get(keyword) or TRACE.format(keyword)
        script.text = re.sub(r"\btrace\b", VARIABLE.format(process_id(task)), text)
        return
    task.tag = name("subProcess")
    identifier = task.get("id", "")
    inner = f'<x xmlns="{MODEL}"><startEvent id="{identifier}_s"/>{INSIDE[keyword].format(identifier)}'
    last = (
        f'{identifier}_in"/>'
        if keyword == "THROW_ERROR"
        else f'{identifier}_in"/><endEvent id="{identifier}_e"/>'
    )
    inner += f'<sequenceFlow id="{identifier}_f" sourceRef="{identifier}_s" targetRef="{last}'
    if keyword != "THROW_ERROR":
        inner += f'<sequenceFlow id="{identifier}_g" sourceRef="{identifier}_in" targetRef="{identifier}_e"/>'
    else:
        root.insert(0, etree.fromstring(f'<error xmlns="{MODEL}" id="betsy_error" errorCode="ERR_CODE"/>'))
    task.remove(script)
    task.extend(etree.fromstring(inner + "</x>"))


def process_id(element: etree._Element) -> str:
    """The process (or global task) that an element belongs to."""
    while element.getparent().getparent() is not None:
        element = element.getparent()
    return str(element.get("id"))


def to_feel(text: str) -> str:
    """One of the suite's few expressions in FEEL."""
    text = text.strip().removeprefix("${").removesuffix("}")
    text = re.sub(r"!(\w+)\.contains\((.*?)\)", r"not(contains(\1, \2))", text)
    return re.sub(r"(\w+)\.contains\((.*?)\)", r"contains(\1, \2)", text)
