"""What the stories about reading ask for again and again."""

from datetime import UTC, datetime

from stepwell import bpmn, feel
from stepwell.engine.definition import Element, ProcessDefinition
from tests.bpmn.build import file, line

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


def definition(content: str) -> ProcessDefinition:
    """The first definition of a file of this content, which must not have errors."""
    reading = bpmn.read(file(content))
    assert not [problem for problem in reading.problems if not problem.warning]
    return reading.definitions[0]


def element(content: str, name: str = "a") -> Element:
    """One of its elements."""
    return definition(content).elements[name]


def step(written: str, more: str = "") -> Element:
    """The element ``a`` of a process that holds start, this and end."""
    return element(line(written, more))


def refusals(content: str) -> list[tuple[str, str]]:
    """The rule and element of each error."""
    return [(p.rule, p.element) for p in bpmn.read(file(content)).problems if not p.warning]


def warnings(content: str) -> list[tuple[str, str]]:
    """The rule and element of each warning."""
    return [(p.rule, p.element) for p in bpmn.read(file(content)).problems if p.warning]


def evaluated(expression: feel.Expression | None, **values: object) -> object:
    """What an expression gives for these variables."""
    assert expression is not None
    return expression.evaluate(lambda name: values.get(name, feel.MISSING), now=NOON)


def extended(tag: str, extensions: str, inside: str = "", attributes: str = "") -> str:
    """An element ``a`` with extension elements."""
    return f'<{tag} id="a" {attributes}><extensionElements>{extensions}</extensionElements>{inside}</{tag}>'
