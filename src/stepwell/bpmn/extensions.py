"""Stepwell's extension elements: where each may stand and what may be written in it.

The one table behind the check of unknown names and values, from what ``declared`` says. ``ANY`` admits every
text; ``WHOLE`` and ``FLAG`` name what a constant must look like; a tuple lists the words. A value that begins with ``=`` is FEEL and not looked at.
"""

from dataclasses import dataclass, field

from stepwell.bpmn.declared import RECORD_PARTS, WORDS, WORK, by_tag, declared
from stepwell.bpmn.declared import WHOLE as A_NUMBER
from stepwell.engine.step import Source
from stepwell.engine.work import Part

NAMESPACE = "urn:stepwell:bpmn:1"
ANY: tuple[str, ...] = ()
WHOLE = (A_NUMBER,)
FLAG = ("true", "false")
_KINDS = {"integer": WHOLE, "boolean": FLAG}


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension element: its attributes with their possible values, the elements inside, and whether
    it holds text.
    """

    attributes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    inside: "dict[str, Extension]" = field(default_factory=dict)
    text: bool = False


def _any(words: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(words.split(), ANY)


_CONDITION = Extension(_any("field op value"), text=True)
_GROUP_INSIDE: dict[str, Extension] = {"condition": _CONDITION}
_GROUP = Extension(inside=_GROUP_INSIDE)
_GROUP_INSIDE |= {"all": _GROUP, "any": _GROUP}
_FILTER = {"filter": Extension(inside=_GROUP_INSIDE)}


def values(source: Source) -> tuple[str, ...]:
    """What a constant of this field may be."""
    return WORDS.get((source.element, source.name)) or _KINDS.get(source.kind, ANY)


def _declared(sources: tuple[Source, ...]) -> dict[str, Extension]:
    known: dict[str, Extension] = {}
    for source in sources:
        known.setdefault(source.element, Extension()).attributes[source.name] = values(source)
    return known


def _of_part(part: type[Part]) -> Extension:
    """An extension element with the elements that may stand inside it."""
    found = Extension(text=any(one.content or one.special == "schema" for one in declared(part)))
    for one in declared(part):
        if one.source is not None:
            found.attributes[one.source.name] = values(one.source)
        elif one.part is not None:
            found.inside[one.part.element] = _of_part(one.part)
        elif one.special == "filter":
            found.inside.update(_FILTER)
    return found


def _all() -> dict[str, dict[str, Extension]]:
    known = {tag: _declared(sources) for tag, sources in by_tag().items()}
    known["userTask"] |= {part.element: _of_part(part) for part in WORK}
    known["userTask"] |= dict.fromkeys(("title", "hint"), Extension(text=True))
    for part, tags in RECORD_PARTS.items():
        for tag in tags:
            known[tag] = known.get(tag, {}) | {part.element: _of_part(part)}
    return known


EXTENSIONS: dict[str, dict[str, Extension]] = _all()
