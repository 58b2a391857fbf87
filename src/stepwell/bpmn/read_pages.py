"""The pages of user tasks: schemas inside the file or by name, read and checked once at deployment."""

from dataclasses import replace
from typing import Any

from lxml.etree import _Element as Element
from msgspec import structs

from stepwell.bpmn.draft import Draft, Place, complain, place
from stepwell.bpmn.index import pieces
from stepwell.engine.opening import plain_button
from stepwell.engine.work import AutoPage, DrawnPage
from stepwell.errors import Invalid
from stepwell.forms import decode, read
from stepwell.forms.describe import FieldShown, components
from stepwell.forms.draft import near

_SUFFIX = ".form"


def schema_in(draft: Draft, owner: Element, holder: Element) -> dict[str, Any] | None:
    """The page schema that is the text of an element, wherever it stands between the elements inside; None if there
    is none or it is no JSON.
    """
    found = pieces(holder)
    if len(found) > 1:
        where = place(owner, found[1][0])
        message = f"Expected one schema on {where.element!r} but there are several."
        complain(
            draft, "page.two-schemas", where, message, "Write it in one piece, before the elements or behind."
        )
    if len(found) != 1:
        return None
    [(mark, text)] = found
    try:
        return _object(decode(text.rstrip()))
    except Invalid as refusal:
        _tell(draft, place(owner, mark), refusal, is_inside=True)
        return None


def _object(schema: Any) -> dict[str, Any]:
    return schema if isinstance(schema, dict) else {"components": schema}


def _tell(draft: Draft, where: Place, refusal: Invalid, *, is_inside: bool = False) -> None:
    """The problems of a page as those of its step; lines count from where the schema begins in the file."""
    for problem in refusal.problems:
        line = where.line + problem.line - 1 if is_inside and problem.rule == "page.malformed" else where.line
        draft.problems.append(structs.replace(problem, element=where.element, line=line, column=0))


def read_page(draft: Draft, where: Place, written: DrawnPage) -> DrawnPage:
    """The page with its schema, checked together with the buttons of the step."""
    schema = written.schema
    if written.ref and schema is not None:
        message = f"Expected a ref or a schema on {where.element!r} but there are both."
        complain(draft, "page.two-schemas", where, message, "Keep one of them.")
    elif written.ref:
        schema = _by_name(draft, where, written.ref)
    elif schema is None and isinstance(written, AutoPage):
        schema = _made(written)
    elif schema is None and not any(problem.element == where.element for problem in draft.problems):
        message = f"Expected a ref or a schema on {where.element!r} but there is neither."
        complain(
            draft, "page.no-schema", where, message, "Name a file in pages/, or write the schema inside."
        )
    if schema is None:
        return written
    try:
        page = read(schema, [plain_button(button) for button in written.buttons] or None)
    except Invalid as refusal:
        _tell(draft, where, refusal)
        return replace(written, schema=schema)
    return replace(written, schema=schema, page=page)


def _by_name(draft: Draft, where: Place, ref: str) -> dict[str, Any] | None:
    if draft.pages is None:
        return None
    found = draft.pages.get(ref, draft.pages.get(ref + _SUFFIX))
    if found is None:
        known = frozenset(name.removesuffix(_SUFFIX) for name in draft.pages)
        message = f"Expected a page {ref!r} for {where.element!r} but there is none{near(ref, known)}."
        complain(draft, "page.unknown", where, message, "Put it into pages/ of the application.")
        return None
    try:
        return _object(decode(found))
    except Invalid as refusal:
        _tell(draft, where, refusal)
        return None


def _made(written: AutoPage) -> dict[str, Any]:
    """The schema of an auto-generated page: a field for each parameter that comes out or has a label."""
    schema: dict[str, Any] = {"type": "default", "components": components(fields_of(written))}
    return schema if written.buttons else {**schema, "buttons": [{"code": "save", "label": "Save"}]}


def fields_of(written: DrawnPage) -> tuple[FieldShown, ...]:
    """The fields that the parameters describe; one that only goes in can not be changed."""
    return tuple(
        FieldShown(
            name=parameter.name,
            kind=parameter.kind or "text",  # type: ignore[arg-type]
            label=parameter.label or parameter.name,
            required=parameter.required,
            readonly=parameter.direction == "in",
            record_type=parameter.record_type,
        )
        for parameter in written.parameters
        if parameter.direction != "in" or parameter.label
    )
