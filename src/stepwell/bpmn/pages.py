"""docs/bpmn-extensions.md: what runs, and what an author can write beside plain BPMN, from the declarations."""

import inspect
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from stepwell.bpmn.declared import (
    CORRELATION,
    EXECUTION,
    HINT,
    LANE,
    MAPPINGS,
    PARAMETER,
    PROCESS,
    RECORD_PARTS,
    RESULTS,
    RUN_FROM,
    TITLE,
    WORK,
    declared,
    either,
    sources,
)
from stepwell.bpmn.extensions import FLAG, NAMESPACE, WHOLE, values
from stepwell.bpmn.not_executable import HINTS
from stepwell.engine.definition import Text
from stepwell.engine.event_definition import DEFINITIONS
from stepwell.engine.step import Source, Step
from stepwell.engine.steps import STEPS
from stepwell.engine.work import Part
from stepwell.feel import DECLARED_TYPES

_HEAD = f"""# What an author can write

Generated from the declared fields of the step kinds by `make docs`. A process is plain BPMN 2.0; what BPMN has no
place for stands inside `bpmn:extensionElements` in the namespace `{NAMESPACE}`, here with the prefix `stepwell`.
Conditions and scripts are FEEL. A *value* is a constant, or FEEL after `=`. A name that is not in this page is
a problem, and so is a value that does not fit. `stepwell example KIND` prints a complete file for each.
"""
_WORK_HEAD = """What a person is asked, beside who does it (`stepwell:assignment`): at most one of `activityStep`, `question`,
`recordPage`, `autoPage`, `page`, `approval` and `emailDraft`; none of them is a plain step with *Done*. Pages and what
their fields mean are explained in [the guide to pages](pages.md).
"""
_FILTER = """A filter is `stepwell:condition` with `field`, `op` and `value` (or the value as content), alone or inside
`stepwell:all` and `stepwell:any`.
"""
_RECORDS_HEAD = """Steps that work with records, and events that wait for them: [data steps](records.md#data-steps) and
[record signals](records.md#record-signals) are explained in the page about records.
"""
_SPECIAL = {"filter": "conditions", "schema": "JSON"}
_TYPES = """A start is refused, and everything that is wrong with it told at once, when it lacks a required value, or gives
one of another type, one that only comes out, or one that is not declared (if any is declared to come in). A call that
would be refused is an incident of the caller. A message or signal has nobody to ask: what it lacks is null, what is not
declared is left out, and a value of another type is an incident at the start event.

What is not given is its default or null, and null fits every type. JSON has no dates: text that writes a date, a time or
a duration becomes one where one is declared. No other value is converted: `"5"` is no number.
"""
_KINDS = {
    "value": "value",
    "feel": "FEEL",
    "integer": WHOLE[0],
    "boolean": " or ".join(FLAG),
    "duration": "ISO 8601 duration",
    "span": "ISO 8601 duration, or FEEL",
    "names": "names separated by commas",
}
_MARK = {True: "yes", False: ""}


def extension_pages() -> str:
    """The whole page."""
    parts = [
        _HEAD,
        "## For the process\n",
        *_elements(PROCESS + PARAMETER + RUN_FROM),
        _types(),
        "## For a message\n\nOn the `bpmn:message` at the root of the file.\n",
        *_elements(CORRELATION),
        "## For every element\n",
        *_elements(MAPPINGS),
        "## For every activity\n",
        *_elements(EXECUTION),
        "## For a user task\n",
        _WORK_HEAD,
        *_elements(TITLE + HINT),
        *(_part(part) for part in WORK),
        "## For records\n",
        _RECORDS_HEAD,
        *(_part(part) for part in RECORD_PARTS),
        "## For a lane\n",
        *_elements(LANE),
        "## For a sequence flow\n\nBehind a user task, or behind the gateway directly behind one.\n",
        *_elements(RESULTS),
        "## Elements that run\n",
        *(_step(STEPS[tag]) for tag in sorted(STEPS)),
        "## Events that run\n",
        _events(),
        "## Not executable yet\n\nA file with one of these is refused, with this hint.\n",
        "".join(f"- `{name}`: {hint}\n" for name, hint in HINTS.items()),
    ]
    return "\n".join(parts)


def _elements(declared: Iterable[Source]) -> Iterator[str]:
    """A table for each extension element."""
    for element, fields in groupby(declared, key=lambda source: source.element):
        yield f"### `stepwell:{element}`\n"
        yield _table((source, None) for source in fields)


def _part(part: type[Part]) -> str:
    """An extension element with the elements inside it."""
    rows = "".join(_rows_of(part, ""))
    note = f"\n{_FILTER}" if "`stepwell:filter`" in rows else ""
    table = f"\n| where | what | meaning |\n|---|---|---|\n{rows}" if rows else ""
    return f"### `stepwell:{part.element}`\n\n{inspect.cleandoc(part.__doc__ or '')}\n{table}{note}"


def _rows_of(part: type[Part], around: str) -> Iterator[str]:
    here = f"{around}`stepwell:{part.element}`"
    for one in declared(part):
        if one.source is not None:
            content = ", or content" if one.content else ""
            yield f"| {here}, `{one.source.name}`{content} | {_kind(one.source)} | {_doc(one.source, one.default)} |\n"
        elif one.special:
            where = f"{here} > `stepwell:filter`" if one.special == "filter" else f"content of {here}"
            yield f"| {where} | {_SPECIAL[one.special]} | {one.doc} |\n"
        elif one.part is not None:
            yield f"| {here} > `stepwell:{one.part.element}` | many | {inspect.cleandoc(one.part.__doc__ or '')} |\n"
            yield from _rows_of(one.part, f"{here} > ")


def _types() -> str:
    """What the types of parameters hold."""
    rows = "".join(f"| `{name}` | {found.wanted} |\n" for name, found in DECLARED_TYPES.items())
    return f"{_TYPES}\n| type | holds |\n|---|---|\n{rows}"


def _step(step: type[Step]) -> str:
    fields = [(source, default) for _, source, default in sources(step)]
    table = f"\n{_table(fields)}" if fields else ""
    return f"### `{step.tag}`\n\n{inspect.cleandoc(step.__doc__ or '')}\n{table}"


def _table(fields: Iterable[tuple[Source, Any]]) -> str:
    rows = (
        f"| {_where(source)} | {_kind(source)} | {_doc(source, default)} |\n" for source, default in fields
    )
    return "| where | what | meaning |\n|---|---|---|\n" + "".join(rows)


def _where(source: Source) -> str:
    match source.place:
        case "extension":
            return f"`stepwell:{source.element}`, `{source.name}`"
        case "content":
            return f"content of `{'stepwell:' * bool(source.element)}{source.name}`"
        case "attribute":
            return f"`{source.name}`"


def _kind(source: Source) -> str:
    words = values(source)
    return _KINDS.get(source.kind) or either(words) or "text"


def _doc(source: Source, default: Any) -> str:
    shown = str(default).lower() if isinstance(default, bool) else default
    said = f" `{shown}` if not said." if shown not in (None, "") and not isinstance(shown, Text) else ""
    return f"{source.doc}{' Required.' if source.required else ''}{said}"


def _events() -> str:
    rows = (
        f"| `{tag}` | {_MARK[kind.catches]} | {_MARK[kind.throws]} | {inspect.cleandoc(kind.__doc__ or '')} |\n"
        for tag, kind in DEFINITIONS.items()
    )
    return "| event definition | caught | thrown | meaning |\n|---|---|---|---|\n" + "".join(rows)
