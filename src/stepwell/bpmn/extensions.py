"""Stepwell's extension elements: where each may stand and what may be written in it.

The one table behind the check of unknown names and values: what ``declared`` says, and what is known though
it has no effect yet (records, pages, lanes). ``ANY`` admits every text; ``WHOLE`` and ``FLAG`` name what a
constant must look like; a tuple lists the words. A value that begins with ``=`` is FEEL and not looked at.
"""

from dataclasses import dataclass, field

from stepwell.bpmn.declared import WORDS, by_tag
from stepwell.engine.step import Source

NAMESPACE = "urn:stepwell:bpmn:1"
ANY: tuple[str, ...] = ()
WHOLE = ("a whole number",)
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
_FIELD_VALUE = Extension(_any("field value"), text=True)
_BUTTON = Extension({**_any("code label style signal"), "completes": FLAG, "validates": FLAG})
_PAGE = Extension(
    _any("ref"),
    {
        "button": _BUTTON,
        "parameter": Extension({**_any("name value"), "direction": ("in", "out", "both")}),
    },
    text=True,
)

_RECORD_SIGNAL = Extension({**_any("recordType fields"), "on": ("added", "changed", "deleted")}, _FILTER)
_RECORDS = Extension({**_any("recordType mode sort"), "limit": WHOLE}, {**_FILTER, "value": _FIELD_VALUE})
_ON_USER_TASK = {
    "title": Extension(text=True),
    "hint": Extension(text=True),
    "timing": Extension(_any("startIn duration due remind priority")),
    "connect": Extension(_any("recordType record")),
    "activity": Extension({**_any("category priority"), "showInCalendar": FLAG}),
    "activityStep": Extension(
        {**_any("category"), "showInCalendar": FLAG}, {"result": Extension(_any("code"))}
    ),
    "question": Extension(
        {"multiple": FLAG, "required": FLAG},
        {"answer": Extension({**_any("code label"), "default": FLAG})},
    ),
    "recordPage": Extension(
        {**_any("recordType record outcomeField"), "mode": ("new", "existing")},
        {"default": _FIELD_VALUE, **_FILTER},
    ),
    "autoPage": _PAGE,
    "page": _PAGE,
    "approval": Extension(
        {
            **_any("recordType record"),
            "needed": ("one", "all", "any", *WHOLE),
            "delegation": ("none", "once", "any"),
        }
    ),
    "emailDraft": Extension(_any("from to cc bcc subject template attachments")),
}


_LATER: dict[str, dict[str, Extension]] = {
    "process": {"runFrom": Extension(_any("recordType parameter"))},
    "startEvent": {"recordSignal": _RECORD_SIGNAL},
    "intermediateCatchEvent": {"recordSignal": _RECORD_SIGNAL},
    "boundaryEvent": {"recordSignal": _RECORD_SIGNAL},
    "serviceTask": {"records": _RECORDS},
    "sendTask": {"records": _RECORDS},
    "userTask": _ON_USER_TASK,
    "lane": {"lane": Extension(_any("role"))},
    "sequenceFlow": {"results": Extension(_any("of codes"))},
}


def values(source: Source) -> tuple[str, ...]:
    """What a constant of this field may be."""
    return WORDS.get((source.element, source.name)) or _KINDS.get(source.kind, ANY)


def _declared(sources: tuple[Source, ...]) -> dict[str, Extension]:
    known: dict[str, Extension] = {}
    for source in sources:
        known.setdefault(source.element, Extension()).attributes[source.name] = values(source)
    return known


def _all() -> dict[str, dict[str, Extension]]:
    known = {tag: _declared(sources) for tag, sources in by_tag().items()}
    for tag, later in _LATER.items():
        known[tag] = known.get(tag, {}) | later
    known["userTask"]["assignment"].attributes["manager"] = ANY
    return known


EXTENSIONS: dict[str, dict[str, Extension]] = _all()
