"""The outcome of a step for a person, and the flows whose lists of results hold it (product rule "Outcome and flows").

The outcome stands in the variable that is named as the step, a context: ``Ask.outcome`` is the chosen code, or the
list of codes where several could be chosen.
"""

from stepwell.engine.definition import Element, Flow
from stepwell.engine.mapping import spread
from stepwell.engine.run import At, Run
from stepwell.forms.outcome import Outcome

NAME = "outcome"
STEP = "userTask"
GATEWAYS = ("exclusiveGateway", "inclusiveGateway")


def keep(run: Run, at: At, outcome: Outcome) -> None:
    """Let the outcome of a step and what it remembers be known behind it."""
    spread(run, at, {at.element.id: {**outcome.details, NAME: outcome.value}})


def codes_of(run: Run, scope: int, step: str) -> frozenset[str]:
    """The outcome of the step, as seen from a scope; empty when there is none (yet)."""
    known = run.state.value(scope, step)
    value = known.get(NAME) if isinstance(known, dict) else None
    values = value if isinstance(value, list) else [value]
    return frozenset(one for one in values if isinstance(one, str))


def names_outcome(run: Run, flow: Flow, scope: int) -> bool:
    """Whether the result list of a flow holds the outcome of the step that it is about."""
    return bool(flow.codes) and not codes_of(run, scope, flow.results_of).isdisjoint(flow.codes)


def asked_steps(source: Element) -> list[Element]:
    """The steps whose outcome flows out of an element can be about: itself, or those directly before a gateway."""
    if source.tag == STEP:
        return [source]
    before = [incoming.source for incoming in source.incoming] if source.tag in GATEWAYS else []
    return [element for element in dict.fromkeys(before) if element.tag == STEP]


def find_steps(element: Element) -> None:
    """Let each list of results behind the element that names no step be about the only one it can be about."""
    unsaid = [flow for flow in element.outgoing if flow.codes and not flow.results_of]
    steps = asked_steps(element) if unsaid else []
    for flow in unsaid if len(steps) == 1 else ():
        flow.results_of = steps[0].id
