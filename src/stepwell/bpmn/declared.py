"""What an author can write beside plain BPMN: declared by the kinds of steps, and here for the rest.

The reader, the check of unknown names and the page for authors all look here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from stepwell.bpmn.grammar import ACTIVITIES, FLOW_NODES
from stepwell.engine.record_work import Records, RecordSignal
from stepwell.engine.step import Source, Step
from stepwell.engine.steps import STEPS
from stepwell.engine.work import KINDS, ActivitySwitch, Connection, Part, Timing
from stepwell.feel import DECLARED_TYPES
from stepwell.forms.components import STYLES
from stepwell.forms.describe import KINDS as FIELD_KINDS


def _on(element: str, name: str, kind: Any = "text", doc: str = "", *, required: bool = False) -> Source:
    return Source("extension", name, kind, element, doc, required)


WHOLE = "a whole number"
WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("process", "rights"): ("system", "starter"),
    ("parameter", "type"): tuple(DECLARED_TYPES),
    ("parameter", "direction"): ("in", "out", "both"),
    ("schedule", "catchUp"): ("once", "all", "none"),
    ("recordPage", "mode"): ("new", "existing"),
    ("records", "mode"): ("first", "list", "count", "sum", "average", "min", "max"),
    ("approval", "needed"): ("one", "all", "any", WHOLE),
    ("approval", "delegation"): ("none", "once", "any"),
    ("button", "style"): STYLES,
    ("parameter", "kind"): FIELD_KINDS,
}
"""The words that a field of an extension element admits, where these are few."""

CALLED_ELSEWHERE = {
    **dict.fromkeys(("string", "str", "varchar"), "text"),
    **dict.fromkeys(("decimal", "double", "float", "money"), "number"),
    **dict.fromkeys(("int", "long"), "integer"),
    **dict.fromkeys(("yes/no", "flag"), "boolean"),
    "date and time": "date-time",
    "array": "list",
    **dict.fromkeys(("object", "map", "json"), "context"),
}
"""What FEEL, JSON and other engines call some of the types, for those who are used to it."""

EXECUTION = (
    _on("execution", "background", "boolean", "Whether whoever began the step need not wait for it."),
    _on("execution", "maxRepetitions", "integer", "How often it may be repeated; an incident asks then."),
)
MAPPINGS = tuple(
    source
    for element, names, sees in (
        ("input", "The variable that the step sees", "what is around the step"),
        ("output", "The variable that is set behind the step", "what the step gave, as `result` in whole"),
    )
    for source in (
        _on(element, "name", doc=f"{names}.", required=True),
        _on(element, "value", "value", f"A constant, or FEEL that sees {sees}."),
    )
)
PROCESS = (
    _on(
        "process",
        "caption",
        doc="How an instance is called; FEEL in braces sees the start values: `Trip to {city}`. A record is called by its title there."
        " Worked out once, at the start; if that fails, or nothing is left, it is the name of the process.",
    ),
    _on("process", "runBy", "names", "The roles that may start it; everyone if not said."),
    _on("process", "seenBy", "names", "The roles that may look at its instances."),
    _on("process", "rights", doc="With whose rights its steps work with records."),
    _on(
        "process",
        "maxRepetitions",
        "integer",
        "The limit of repetitions for all its steps; 1000 if not said.",
    ),
)
PARAMETER = (
    _on("parameter", "name", doc="The variable.", required=True),
    _on("parameter", "type", doc="What it holds; any if not said."),
    _on("parameter", "direction", doc="Whether the caller gives it, gets it, or both; in if not said."),
    _on("parameter", "required", "boolean", "Whether a start without it is refused."),
    _on("parameter", "default", "value", "What it is when it is not given; FEEL sees the parameters above."),
    _on("parameter", "label", doc="How people read it."),
)
RUN_FROM = (
    _on("runFrom", "recordType", doc="The type of the records on which it is offered.", required=True),
    _on(
        "runFrom",
        "parameter",
        doc="The parameter that gets the record, as `contact/17`; a start may give the bare number.",
        required=True,
    ),
)
CORRELATION = (
    _on(
        "correlation",
        "key",
        "value",
        "What tells receivers of the message apart: only the one whose key is the same gets it.",
        required=True,
    ),
)
LANE = (
    _on("lane", "role", "value", "The role of whoever does the user tasks in it, unless they say otherwise."),
)
RESULTS = (
    _on("results", "of", doc="The step whose outcome decides; the step before if not said."),
    _on("results", "codes", "names", "The outcomes for which the flow is taken.", required=True),
)
TITLE = (
    _on(
        "title",
        "xml:lang",
        doc="The language of this text, such as de; without it, it is for everybody else.",
    ),
    Source(
        "content",
        "title",
        element="title",
        doc="What should be done, in one line; FEEL stands in braces: `Call {name}`.",
    ),
)
HINT = (
    _on("hint", "xml:lang", doc="The language of this text."),
    Source("content", "hint", element="hint", doc="More about it, as Markdown; FEEL stands in braces."),
)
RECORD_PARTS: dict[type[Part], tuple[str, ...]] = {
    Records: ("serviceTask",),
    RecordSignal: ("startEvent", "intermediateCatchEvent", "boundaryEvent", "signalEventDefinition"),
}
"""What concerns records, and the elements on which it may stand."""
WORK: tuple[type[Part], ...] = (Timing, Connection, ActivitySwitch, *KINDS.values())
"""What may stand on a user task, beside its assignment and its texts."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A field of an extension element: its name in Python, where it is written, and its default.

    ``part``: elements inside it; ``special``: it has a reader of its own; ``content``: it may also be the text
    inside.
    """

    name: str
    source: Source | None = None
    default: Any = None
    part: type[Part] | None = None
    special: str = ""
    content: bool = False
    doc: str = ""


def declared(part: type[Part]) -> Iterator[Declared]:
    """The fields of an extension element that an author writes."""
    for field in fields(part):
        told = field.metadata
        if "source" in told:
            source = replace(told["source"], element=part.element)
            yield Declared(field.name, source, field.default, content="content" in told)
        elif "part" in told or "special" in told:
            yield Declared(
                field.name, part=told.get("part"), special=told.get("special", ""), doc=told.get("doc", "")
            )


def either(words: tuple[str, ...]) -> str:
    """Words to choose from, as a sentence names them."""
    return " or ".join(words) if len(words) < 4 else f"one of {', '.join(words)}"


def sources(step: type[Step]) -> Iterator[tuple[str, Source, Any]]:
    """The fields of a step kind that an author writes: the name, where it stands, and its default."""
    for field in fields(step):
        if "source" in field.metadata:
            yield field.name, field.metadata["source"], field.default


def by_tag() -> dict[str, tuple[Source, ...]]:
    """The attributes of extension elements by the BPMN element that they stand on."""
    found = {tag: _of_element(tag) for tag in sorted(FLOW_NODES)}
    schedule = tuple(source for source in found["startEvent"] if source.element == "schedule")
    return found | {
        "process": PROCESS + PARAMETER + RUN_FROM,
        "message": CORRELATION,
        "timerEventDefinition": schedule,
        "lane": LANE,
        "sequenceFlow": RESULTS,
    }


def _of_element(tag: str) -> tuple[Source, ...]:
    step = STEPS.get(tag)
    own = tuple(source for _, source, _ in sources(step)) if step is not None else ()
    extensions = tuple(source for source in own if source.place == "extension")
    return extensions + MAPPINGS + (EXECUTION if tag in ACTIVITIES else ())
