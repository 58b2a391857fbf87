"""Names, places and values: what the schemas of BPMN 2.0 say about a file."""

import re

from lxml.etree import _Element as Element

from stepwell.bpmn.attributes import ATTRIBUTES
from stepwell.bpmn.grammar import CHILDREN, FLOW_NODES, KNOWN, NUMBERS, VALUES
from stepwell.bpmn.index import BPMN, Index, attribute_names, line_of, say, tag
from stepwell.bpmn.rules.registry import Findings, rule
from stepwell.errors import near

_MUST_HAVE_ID = sorted(
    FLOW_NODES
    | {"sequenceFlow", "process", "message", "signal", "error", "escalation", "itemDefinition", "operation"}
)
_REQUIRED = {
    "sequenceFlow": ("sourceRef", "targetRef"),
    "messageFlow": ("sourceRef", "targetRef"),
    "association": ("sourceRef", "targetRef"),
    "boundaryEvent": ("attachedToRef",),
}


@rule("element.unknown", "Use the names of BPMN 2.0; other things belong inside extensionElements.")
def elements_are_known(index: Index) -> Findings:
    for name in index.by_tag.keys() - KNOWN:
        for element in index.each(name):
            yield element, f"Expected an element of BPMN 2.0 but found {name}{near(name, KNOWN)}."


@rule("element.misplaced", "Move it to where BPMN 2.0 has a place for it, or remove it.")
def elements_stand_where_they_belong(index: Index) -> Findings:
    for name, allowed in CHILDREN.items():
        for parent in index.each(name):
            for element in parent:
                inner = tag(element)
                if inner not in allowed and inner in KNOWN and inner != element.tag:
                    yield element, f"Expected no {inner} inside {say(parent)} but found one."


@rule("id.missing", "Give it an id of its own.")
def what_must_have_an_id_has_one(index: Index) -> Findings:
    for element in index.each(*_MUST_HAVE_ID):
        if not element.get("id"):
            yield element, f"Expected an id but {say(element)} has none."


@rule("id.doubled", "Give each element an id of its own.")
def ids_are_unique(index: Index) -> Findings:
    for element in index.doubles:
        first = index.by_id[element.get("id", "")]
        yield (
            element,
            f"Expected {element.get('id')!r} once but line {line_of(first)} has a {tag(first)} with it too.",
        )


@rule("attribute.missing", "Add the attribute.")
def required_attributes_are_there(index: Index) -> Findings:
    for name, needed in _REQUIRED.items():
        for element in index.each(name):
            for attribute in needed:
                if not element.get(attribute):
                    yield element, f"Expected {attribute} but {say(element)} has none."


@rule("attribute.unknown", "Use the attributes of BPMN 2.0; others need a namespace of their own.")
def attributes_are_known(index: Index) -> Findings:
    for name, known in ATTRIBUTES.items():
        for element in index.each(name):
            for attribute in attribute_names(element):
                if attribute not in known and not attribute.startswith("{"):
                    yield (
                        element,
                        f"Expected an attribute of {name} but {say(element)} has {attribute}{near(attribute, known)}.",
                    )


@rule("attribute.value", "Write one of the values that BPMN 2.0 gives.")
def attributes_have_a_possible_value(index: Index) -> Findings:
    for elements in index.by_tag.values():
        for element in elements:
            for attribute in attribute_names(element):
                fault = _fault(element, attribute)
                if fault:
                    yield element, f"Expected {attribute} of {say(element)} to be {fault}."


def _fault(element: Element, attribute: str) -> str:
    value = element.get(attribute, "").strip()
    allowed = VALUES.get(attribute)
    if allowed and value not in allowed:
        return f"{' or '.join(allowed[:4])} but it is {value!r}"
    if attribute in NUMBERS and not re.fullmatch(r"[+-]?[0-9]{1,9}", value):
        return f"a whole number but it is {value!r}"
    return ""


@rule("process.not-executable", 'Set isExecutable="true" to run it.', warning=True, own=True)
def processes_are_executable(index: Index) -> Findings:
    for process in index.each("process"):
        if process not in index.runnable:
            yield process, f"Expected an executable process but {say(process)} is only drawn."


@rule("process.missing", "Add a process, or deploy the file that has one.", warning=True)
def there_is_a_process(index: Index) -> Findings:
    if not index.by_tag.get("process"):
        yield index.root, "Expected a process but the file has none."


@rule("content.foreign", "Put what is not BPMN inside extensionElements.", warning=True)
def foreign_elements_stand_in_extensions(index: Index) -> Findings:
    for name in CHILDREN:
        for parent in index.each(name) if name != "definitions" else ():
            for element in parent:
                if not element.tag.startswith(BPMN):
                    yield element, f"Expected BPMN inside {say(parent)} but found {element.tag}."
