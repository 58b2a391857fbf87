"""Beginning to wait for events, and what happens when one comes."""

from stepwell.engine.definition import Element
from stepwell.engine.events import ElementCompleted, EventCaught, Unsubscribed
from stepwell.engine.flow import complete
from stepwell.engine.rows import ElementInstance
from stepwell.engine.run import At, Run
from stepwell.engine.scopes import interrupt


def watch(run: Run, element: Element, key: int) -> None:
    """Wait for each event of ``element`` on behalf of element instance ``key``."""
    for definition in element.step.definitions:  # type: ignore[attr-defined]
        definition.wait(run, element, key)


def watch_boundary(run: Run, at: At) -> None:
    """Begin to wait for the boundary events of an activity that was just activated."""
    for boundary in at.element.boundary:
        watch(run, boundary, at.key)


def caught(run: Run, element_id: str, key: int, result: object, subscription: int = 0) -> None:
    """An event came for ``element_id``, which waited by element instance ``key``.

    ``subscription`` is what it came by; it stays when a boundary event does not interrupt.
    """
    host = run.state.scope_row(key)
    assert isinstance(host, ElementInstance)
    element = run.definition.elements[element_id]
    run.emit(EventCaught(element_id, key))
    if element.attached_to is not None:
        if element.step.interrupting:  # type: ignore[attr-defined]
            interrupt(run, host, element, result)
        else:
            complete(run, At(element, host.scope), result)
        return
    if host.element == element_id:
        if subscription:
            run.emit(Unsubscribed(subscription))
        complete(run, run.at(key), result)
        return
    choose(run, host, element, result)


def choose(run: Run, gateway: ElementInstance, element: Element, result: object) -> None:
    """An event-based gateway goes on with the event that came first (BPMN 2.0, 10.6.6)."""
    at = run.at(gateway.key)
    taken = tuple(flow.id for flow in at.element.outgoing if flow.target is element)
    run.emit(ElementCompleted(gateway.key, gateway.element, taken, at.counted))
    if at.counted:
        run.rejoin.add(gateway.scope)
    complete(run, At(element, gateway.scope), result)
