"""What can not go on becomes an incident that a person can repair (R7)."""

from collections.abc import Callable

from stepwell import feel
from stepwell.engine.events import ElementChanged, IncidentRaised, IncidentResolved
from stepwell.engine.rows import Incident
from stepwell.engine.run import At, Run, Stuck

STUCK: dict[str, object] = {"stuck": True}


def attempt(run: Run, at: At, action: Callable[[Run, At], None], *, anew: bool = True) -> None:
    """Enter an element; if it gets stuck nothing of the attempt stays but an incident on it.

    ``anew``: a retry has to enter it from the beginning, with its boundary events and inputs.
    """
    mark = run.mark()
    key, activations = at.key, run.activations
    try:
        action(run, at)
    except (Stuck, feel.FeelError) as problem:
        run.undo(mark)
        at.key = key
        run.activations = activations
        if key == 0:
            run.activate(at, STUCK)
        elif anew:
            stick(run, at)
        raise_incident(run, at.key, problem)


def stick(run: Run, at: At) -> None:
    """Remember on a row that was there before that its entering has to be done again."""
    row = run.state.elements[at.key]
    if row.state != "joining":
        run.emit(ElementChanged(at.key, "active", {**(row.data or {}), **STUCK}))


def unstick(run: Run, key: int) -> bool:
    """Forget that mark; gives whether it was there."""
    data = dict(run.state.elements[key].data or {})
    if "stuck" not in data:
        return False
    del data["stuck"]
    run.emit(ElementChanged(key, "active", data or None))
    return True


def attempt_leave(
    run: Run, at: At, action: Callable[[Run, At], None], values: Callable[[], bytes] = bytes
) -> bool:
    """Take a step of leaving an element; if that gets stuck, a retry takes it again with the same ``values``."""
    mark = run.mark()
    try:
        action(run, at)
    except (Stuck, feel.FeelError) as problem:
        run.undo(mark)
        run.activate(at)
        raise_incident(run, at.key, problem, "leave", values())
        return False
    return True


def raise_incident(
    run: Run, key: int, problem: Stuck | feel.FeelError, phase: str = "enter", values: bytes = b""
) -> None:
    """Put an incident on an element instance (or, for key 0, on the instance)."""
    if run.state.has_incident(key):
        run.emit(IncidentResolved(key))
    element = run.state.elements[key].element if key else ""
    code = problem.code if isinstance(problem, Stuck) else "expression.failed"
    message = str(problem).replace("\0", "␀")  # columns of PostgreSQL can not keep it
    run.emit(IncidentRaised(Incident(key, element, code, message, run.now, phase, values)))  # type: ignore[arg-type]
