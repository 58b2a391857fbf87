"""Where tokens wait for each other: parallel and inclusive joins, start quantities.

A joining gateway is an element instance from its first token until it fires; the tokens wait under it.
"""

from stepwell.engine.definition import Element, Flow
from stepwell.engine.events import ElementActivated, ElementCompleted, TokenArrived, TokensTaken
from stepwell.engine.rows import ElementInstance
from stepwell.engine.run import At, Run


def gather(run: Run, element: Element, scope: int, flow: Flow) -> At | None:
    """Let a token wait; gives where to go on if that was the last one missing."""
    row = run.state.joining(scope, element.id)
    key = row.key if row is not None else begin(run, element, scope)
    run.emit(TokenArrived(key, flow.id))
    run.touched.add(scope)
    return None if run.state.has_incident(key) else complete_set(run, element, run.state.elements[key])


def complete_set(run: Run, element: Element, row: ElementInstance) -> At | None:
    """Where to go on if all tokens are there; an inclusive join is looked at when no token moves."""
    if element.step.joins == "inclusive":
        run.rejoin.add(row.scope)
        return None
    if element.step.joins == "parallel":
        return fire(run, element, row) if row.filled == len(element.incoming) else None
    tokens = sum(waiting for _, waiting in waiting_on(run, element, row.key))
    return fire(run, element, row) if tokens >= element.start_quantity else None


def begin(run: Run, element: Element, scope: int) -> int:
    key = run.state.next_key()
    run.emit(ElementActivated(key, element.id, scope, "joining", None, element.counted))
    return key


def waiting_on(run: Run, element: Element, key: int) -> list[tuple[str, int]]:
    """(flow, tokens) of the incoming flows on which tokens wait."""
    flows = run.state.flows
    return [(flow.id, flows[key, flow.id].tokens) for flow in element.incoming if (key, flow.id) in flows]


def fire(run: Run, element: Element, row: ElementInstance) -> At:
    """Consume one token of each filled flow (or the start quantity) and give where to go on."""
    waiting = waiting_on(run, element, row.key)
    taken = share(element, waiting)
    if taken == waiting and element.step.joins:
        return At(element, row.scope, row.key)
    run.emit(TokensTaken(row.key, tuple(taken)))
    if taken == waiting:
        run.emit(ElementCompleted(row.key, element.id, (), element.counted))
        run.rejoin.add(row.scope)
    return At(element, row.scope)


def share(element: Element, waiting: list[tuple[str, int]]) -> list[tuple[str, int]]:
    if element.step.joins:
        return [(flow, 1) for flow, _ in waiting]
    missing = element.start_quantity
    taken = []
    for flow, tokens in waiting:
        part = min(tokens, missing)
        missing -= part
        if part:
            taken.append((flow, part))
    return taken


def next_inclusive(run: Run) -> At | None:
    """The first inclusive join that may fire now, if any (BPMN 2.0, 13.4.3)."""
    for scope in sorted(run.rejoin):
        if not run.state.is_ending(scope):
            for row in run.state.joining_in(scope):
                element = run.definition.elements[row.element]
                if element.step.joins != "inclusive" or run.state.has_incident(row.key):
                    continue
                if is_ready(run, element, row):
                    return fire(run, element, row)
        run.rejoin.discard(scope)
    return None


def is_ready(run: Run, element: Element, row: ElementInstance) -> bool:
    """No token can still reach an empty flow, unless it can also reach a filled one."""
    filled = [flow for flow in element.incoming if (row.key, flow.id) in run.state.flows]
    if len(filled) == len(element.incoming):
        return True
    empty = [flow for flow in element.incoming if flow not in filled]
    for place in run.state.scope_row(row.scope).positions or ():
        if any(place in element.reach[flow.id] for flow in empty) and not any(
            place in element.reach[flow.id] for flow in filled
        ):
            return False
    return True
