"""What a user task asks of a person, from its extension elements."""

from typing import Any

from lxml.etree import _Element as Element

from stepwell.bpmn import fields
from stepwell.bpmn.declared import Declared, declared
from stepwell.bpmn.draft import Draft, Place, complain, extensions, place
from stepwell.bpmn.extensions import NAMESPACE
from stepwell.bpmn.index import text as text_of
from stepwell.bpmn.read_filter import filter_in
from stepwell.bpmn.read_pages import read_page, schema_in
from stepwell.bpmn.texts import template
from stepwell.engine.work import (
    KINDS,
    PLAIN,
    ActivitySwitch,
    Connection,
    DrawnPage,
    Part,
    Timing,
    Work,
    WorkKind,
)
from stepwell.forms.texts import Wording

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_work(draft: Draft, written: Element) -> Work:
    """Everything that is said on the task beside its assignment; what is wrong becomes problems."""
    found = Work(
        kind=_kind(draft, written),
        titles=_wordings(draft, written, "title"),
        hints=_wordings(draft, written, "hint"),
        timing=read_part(draft, written, written, Timing) or Timing(),
        connections=tuple(
            found
            for holder in extensions(written, Connection.element)
            if isinstance(found := _part(draft, written, holder, Connection), Connection)
        ),
        activity=read_part(draft, written, written, ActivitySwitch),
    )
    return PLAIN if found == PLAIN else found


def read_part(draft: Draft, owner: Element, holder: Element, part: type[Part]) -> Any:
    """The extension element of this kind on ``holder``, of which there may be one, as part of the step ``owner``."""
    found = extensions(holder, part.element)
    if len(found) > 1:
        _doubled(draft, place(owner, found[1]), f"stepwell:{part.element}")
    return _part(draft, owner, found[0], part) if found else None


def _doubled(draft: Draft, where: Place, what: str) -> None:
    message = f"Expected one {what} on {where.element!r} but there are more."
    complain(draft, "work.doubled", where, message, "Keep one of them.")


def _kind(draft: Draft, written: Element) -> WorkKind | None:
    found = [(part, holder) for part in KINDS.values() for holder in extensions(written, part.element)]
    if len(found) > 1:
        names = " and ".join(f"stepwell:{part.element}" for part, _ in found)
        _doubled(draft, place(written, found[1][1]), f"of {names}")
    if not found:
        return None
    part, holder = found[0]
    kind = _part(draft, written, holder, part)
    if isinstance(kind, DrawnPage):
        kind = read_page(draft, place(written, holder), kind)
    return kind  # type: ignore[return-value]


def _part(draft: Draft, owner: Element, holder: Element, part: type[Part]) -> Part:
    """An extension element with everything in it; a wrong value is a problem and counts as unsaid."""
    values = {field.name: _value(draft, owner, holder, field) for field in declared(part)}
    return part(**{name: value for name, value in values.items() if value is not None})


def _value(draft: Draft, owner: Element, holder: Element, field: Declared) -> Any:
    if field.part is not None:
        inside = holder.iterfind(f"{{{NAMESPACE}}}{field.part.element}")
        return tuple(_part(draft, owner, inner, field.part) for inner in inside)
    if field.special == "filter":
        return filter_in(draft, owner, holder)
    if field.source is None:
        return schema_in(draft, owner, holder)
    written = holder.get(field.source.name, "")
    if field.content and not written.strip():
        written = text_of(holder)
    if written.strip():
        return fields.convert(draft, place(owner, holder), field.source, written)
    if field.source.required:
        where = place(owner, holder)
        name = f"{field.source.name} of stepwell:{field.source.element}"
        message = f"Expected {name} on {where.element!r} but there is none."
        complain(draft, "extension.missing", where, message, field.source.doc)
        return "" if field.source.kind == "text" else None
    return None


def _wordings(draft: Draft, written: Element, name: str) -> tuple[Wording, ...]:
    """The texts of this name, one for each language."""
    found: dict[str, Wording] = {}
    for holder in extensions(written, name):
        where, language = place(written, holder), holder.get(_LANGUAGE, "").strip()
        text = template(draft, where, name, text_of(holder))
        if language in found:
            _doubled(draft, where, f"stepwell:{name} for {language or 'everybody'}")
        elif text is not None:
            found[language] = Wording(text, language)
    return tuple(found.values())
