"""The outcomes that a step for a person can have (product rules K1 to K8)."""

from stepwell.engine.definition import Element, Flow
from stepwell.engine.outcome import GATEWAYS
from stepwell.engine.work import ActivityStep, Approval, DrawnPage, EmailDraft, Question, RecordPage, Work
from stepwell.forms import kinds
from stepwell.forms.kinds.email_draft import SENT
from stepwell.forms.kinds.plain import DONE


def work_of(step: Element) -> Work:
    """What a user task asks of a person."""
    found: Work = step.step.work  # type: ignore[attr-defined]
    return found


def listed(step: Element) -> list[str]:
    """The results of the step that flows name, in order of the document."""
    found = [code for flow in _behind(step) if flow.results_of == step.id for code in flow.codes]
    return list(dict.fromkeys(found))


def _behind(step: Element) -> list[Flow]:
    """The flows out of the step and out of gateways directly behind it."""
    gateways = [flow.target for flow in step.outgoing if flow.target.tag in GATEWAYS]
    return [*step.outgoing, *(flow for gateway in gateways for flow in gateway.outgoing)]


def offered(step: Element) -> tuple[str, ...] | None:
    """The codes that a step offers, in order; None when only the data of the installation knows.

    That is the category of an activity without a list of its own, with a default flow behind it or without any
    list there, and the lookup of a record page.
    """
    kind = work_of(step).kind
    if isinstance(kind, Question):
        return tuple(answer.code for answer in kind.answers)
    if isinstance(kind, DrawnPage):
        return None if kind.page is None else tuple(one.code for one in kind.page.buttons if one.completes)
    if isinstance(kind, Approval):
        return (kinds.APPROVED, kinds.REJECTED)
    if isinstance(kind, ActivityStep):
        return tuple(result.code for result in kind.results) or _of_flows(step)
    if isinstance(kind, RecordPage):
        return None if kind.outcome_field else ()
    return (SENT,) if isinstance(kind, EmailDraft) else (DONE,)


def _of_flows(step: Element) -> tuple[str, ...] | None:
    has_default = any(flow.is_default for flow in _behind(step))
    return None if has_default else tuple(listed(step)) or None
