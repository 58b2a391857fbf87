"""BPMN errors: who catches them (BPMN 2.0, 10.5.6 and 13.5.2)."""

from stepwell.engine.definition import Element
from stepwell.engine.event_definition import ErrorDefinition
from stepwell.engine.events import CallerInformed, EventCaught
from stepwell.engine.rows import ElementInstance
from stepwell.engine.run import Run, Stuck
from stepwell.engine.scopes import cancel_instance, interrupt
from stepwell.engine.values import Values


def throw_error(run: Run, key: int, code: str, message: str, values: dict[str, object]) -> None:
    """Carry an error from element instance ``key`` outwards to the first boundary event that catches it.

    Nobody catches it: a called process ends and its caller gets the error; otherwise ``Stuck``.
    """
    place: int = key
    while place:
        row = run.state.scope_row(place)
        assert isinstance(row, ElementInstance)
        boundary = None if is_round(run, row) else catcher(run.definition.elements[row.element], code)
        if boundary is not None:
            run.emit(EventCaught(boundary.id, place, code))
            result = {"errorCode": code, "errorMessage": message, **values} if boundary.outputs else values
            interrupt(run, row, boundary, result)
            return
        place = row.scope
    if run.state.instance.calling_instance is None:
        found = f"error '{code}'" + (f" ({message})" if message else "")
        raise Stuck("error.uncaught", f"Expected a boundary event that catches {found}, but there is none.")
    run.emit(CallerInformed(Values(values), code, message))
    cancel_instance(run, "cancelled", f"error {code}")


def is_caught(run: Run, key: int, code: str) -> bool:
    """Whether a boundary event in this instance would catch an error of element instance ``key``."""
    place: int = key
    while place:
        row = run.state.scope_row(place)
        assert isinstance(row, ElementInstance)
        if not is_round(run, row) and catcher(run.definition.elements[row.element], code) is not None:
            return True
        place = row.scope
    return False


def is_round(run: Run, row: ElementInstance) -> bool:
    return run.at(row.key).round


def catcher(element: Element, code: str) -> Element | None:
    """The boundary event for this very code, otherwise one that catches every error."""
    every = None
    for boundary in element.boundary:
        for definition in boundary.step.definitions:  # type: ignore[attr-defined]
            if isinstance(definition, ErrorDefinition):
                if definition.code == code:
                    return boundary
                if not definition.code:
                    every = boundary
    return every
