"""Leaving an element: which sequence flows take a token (BPMN 2.0, 13.2 and 13.4)."""

from stepwell import feel
from stepwell.engine.definition import Element, Flow
from stepwell.engine.events import ElementCompleted, ElementPassed
from stepwell.engine.incidents import attempt_leave
from stepwell.engine.mapping import absorb, over, variables_set
from stepwell.engine.outcome import codes_of, names_outcome
from stepwell.engine.run import At, Run, Stuck


def complete(run: Run, at: At, result: object = None) -> None:
    """The element did its work: take its result over, or raise an incident that keeps it; then go on."""
    if result is not None or at.element.outputs:
        taken = attempt_leave(
            run, at, lambda run, at: take_over(run, at, result), lambda: feel.encode(result)
        )
        if not taken:
            return
    attempt_leave(run, at, go_on)


def finish(run: Run, at: At, result: object = None) -> None:
    """Take the result over and go on; raises ``Stuck`` or ``FeelError``."""
    if result is not None or at.element.outputs:
        take_over(run, at, result)
    go_on(run, at)


def take_over(run: Run, at: At, result: object) -> None:
    """Let what of the result the step gives become variables."""
    absorb(run, at, at.element.step.brought(run, at, result))


def go_on(run: Run, at: At) -> None:
    """With the result taken over, end the round or choose the flows; raises ``Stuck`` or ``FeelError``."""
    if at.round:
        end_round(run, at)
    else:
        leave(run, at)


def leave(run: Run, at: At, flows: tuple[Flow, ...] | None = None) -> None:
    """Go on along ``flows`` (those the element's own rules give, if not said)."""
    element = at.element
    if flows is None:
        flows = element.exits
        if flows is None:
            flows = matching(run, at)
        ids = element.exit_ids if flows is element.exits else tuple(flow.id for flow in flows)
    else:
        ids = tuple(flow.id for flow in flows)
    scope = at.scope
    if at.key:
        run.emit(ElementCompleted(at.key, element.id, ids, element.counted))
        if element.counted:
            run.rejoin.add(scope)
    else:
        run.emit(ElementPassed(element.id, scope, ids))
    for flow in flows:
        run.agenda.append((flow.target, scope, flow))
    if not flows:
        run.touched.add(scope)


def matching(run: Run, at: At) -> tuple[Flow, ...]:
    """Every free flow, and every one whose results hold the outcome or whose condition is true; the default if
    there is none of the latter.
    """
    scope = at.key or at.scope
    taken = [flow for flow in at.element.outgoing if flow.is_free or is_chosen(run, flow, scope)]
    if all(flow.is_free for flow in taken):
        taken += [flow for flow in at.element.outgoing if flow.is_default]
    if not taken:
        raise no_match(run, at.element, scope)
    return tuple(taken)


def is_chosen(run: Run, flow: Flow, scope: int) -> bool:
    """Whether the outcome or the condition asks for the flow."""
    if names_outcome(run, flow, scope):
        return True
    return flow.condition is not None and holds(run, flow, run.lookup(scope))


def first_matching(run: Run, at: At) -> Flow:
    """In order of the document: the first flow whose results hold the outcome, else the first that is free or whose
    condition is true, else the default.
    """
    scope = at.key or at.scope
    flows = at.element.outgoing
    for flow in flows:
        if names_outcome(run, flow, scope):
            return flow
    lookup = run.lookup(scope)
    for flow in flows:
        if flow.is_free or (flow.condition is not None and holds(run, flow, lookup)):
            return flow
    default = next((flow for flow in flows if flow.is_default), None)
    if default is None:
        raise no_match(run, at.element, scope)
    return default


def no_match(run: Run, element: Element, scope: int) -> Stuck:
    flows = ", ".join(flow.id for flow in element.outgoing)
    steps = dict.fromkeys(flow.results_of for flow in element.outgoing if flow.codes)
    told = ", ".join(f"{step} ({', '.join(sorted(codes_of(run, scope, step))) or 'none'})" for step in steps)
    if not told:
        message = (
            f"Expected a condition behind {element.id} to hold or a default flow, but none of {flows} holds."
        )
        return Stuck("flow.no-match", message)
    message = f"Expected a flow behind {element.id} for the outcome of {told}, a condition that holds or a default flow,"
    return Stuck("flow.no-match", f"{message} but none of {flows} fits.")


def holds(run: Run, flow: Flow, lookup: object) -> bool:
    """Whether the condition of a flow is true; anything but yes or no is an incident."""
    return is_true(run, flow.condition, lookup, f"condition of flow {flow.id}")


def is_true(run: Run, expression: feel.Expression | None, lookup: object, what: str) -> bool:
    if expression is None:
        return True
    value = expression.evaluate(lookup, now=run.time)  # type: ignore[arg-type]
    if value is True or value is False:
        return value
    raise Stuck(
        "condition.not-boolean",
        f"Expected the {what} to give true or false, but '{expression.text}' gave {feel.format_value(value)}.",
    )


def end_round(run: Run, at: At) -> None:
    """One round of a loop is done: keep its output, and see whether the rest is still wanted."""
    loop = at.element.loop
    row = run.state.elements[at.key]
    assert loop is not None and row.data is not None
    body = at.scope
    if loop.rounds is not None:
        value = run.state.local(at.key).get(at.element.id)
        run.emit(variables_set(body, {f"#{row.data['round']}": value}))
    elif loop.output_item is not None:
        value = loop.output_item.evaluate(run.lookup(at.key), now=run.time)
        run.emit(variables_set(body, {f"#{row.data['round']}": value}))
    ended = is_enough(run, at) if loop.rounds is None else loop.rounds.is_settled(run, at)
    run.emit(ElementCompleted(at.key, at.element.id))
    run.touched.add(body)
    if ended:
        run.ended_loops.add(body)


def is_enough(run: Run, at: At) -> bool:
    """Whether the completion condition of a multi-instance holds, this round counted as completed."""
    loop = at.element.loop
    body = run.state.elements[at.scope]
    assert loop is not None and body.data is not None
    if loop.completion is None:
        return False
    created = int(str(body.data["created"]))
    numbers: dict[str, object] = {
        "numberOfInstances": body.data["total"],
        "numberOfActiveInstances": body.active - 1,
        "numberOfCompletedInstances": created - body.active + 1,
        "numberOfTerminatedInstances": 0,
    }
    lookup = over(numbers, run.lookup(at.key))
    return is_true(run, loop.completion, lookup, f"completion condition of {at.element.id}")
