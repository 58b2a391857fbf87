"""How a scope ends: by itself when nothing in it is active, or from outside with all that is in it."""

from stepwell import feel
from stepwell.engine.definition import Element
from stepwell.engine.events import (
    CallerInformed,
    ElementChanged,
    ElementTerminated,
    InstanceEnded,
    InstanceTerminating,
    JobCreated,
    JobDone,
)
from stepwell.engine.flow import complete
from stepwell.engine.rows import ElementInstance, Job
from stepwell.engine.run import At, Run
from stepwell.engine.values import Values
from stepwell.errors import Conflict

TERMINATIONS = 1000  # element instances that one transaction ends
IN_BACKGROUND = b"background"  # args of a continuation that nobody waits for


def end_instance(run: Run, status: str, reason: str = "") -> None:
    """The run is over; a caller gets the result."""
    state = run.state
    run.agenda.clear()
    if status == "completed" and state.instance.calling_instance is not None:
        run.emit(CallerInformed(Values(results(run))))
    run.emit(InstanceEnded(status, run.now, reason))


def expect_living(run: Run, key: int) -> None:
    """Reject what concerns an element instance that is being ended, or is inside of one."""
    if run.state.is_ending(key):
        found = f"{run.state.instance.id}-{key}"
        raise Conflict(
            "element.ending", f"Expected element instance {found} to be active, but it is being ended."
        )


def results(run: Run) -> dict[str, object]:
    """What a called process gives back: its declared outputs, or all its variables if it declares nothing."""
    state = run.state
    declared = run.definition.parameters
    names = (
        [parameter.name for parameter in declared if parameter.direction != "in"]
        if declared
        else list(state.local(0))
    )
    found = {name: state.value(0, name) for name in names}
    return {name: value for name, value in found.items() if value is not feel.MISSING}


def cancel_instance(run: Run, status: str, reason: str = "") -> None:
    """End everything inside, then the instance; in several transactions if it is large."""
    run.agenda.clear()
    if terminate_inside(run, 0):
        end_instance(run, status, reason)
        return
    if run.state.instance.status != "terminating":
        run.emit(InstanceTerminating(status, reason))
    hand_on(run, 0, feel.encode({"status": status, "reason": reason}))


def terminate_inside(run: Run, scope: int) -> bool:
    """End the children of a scope; False if there are more than one transaction should end."""
    children = run.state.children(scope, TERMINATIONS - run.terminations + 1)
    run.state.load_waits([child.key for child in children if child.waits])
    run.agenda = type(run.agenda)(token for token in run.agenda if token[1] != scope)
    return all(terminate(run, child) for child in children)


def terminate(run: Run, row: ElementInstance) -> bool:
    """End one element instance with all that is in it; False if not everything could be ended yet."""
    if run.terminations >= TERMINATIONS:
        return False
    if row.active and not terminate_inside(run, row.key):
        return False
    run.terminations += 1
    at = run.at(row.key)
    at.element.step.cancel(run, at)
    run.emit(ElementTerminated(row.key, row.element, at.counted))
    run.touched.add(row.scope)
    if at.counted:
        run.rejoin.add(row.scope)
    return True


def interrupt(run: Run, host: ElementInstance, boundary: Element, result: object) -> None:
    """End the host of a boundary event and go on behind the event."""
    if terminate(run, host):
        complete(run, At(boundary, host.scope), result)
        return
    memory: dict[str, object] = {"then": boundary.id, "result": feel.encode(result)}
    run.emit(ElementChanged(host.key, "terminating", memory))
    clear_agenda(run)
    hand_on(run, host.key)


def go_on_terminating(run: Run, row: ElementInstance) -> None:
    """Another transaction's share of ending a large scope."""
    data = row.data or {}
    if "then" in data:
        boundary = run.definition.elements[str(data["then"])]
        interrupt(run, row, boundary, feel.decode(bytes(data["result"])))  # type: ignore[call-overload]
    elif terminate_inside(run, row.key):
        run.emit(ElementChanged(row.key, "active", data.get("before")))  # type: ignore[arg-type]
        run.touched.add(row.key)
    else:
        hand_on(run, row.key)


def empty(run: Run, scope: int) -> None:
    """End what is in a scope but let the scope itself end as usual."""
    if scope == 0:
        cancel_instance(run, "completed")
    elif not terminate_inside(run, scope):
        run.emit(ElementChanged(scope, "terminating", {"before": run.state.elements[scope].data}))
        clear_agenda(run)
        hand_on(run, scope)


def clear_agenda(run: Run) -> None:
    """Nothing goes on inside of what is being ended."""
    run.agenda = type(run.agenda)(token for token in run.agenda if not run.state.is_ending(token[1]))


def hand_on(run: Run, key: int, args: bytes = b"") -> None:
    """Have a later transaction go on with this element instance (0: with what is pending).

    A continuation that somebody waits for takes what is in the background along.
    """
    if run.state.scope_row(key).waits:
        run.state.load_waits((key,))
        jobs = [job for job in run.state.jobs.values() if job.element_key == key and job.type == "continue"]
        if any(job.args == args or (args == IN_BACKGROUND and not job.args) for job in jobs):
            return
        for job in jobs:
            run.emit(JobDone(job.key))
    run.emit(JobCreated(Job(run.state.next_key(), key, "", "continue", run.now, args=args)))
