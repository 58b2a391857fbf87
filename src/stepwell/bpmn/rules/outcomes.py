"""Outcomes and flows: every result that a step offers leads somewhere, and no flow waits for one that never comes.

These rules need what the reader made of the file, so they look at the compiled process.
"""

from collections import Counter
from collections.abc import Iterator

from stepwell.bpmn.rules.structure import near
from stepwell.engine.definition import Element, Flow, ProcessDefinition
from stepwell.engine.offers import offered, work_of
from stepwell.engine.outcome import GATEWAYS, STEP, asked_steps
from stepwell.engine.work import Question, RecordPage
from stepwell.errors import Problem

EXCLUSIVE = "exclusiveGateway"


def problems(definition: ProcessDefinition) -> Iterator[Problem]:
    """What is wrong with the lists of results of a process."""
    for element in definition.elements.values():
        listing = [flow for flow in element.outgoing if flow.codes]
        for flow in listing:
            yield from _of_flow(element, flow)
        if element.tag == EXCLUSIVE:
            yield from _doubled(listing)
        for step in _steps(listing):
            yield from _of_step(step, element, [flow for flow in listing if flow.results_of == step.id])


def _steps(listing: list[Flow]) -> list[Element]:
    """The steps that the lists are about."""
    found = {step.id: step for flow in listing for step in asked_steps(flow)}
    return [found[id] for id in dict.fromkeys(flow.results_of for flow in listing) if id in found]


def _of_flow(element: Element, flow: Flow) -> Iterator[Problem]:
    if element.tag != STEP and element.tag not in GATEWAYS:
        message = f"Expected results on flows behind a user task or the gateway behind it but {flow.id} comes from {element.id}."
        yield Problem("results.no-step", message, flow.id, line=flow.line, hint="Remove stepwell:results.")
        return
    steps = asked_steps(flow)
    if flow.results_of not in {step.id for step in steps}:
        known = ", ".join(step.id for step in steps) or "none"
        found = (
            flow.results_of and f"{flow.results_of}{near(flow.results_of, frozenset(s.id for s in steps))}"
        )
        message = f"Expected the results of flow {flow.id} to be of a user task directly before it ({known}) but found {found or 'none named'}."
        hint = 'Name the step: <stepwell:results of="…" codes="…"/>.'
        yield Problem("results.other-step", message, flow.id, line=flow.line, hint=hint)


def _doubled(listing: list[Flow]) -> Iterator[Problem]:
    counted = Counter((flow.results_of, code) for flow in listing for code in flow.codes)
    for flow in listing:
        for code in sorted(code for code in flow.codes if counted[flow.results_of, code] > 1):
            message = f"Expected result {code!r} on one flow out of {flow.source.id} but {flow.id} is not the only one."
            yield Problem(
                "results.doubled", message, flow.id, line=flow.line, hint="Only the first would be taken."
            )


def _of_step(step: Element, element: Element, listing: list[Flow]) -> Iterator[Problem]:
    listed = frozenset(code for flow in listing for code in flow.codes)
    codes = offered(step)
    known = None if codes is None else frozenset(codes)
    kind = work_of(step).kind
    if step.loop is not None and step.loop.kind != "standard":
        message = f"Expected one outcome behind {step.id} but it runs several times, each with an outcome of its own."
        yield _problem(
            "results.several-runs", message, step, "Collect them with an output and use a condition."
        )
        return
    for flow in listing if known is not None else ():
        yield from _not_offered(step, flow, known or frozenset())
    if isinstance(kind, Question) and kind.multiple and element.tag == EXCLUSIVE:
        message = f"Expected one answer to {step.id} before exclusive gateway {element.id} but several can be chosen."
        yield _problem(
            "results.several", message, step, "Use an inclusive gateway, or allow one answer only."
        )
    free = any(flow.is_default or flow.is_free for flow in element.outgoing)
    for code in sorted((known or frozenset()) - listed) if not free else ():
        message = f"Expected a flow behind {element.id} for {code!r}, which {step.id} offers, but there is none and no default flow."
        yield _problem("results.uncovered", message, step, "Name it on a flow, or make one the default.")
    if isinstance(kind, Question) and not kind.required and not free:
        message = (
            f"Expected a default flow behind {element.id} for {step.id} without an answer, but there is none."
        )
        hint = 'Add a default flow, or required="true".'
        yield Problem("results.optional", message, step.id, line=step.line, hint=hint, warning=True)


def _not_offered(step: Element, flow: Flow, known: frozenset[str]) -> Iterator[Problem]:
    for code in sorted(set(flow.codes) - known):
        among = ", ".join(sorted(known)) or "none at all"
        message = f"Expected a result that {step.id} offers ({among}) but flow {flow.id} names {code!r}{near(code, known)}."
        hint = "Name the lookup field in outcomeField." if isinstance(work_of(step).kind, RecordPage) else ""
        yield Problem("results.not-offered", message, flow.id, line=flow.line, hint=hint)


def _problem(rule: str, message: str, step: Element, hint: str) -> Problem:
    return Problem(rule, message, step.id, line=step.line, hint=hint)
