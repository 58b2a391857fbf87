"""Small BPMN files for the stories in this folder."""

from stepwell.bpmn import check, index, xml
from stepwell.errors import Problem

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:stepwell="urn:stepwell:bpmn:1"'
    ' xmlns:other="urn:other" targetNamespace="urn:test" xmlns:t="urn:test">'
)


def file(content: str) -> bytes:
    """A whole file around the content of ``definitions``."""
    return f"{HEAD}{content}</definitions>".encode()


def process(content: str, attributes: str = "") -> str:
    """An executable process around flow elements."""
    return f'<process id="p" isExecutable="true" {attributes}>{content}</process>'


def flow(name: str, source: str, target: str, inside: str = "") -> str:
    """A sequence flow that its ends do not list, as a person writes it."""
    return f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'


def line(step: str, more: str = "") -> str:
    """A process: start, the step with id ``a``, end; and whatever else belongs to it."""
    flows = flow("f1", "s", "a") + flow("f2", "a", "e")
    return process(f'<startEvent id="s"/>{step}<endEvent id="e"/>{flows}{more}')


def problems(content: str) -> list[Problem]:
    """Everything that is wrong with a file of this content."""
    return check.problems(index.build(xml.parse(file(content))))


def codes(content: str) -> set[str]:
    """The rules that a file of this content breaks, warnings included."""
    return {problem.rule for problem in problems(content)}


def errors(content: str) -> set[str]:
    """The rules whose breach refuses the file."""
    return {problem.rule for problem in problems(content) if not problem.warning}
