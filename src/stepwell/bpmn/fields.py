"""The declared fields of a step, read from where each says that an author writes it."""

from collections.abc import Iterable
from typing import Any

import isodate
from lxml.etree import _Element as Element

from stepwell.bpmn.declared import WHOLE, WORDS, either, sources
from stepwell.bpmn.draft import Draft, Place, complain, extension, place
from stepwell.bpmn.grammar import EVENT_DEFINITIONS
from stepwell.bpmn.index import child, tag
from stepwell.bpmn.rules.language import is_feel
from stepwell.bpmn.texts import compiled, expression, text
from stepwell.engine.definition import Text
from stepwell.engine.step import Source, Step

_REFERENCES = frozenset({"calledElement"})


def values(draft: Draft, element: Element, step: type[Step]) -> dict[str, Any]:
    """What the author wrote for the fields of a step; a wrong value is a problem and counts as unsaid."""
    return {name: _value(draft, element, source, default) for name, source, default in sources(step)}


def given(draft: Draft, element: Element, holder: Element, wanted: Iterable[Source]) -> dict[str, Any]:
    """What the author wrote in an extension element of ``element``, by the names of the file."""
    where = place(element, holder)
    written = {source: holder.get(source.name, "").strip() for source in wanted}
    found = {source.name: convert(draft, where, source, text) for source, text in written.items() if text}
    return {name: value for name, value in found.items() if value is not None}


def _value(draft: Draft, element: Element, source: Source, default: Any) -> Any:
    holder = _holder(element, source)
    if source.place == "content":
        return (
            expression(draft, element, holder) if is_feel(element.get("scriptFormat") or "feel") else default
        )
    written = holder.get(source.name) if holder is not None else None
    if written is None or not written.strip():
        return default
    if source.name in _REFERENCES:
        written = without_prefix(element, written.strip())
    found = convert(draft, place(element, holder), source, written)
    return default if found is None else found


def _holder(element: Element, source: Source) -> Element | None:
    """Where the field is written; what concerns a timer may stand on its definition too."""
    if source.place != "extension":
        return child(element, source.name) if source.place == "content" else element
    around = (element, *(inner for inner in element if tag(inner) in EVENT_DEFINITIONS))
    return next((found for one in around if (found := extension(one, source.element)) is not None), None)


def without_prefix(element: Element, reference: str) -> str:
    """A reference to something of this or an imported file, as its plain id (xsd:QName)."""
    prefix, colon, name = reference.partition(":")
    return name if colon and prefix in element.nsmap else reference


def convert(draft: Draft, where: Place, source: Source, written: str) -> Any:
    """A value as its kind says, or None after a complaint."""
    match source.kind:
        case "value":
            return text(draft, where, source.name, written)
        case "feel":
            return compiled(draft, where, source.name, written)
        case "integer":
            return whole(draft, where, source, written)
        case "boolean":
            return yes_or_no(draft, where, source, written)
        case "duration":
            return duration(draft, where, source, written)
        case "span":
            return span(draft, where, source, written)
        case "names":
            return names(written)
        case _:
            return word(draft, where, source, written.strip())


def names(written: str) -> tuple[str, ...]:
    """A list separated by commas."""
    return tuple(name for name in (part.strip() for part in written.split(",")) if name)


def word(draft: Draft, where: Place, source: Source, written: str) -> str | None:
    """A text, or one of the few words that the field admits."""
    words = WORDS.get((source.element, source.name), ())
    if not words or written in words or (WHOLE in words and written.isascii() and written.isdigit()):
        return written
    _wrong(draft, where, source, (either(words), written))
    return None


def whole(draft: Draft, where: Place, source: Source, written: str) -> int | None:
    """A whole number from 0 on."""
    written = written.strip()
    if written.isascii() and written.isdigit() and len(written) <= 9:
        return int(written)
    _wrong(draft, where, source, ("a whole number", written))
    return None


def yes_or_no(draft: Draft, where: Place, source: Source, written: str) -> bool | None:
    """An xsd:boolean."""
    known = {"true": True, "1": True, "false": False, "0": False}
    if written.strip() in known:
        return known[written.strip()]
    _wrong(draft, where, source, ("true or false", written))
    return None


def duration(draft: Draft, where: Place, source: Source, written: str) -> str | None:
    """An ISO 8601 duration, as it is written."""
    try:
        isodate.parse_duration(written.strip())
    except (ValueError, OverflowError, ArithmeticError):
        _wrong(draft, where, source, ("an ISO 8601 duration such as PT30S", written))
        return None
    return written.strip()


def span(draft: Draft, where: Place, source: Source, written: str) -> Text | None:
    """A duration, or FEEL that gives one."""
    found = text(draft, where, source.name, written)
    is_constant = found is not None and found.expression is None and not written.lstrip().startswith("=")
    return None if is_constant and duration(draft, where, source, written) is None else found


def _wrong(draft: Draft, where: Place, source: Source, wanted: tuple[str, str]) -> None:
    expected, found = wanted
    rule = "extension.value" if source.place == "extension" else "attribute.value"
    message = f"Expected {source.name} of {where.element!r} to be {expected} but it is {found.strip()!r}."
    complain(draft, rule, where, message, hint=source.doc)
