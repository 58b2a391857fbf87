"""Outcomes and flows: every result that a step offers leads somewhere, and no flow waits for one that never comes.

These rules need what the reader made of the file, so they look at the compiled process.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from stepwell.engine.definition import Element, Flow, ProcessDefinition
from stepwell.engine.offers import offered, work_of
from stepwell.engine.outcome import GATEWAYS, STEP, asked_steps
from stepwell.engine.work import Question, RecordPage
from stepwell.errors import Problem
from stepwell.forms.draft import near

EXCLUSIVE = "exclusiveGateway"
_MOST_TOLD = 10


def problems(definition: ProcessDefinition) -> Iterator[Problem]:
    """What is wrong with the lists of results of a process."""
    for element in definition.elements.values():
        listing = [flow for flow in element.outgoing if flow.codes]
        if not listing:
            continue
        steps = {step.id: step for step in asked_steps(element)}
        yield from _of_flows(element, listing, steps)
        if element.tag == EXCLUSIVE:
            yield from _doubled(listing)
        by_step = defaultdict(list)
        for flow in listing:
            by_step[flow.results_of].append(flow)
        for id in (id for id in by_step if id in steps):
            yield from _of_step(steps[id], element, by_step[id])


def _of_flows(element: Element, listing: list[Flow], steps: dict[str, Element]) -> Iterator[Problem]:
    if element.tag != STEP and element.tag not in GATEWAYS:
        for flow in listing:
            message = f"Expected results on flows behind a user task or the gateway behind it but {flow.id} comes from {element.id}."
            yield Problem(
                "results.no-step", message, flow.id, line=flow.line, hint="Remove stepwell:results."
            )
        return
    known = ", ".join([*steps][:_MOST_TOLD]) or "none"
    for flow in (flow for flow in listing if flow.results_of not in steps):
        found = f"{flow.results_of}{near(flow.results_of, steps)}" if flow.results_of else "none named"
        message = f"Expected the results of flow {flow.id} to be of a user task directly before it ({known}) but found {found}."
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
    if step.loop is not None and step.loop.kind != "standard" and step.loop.rounds is None:
        message = f"Expected one outcome behind {step.id} but it runs several times, each with an outcome of its own."
        yield _problem(
            step, "results.several-runs", message, "Collect them with an output and use a condition."
        )
        return
    if known is not None:
        yield from _not_offered(step, listing, known)
    if isinstance(kind, Question) and kind.multiple and element.tag == EXCLUSIVE:
        message = f"Expected one answer to {step.id} before exclusive gateway {element.id} but several can be chosen."
        yield _problem(
            step, "results.several", message, "Use an inclusive gateway, or allow one answer only."
        )
    free = any(flow.is_default or flow.is_free for flow in element.outgoing)
    for code in sorted((known or frozenset()) - listed) if not free else ():
        message = f"Expected a flow behind {element.id} for {code!r}, which {step.id} offers, but there is none and no default flow."
        yield _problem(step, "results.uncovered", message, "Name it on a flow, or make one the default.")
    if isinstance(kind, Question) and not kind.required and not free:
        message = (
            f"Expected a default flow behind {element.id} for {step.id} without an answer, but there is none."
        )
        hint = 'Add a default flow, or required="true".'
        yield Problem("results.optional", message, step.id, line=step.line, hint=hint, warning=True)


def _not_offered(step: Element, listing: list[Flow], known: frozenset[str]) -> Iterator[Problem]:
    among = ", ".join(sorted(known)[:_MOST_TOLD]) or "none at all"
    hint = "Name the lookup field in outcomeField." if isinstance(work_of(step).kind, RecordPage) else ""
    for flow in listing:
        for code in sorted(set(flow.codes) - known):
            message = f"Expected a result that {step.id} offers ({among}) but flow {flow.id} names {code!r}{near(code, known)}."
            yield Problem("results.not-offered", message, flow.id, line=flow.line, hint=hint)


def _problem(step: Element, rule: str, message: str, hint: str) -> Problem:
    return Problem(rule, message, step.id, line=step.line, hint=hint)
