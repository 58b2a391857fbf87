"""A filter as an author writes it, as the data that it means."""

from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element as Element

from stepwell.bpmn.draft import Draft, Place, complain, place
from stepwell.bpmn.extensions import NAMESPACE
from stepwell.bpmn.index import text as text_of
from stepwell.bpmn.texts import text

_OURS = f"{{{NAMESPACE}}}"
_DEEPEST = 10


def filter_in(draft: Draft, owner: Element, holder: Element) -> dict[str, Any] | None:
    """The ``stepwell:filter`` inside an element: ``{"all": […]}``, ``{"any": […]}`` or one condition.

    Values are texts; one that begins with ``=`` is FEEL.
    """
    written = holder.find(f"{_OURS}filter")
    if written is None:
        return None
    where = place(owner, written)
    found = list(_parts(draft, where, written, 0))
    if not found:
        message = f"Expected a condition in the filter of {where.element!r} but there is none."
        complain(
            draft, "filter.empty", where, message, 'Add <stepwell:condition field="…" op="=" value="…"/>.'
        )
        return None
    return found[0] if len(found) == 1 else {"all": found}


def _parts(draft: Draft, where: Place, written: Element, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        message = f"Expected at most {_DEEPEST} groups within each other in the filter of {where.element!r}."
        complain(draft, "filter.too-deep", where, message)
        return
    for part in written:
        name = str(part.tag).removeprefix(_OURS)
        if name in ("all", "any"):
            yield {name: list(_parts(draft, where, part, depth + 1))}
        elif name == "condition":
            yield _condition(draft, where, part)


def _condition(draft: Draft, where: Place, written: Element) -> dict[str, Any]:
    field = written.get("field", "").strip()
    if not field:
        message = f"Expected a field in the condition of {where.element!r} but there is none."
        complain(draft, "filter.field", where, message, "Name a field of the record type.")
    found = {"field": field, "op": written.get("op", "=").strip()}
    value = written.get("value", text_of(written) or None)
    if value is not None and value.lstrip().startswith("="):
        return {**found, "value": text(draft, where, f"the condition on {field}", value)}
    return found if value is None else {**found, "value": value}
