from collections.abc import Mapping, Sequence

from stepwell import feel
from stepwell.engine.agenda import drain
from stepwell.engine.commands import CancelInstance, SetVariables, StartInstance
from stepwell.engine.definition import Element
from stepwell.engine.events import CallerInformed, InstanceStarted
from stepwell.engine.flow import complete
from stepwell.engine.incidents import raise_incident
from stepwell.engine.mapping import variables_set
from stepwell.engine.parameters import start_values
from stepwell.engine.rows import ProcessInstance
from stepwell.engine.run import DEEPEST, At, Run, Stuck
from stepwell.engine.scopes import cancel_instance
from stepwell.engine.values import Values
from stepwell.errors import Invalid, NotFound, Problem, how_many

LONGEST = 255  # characters of a caption


def start(run: Run, command: StartInstance) -> None:
    """Begin a run of the definition."""
    given, problems = start_values(run.definition, command, run.time)
    starts = start_elements(run, command)
    if problems and not command.start_event:
        message = f"Expected values that process {run.definition.id} takes, but found {how_many(problems)}."
        raise Invalid("parameters.invalid", message, problems)
    run.emit(
        InstanceStarted(
            ProcessInstance(
                command.instance_id,
                command.definition_id,
                calling_instance=command.calling_instance,
                calling_key=command.calling_key,
                starter=command.actor,
                business_key=command.business_key,
                started_at=run.now,
                depth=command.depth,
                caption=caption(run, given, command.called),
            )
        )
    )
    if given:
        run.emit(variables_set(0, given))
    if problems:
        stop_at_start(run, At(starts[0], 0), problems)
    elif command.depth > DEEPEST:
        stop_too_deep(run, At(starts[0], 0))
    elif command.start_event:
        complete(run, At(starts[0], 0))
    else:
        run.agenda.extend((element, 0, None) for element in starts)
    run.touched.add(0)
    drain(run)


def caption(run: Run, given: Mapping[str, object], called: Mapping[str, str]) -> str:
    """How this run is called, in one line; empty where the author said nothing or what was said fails.

    A record is called by its title. It is a label: no work has to wait for its repair.
    """
    template = run.definition.caption
    if template is None:
        return ""

    def value(name: str) -> object:
        found = given.get(name, feel.MISSING)
        return called.get(found, found) if isinstance(found, str) else found

    try:
        text = template.evaluate(value, now=run.time)
    except feel.FeelError:
        return ""
    line = " ".join(text.replace("\0", "␀").split())  # columns of PostgreSQL can not keep NUL
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def start_elements(run: Run, command: StartInstance) -> tuple[Element, ...]:
    if command.start_event:
        return (run.definition.elements[command.start_event],)
    if not run.definition.start:
        message = (
            f"Expected process {run.definition.id} to have a start event without a trigger, but it has none."
        )
        raise Invalid("process.no-start", message)
    return run.definition.start


def stop_at_start(run: Run, at: At, problems: Sequence[Problem]) -> None:
    """What a message or signal brought does not fit: nobody is there to refuse it to, so it waits for repair."""
    found = " ".join(problem.message for problem in problems)
    message = f"Expected a message or signal with values that {at.element.id} can begin with, but: {found}"
    key = run.activate(at)
    raise_incident(run, key, Stuck("parameters.invalid", message), "leave", feel.encode({}))


def stop_too_deep(run: Run, at: At) -> None:
    """One cause led to another too often without a person in between: somebody has to look before it goes on."""
    message = f"Expected at most {DEEPEST} causes between a person and {at.element.id}, but this is one more."
    key = run.activate(at)
    raise_incident(run, key, Stuck("cause.too-deep", message), "leave", feel.encode({}))


def cancel(run: Run, command: CancelInstance) -> None:
    """End the instance; a call activity that still waits for it gets to know (R7)."""
    if run.state.instance.calling_instance is not None and run.state.instance.status == "running":
        reason = f" ({command.reason})" if command.reason else ""
        run.emit(CallerInformed(Values({}), "", f"it was cancelled{reason}"))
    cancel_instance(run, "cancelled", command.reason)


def set_variables(run: Run, command: SetVariables) -> None:
    if command.scope and run.state.element(command.scope) is None:
        instance = run.state.instance.id
        raise NotFound(
            "scope.unknown", f"Expected scope {instance}-{command.scope} to be active, but it is not."
        )
    run.emit(variables_set(command.scope, command.values))
