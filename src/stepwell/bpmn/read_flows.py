"""Sequence flows with their conditions (BPMN 2.0, 8.3.13)."""

from lxml.etree import _Element as Element

from stepwell.bpmn import fields
from stepwell.bpmn.declared import RESULTS
from stepwell.bpmn.draft import Draft, complain, extension, place
from stepwell.bpmn.index import child, line_of
from stepwell.bpmn.read_elements import Found
from stepwell.bpmn.texts import expression
from stepwell.engine import compile as compilation
from stepwell.engine import definition
from stepwell.engine.steps import STEPS

_ASK = ("exclusiveGateway", "inclusiveGateway")


def flows(draft: Draft, found: Found) -> None:
    """Link the elements; the flows out of one are in document order."""
    for start, source in found.items():
        for written in draft.index.outgoing.get(start, ()):
            target = draft.index.target.get(written)
            if target in found:
                compilation.link(_flow(draft, written, source, found[target]))


def _flow(
    draft: Draft, written: Element, source: definition.Element, target: definition.Element
) -> definition.Flow:
    begin = draft.index.source[written]
    is_default = bool(begin.get("default")) and draft.index.referred(begin, "default") is written
    condition = expression(draft, written, child(written, "conditionExpression"))
    codes, of = _results(draft, written)
    return definition.Flow(
        id=written.get("id", ""),
        source=source,
        target=target,
        name=(written.get("name") or "").strip(),
        condition=condition if _asks(source) and not is_default else None,
        is_default=is_default,
        codes=() if is_default else codes,
        results_of=of,
        line=line_of(written),
    )


def _results(draft: Draft, written: Element) -> tuple[tuple[str, ...], str]:
    """The codes for which the flow is taken, and the step whose outcome they are if that is said."""
    holder = extension(written, "results")
    if holder is None:
        return (), ""
    given = fields.given(draft, written, holder, RESULTS)
    if not given.get("codes"):
        where = place(written, holder)
        message = f"Expected codes in stepwell:results of {where.element!r} but there are none."
        complain(draft, "results.missing", where, message, 'List them: codes="yes, maybe".')
    return given.get("codes", ()), given.get("of", "")


def _asks(source: definition.Element) -> bool:
    """Whether conditions mean anything on the flows out of it; elsewhere a rule warns of them."""
    return source.tag in _ASK or STEPS[source.tag].activity
