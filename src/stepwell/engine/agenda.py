"""Moving tokens until everything waits, within the budget of one transaction."""

from stepwell.engine import joins, loops, scopes
from stepwell.engine.definition import Element, Flow
from stepwell.engine.enter import open_element
from stepwell.engine.events import ElementActivated
from stepwell.engine.flow import complete
from stepwell.engine.incidents import attempt, raise_incident
from stepwell.engine.repetitions import count_pass
from stepwell.engine.run import At, Run, Stuck

BACKGROUND: dict[str, object] = {"background": True}


def drain(run: Run) -> None:
    """Let every token go on until it waits, scopes end and joins fire."""
    seen: set[int] = set()
    while True:
        while run.agenda:
            element, scope, flow = run.agenda.popleft()
            if scope == 0 or run.state.element(scope) is not None:
                arrive(run, element, scope, flow)
        if not settle(run, seen):
            break
    if run.state.instance.status == "running":
        if run.parked:
            scopes.hand_on(run, 0, scopes.IN_BACKGROUND if run.parked == "background" else b"")
        for scope in sorted(seen):
            report_waiting_for_ever(run, scope)


def arrive(run: Run, element: Element, scope: int, flow: Flow | None) -> None:
    """A token came to an element."""
    if element.gathers and flow is not None:
        at = joins.gather(run, element, scope, flow)
        if at is not None:
            begin(run, at)
    elif run.activations >= run.settings.budget:
        park(run, At(element, scope))
        run.parked = "budget"
    else:
        begin(run, At(element, scope))


def begin(run: Run, at: At) -> None:
    """Enter an element, or put an incident on it."""
    run.activations += 1
    attempt(run, at, enter)


def enter(run: Run, at: At) -> None:
    element = at.element
    if element.background and at.key == 0:
        park(run, at, BACKGROUND)
        run.parked = run.parked or "background"
        return
    if element.cycle_entry and not at.round:
        count_pass(run, at)
    if element.loop is not None and not at.round:
        loops.start(run, at)
    elif element.plain:
        element.step.enter(run, at)
    else:
        open_element(run, at)


def park(run: Run, at: At, data: dict[str, object] | None = None) -> None:
    """Leave the element for a later transaction."""
    run.emit(
        ElementActivated(run.state.next_key(), at.element.id, at.scope, "pending", data, at.element.counted)
    )


def settle(run: Run, seen: set[int]) -> bool:
    """With no token moving: end scopes that are done, go on with loops, fire one inclusive join.

    ``seen`` collects the scopes that were looked at.
    """
    while run.touched:
        scope = max(run.touched)
        run.touched.discard(scope)
        seen.add(scope)
        end_if_done(run, scope)
        if run.agenda:
            return True
    at = joins.next_inclusive(run)
    if at is not None:
        begin(run, at)
    return bool(at is not None or run.touched)


def end_if_done(run: Run, scope: int) -> None:
    if scope == 0:
        instance = run.state.instance
        if instance.status == "running" and instance.active == 0:
            scopes.end_instance(run, "completed")
        return
    row = run.state.element(scope)
    if row is None or run.state.is_ending(scope) or run.state.has_incident(scope):
        return
    if loops.is_body(row):
        attempt(run, run.at(scope), lambda run, at: loops.advance(run, at.key))
    elif row.active == 0 and row.scope not in run.ended_loops:
        complete(run, run.at(scope))


def report_waiting_for_ever(run: Run, scope: int) -> None:
    """A scope in which nothing is left but gateways that wait can never end: say so."""
    if scope and scope not in run.state.elements:
        return
    row = run.state.scope_row(scope)
    if row.joining == 0 or row.active != row.joining or row.waits:
        return
    gateways = run.state.joining_in(scope)
    if any(gateway.waits for gateway in gateways):
        return
    names = ", ".join(sorted(gateway.element for gateway in gateways))
    message = f"Expected a token on every flow into {names} that it waits for, but none can come any more."
    raise_incident(run, scope, Stuck("join.waits-forever", message), "join")
