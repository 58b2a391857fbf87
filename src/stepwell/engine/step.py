"""A kind of step: declared fields and a few small methods.

A step file declares what an author writes; the XML reader, the checks, the documentation and (later) the
designer's panel all read the same declaration. The class docstring is the documentation of the element.
"""

from collections.abc import Iterable
from dataclasses import MISSING, dataclass, field
from typing import Any, ClassVar, Literal

from stepwell.engine.definition import Element
from stepwell.engine.flow import complete
from stepwell.engine.run import At, Run
from stepwell.errors import Problem

Kind = Literal["text", "value", "feel", "integer", "boolean", "duration", "span", "names"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an author writes a field.

    ``place`` is ``attribute`` (of the BPMN element), ``content`` (text of its child ``name``) or
    ``extension`` (attribute ``name`` of the extension element ``element``). ``kind`` is how it is read:
    ``value`` is a constant or FEEL after ``=``, ``span`` such a value that is a duration, ``names`` a list
    separated by commas.
    """

    place: Literal["attribute", "content", "extension"]
    name: str
    kind: Kind = "text"
    element: str = ""
    doc: str = ""
    required: bool = False


def attribute(name: str, kind: Kind = "text", *, default: Any = MISSING, doc: str = "") -> Any:
    """A field that is an attribute of the BPMN element itself."""
    return declare(Source("attribute", name, kind, doc=doc, required=default is MISSING), default)


def content(name: str, kind: Kind = "text", *, default: Any = MISSING, doc: str = "") -> Any:
    """A field that is the text of a child of the BPMN element."""
    return declare(Source("content", name, kind, doc=doc, required=default is MISSING), default)


def extension(element: str, name: str, kind: Kind = "text", *, default: Any = MISSING, doc: str = "") -> Any:
    """A field that is an attribute of a ``stepwell:`` extension element."""
    return declare(Source("extension", name, kind, element, doc, default is MISSING), default)


def declare(source: Source, default: Any) -> Any:
    return field(default=None if default is MISSING else default, metadata={"source": source})


@dataclass(frozen=True)
class Step:
    """What an element does. By default: let the token pass.

    ``activity``: may have loop characteristics, boundary events and ``execution`` settings.
    ``definitions`` are its event definitions, filled by the reader on events.
    """

    tag: ClassVar[str] = ""
    activity: ClassVar[bool] = False
    joins: ClassVar[Literal["parallel", "inclusive"] | None] = None
    arguments: ClassVar[bool] = False

    def check(self, element: Element) -> Iterable[Problem]:
        """What an author has to repair before the process can be deployed."""
        return ()

    def enter(self, run: Run, at: At) -> None:
        """A token came in: leave at once, or activate and wait."""
        complete(run, at)

    def cancel(self, run: Run, at: At) -> None:
        """The element is ended from outside; its waits are removed anyway."""

    def brought(self, run: Run, at: At, result: object) -> object:
        """What of a result goes into the process: all of it."""
        return result
