"""A file while it is read: its index, the process at hand, and what is wrong with it so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from stepwell.bpmn.extensions import NAMESPACE
from stepwell.bpmn.index import Index, children, line_of
from stepwell.bpmn.names import Names
from stepwell.errors import Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """What everyone who reads a part of the file is given.

    ``names`` are the names that expressions may use though they are more than one word; ``problems``
    grows while the file is read. ``pages`` are the schemas of the installation by name, None if they are not
    known here.
    """

    index: Index
    names: Names = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    pages: Mapping[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What a problem is about: the ``element`` of the diagram, and the ``line`` where it is written."""

    element: str
    line: int


def place(element: Element, part: Element | None = None) -> Place:
    """The element of the diagram, with the line of the part inside it that is at fault."""
    return Place(element.get("id", ""), line_of(element if part is None else part))


def complain(draft: Draft, rule: str, where: Place, message: str, hint: str = "") -> None:
    """Note that the author has to mend something."""
    draft.problems.append(Problem(rule, message, element=where.element, line=where.line, hint=hint))


def warn(draft: Draft, rule: str, where: Place, message: str, hint: str = "") -> None:
    """Note something that the author should know."""
    draft.problems.append(
        Problem(rule, message, element=where.element, line=where.line, hint=hint, warning=True)
    )


def extensions(element: Element, name: str) -> list[Element]:
    """The ``stepwell:`` elements with this name among the extensions of an element."""
    wanted = f"{{{NAMESPACE}}}{name}"
    return [
        inner for around in children(element, "extensionElements") for inner in around if inner.tag == wanted
    ]


def extension(element: Element, name: str) -> Element | None:
    """The first of them."""
    return next(iter(extensions(element, name)), None)
