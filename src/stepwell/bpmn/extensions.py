"""Stepwell's extension elements: where each may stand and what may be written in it.

The one table behind the check of unknown names and values. ``ANY`` admits every text; ``LIST``, ``WHOLE``
and ``FLAG`` name what a constant must look like; a tuple lists the words. A value that begins with ``=`` is
FEEL and not looked at here.
"""

from dataclasses import dataclass, field

from stepwell.bpmn.grammar import ACTIVITIES, FLOW_NODES

NAMESPACE = "urn:stepwell:bpmn:1"
ANY: tuple[str, ...] = ()
WHOLE = ("a whole number",)
FLAG = ("true", "false")


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

_ON_PROCESS = {
    "process": Extension(
        {**_any("caption runBy seenBy"), "rights": ("system", "starter"), "maxRepetitions": WHOLE}
    ),
    "parameter": Extension(
        {**_any("name type default label"), "direction": ("in", "out", "both"), "required": FLAG}
    ),
    "runFrom": Extension(_any("recordType parameter")),
}
_SCHEDULE = Extension({**_any("timeZone from until"), "catchUp": ("once", "all", "none")})
_RECORD_SIGNAL = Extension({**_any("recordType fields"), "on": ("added", "changed", "deleted")}, _FILTER)
_MAPPING = dict.fromkeys(("input", "output"), Extension(_any("name value")))
_EXECUTION = Extension({"background": FLAG, "maxRepetitions": WHOLE})
_ON_SERVICE = {
    "task": Extension({**_any("type timeout backoff"), "retries": WHOLE}),
    "records": Extension(
        {**_any("recordType mode sort"), "limit": WHOLE}, {**_FILTER, "value": _FIELD_VALUE}
    ),
}
_ON_USER_TASK = {
    "assignment": Extension(_any("user roles candidateUsers manager")),
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


def _by_tag() -> dict[str, dict[str, Extension]]:
    known: dict[str, dict[str, Extension]] = {name: dict(_MAPPING) for name in FLOW_NODES}
    for name in ACTIVITIES:
        known[name]["execution"] = _EXECUTION
    known["startEvent"] |= {"schedule": _SCHEDULE, "recordSignal": _RECORD_SIGNAL}
    known["timerEventDefinition"] = {"schedule": _SCHEDULE}
    for name in ("intermediateCatchEvent", "boundaryEvent"):
        known[name]["recordSignal"] = _RECORD_SIGNAL
    known["serviceTask"] |= _ON_SERVICE
    known["sendTask"] |= _ON_SERVICE
    known["userTask"] |= _ON_USER_TASK
    return known | {
        "process": _ON_PROCESS,
        "message": {"correlation": Extension(_any("key"))},
        "lane": {"lane": Extension(_any("role"))},
        "sequenceFlow": {"results": Extension(_any("of codes"))},
    }


EXTENSIONS: dict[str, dict[str, Extension]] = _by_tag()
