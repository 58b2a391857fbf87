from collections.abc import Iterable

from stepwell import feel
from stepwell.engine.agenda import drain
from stepwell.engine.commands import CancelInstance, SetVariables, StartInstance
from stepwell.engine.definition import Element, Parameter
from stepwell.engine.events import CallerInformed, InstanceStarted
from stepwell.engine.flow import complete
from stepwell.engine.mapping import variables_set
from stepwell.engine.rows import ProcessInstance
from stepwell.engine.run import At, Run
from stepwell.engine.scopes import cancel_instance
from stepwell.engine.values import Values
from stepwell.errors import Invalid, NotFound, Problem


def start(run: Run, command: StartInstance) -> None:
    """Begin a run of the definition."""
    given = parameters(run, command)
    starts = start_elements(run, command)
    run.emit(
        InstanceStarted(
            ProcessInstance(
                command.instance_id,
                command.definition_id,
                calling_instance=command.calling_instance,
                calling_key=command.calling_key,
                starter=command.starter or command.actor,
                business_key=command.business_key,
                started_at=run.now,
                depth=command.depth,
            )
        )
    )
    if given:
        run.emit(variables_set(0, given))
    if command.start_event:
        complete(run, At(starts[0], 0))
    else:
        run.agenda.extend((element, 0, None) for element in starts)
    run.touched.add(0)
    drain(run)


def start_elements(run: Run, command: StartInstance) -> tuple[Element, ...]:
    if command.start_event:
        return (run.definition.elements[command.start_event],)
    if not run.definition.start:
        message = (
            f"Expected process {run.definition.id} to have a start event without a trigger, but it has none."
        )
        raise Invalid("process.no-start", message)
    return run.definition.start


def parameters(run: Run, command: StartInstance) -> dict[str, object]:
    """The start values: what was given, completed by defaults; every problem at once.

    A process that declares parameters refuses names that it did not declare. What a message or signal
    carries beyond them is left out, and nobody is there to be asked for what it lacks.
    """
    declared = {item.name: item for item in run.definition.parameters if item.direction != "out"}
    given = dict(command.values)
    if command.start_event and declared:
        given = {name: value for name, value in given.items() if name in declared}
        set_defaults(run, declared.values(), given)
        return given
    problems = set_defaults(run, declared.values(), given)
    problems += [
        missing(item) for item in declared.values() if item.required and given.get(item.name) is None
    ]
    if declared:
        problems += [unknown(name, declared) for name in given if name not in declared]
    if problems:
        raise Invalid("parameters.invalid", f"Expected the parameters of {run.definition.id}.", problems)
    return given


def set_defaults(run: Run, declared: Iterable[Parameter], given: dict[str, object]) -> list[Problem]:
    """Complete what was given; each default sees what stands before it."""
    problems = []
    for item in declared:
        if item.name in given or item.default is None:
            continue
        try:
            given[item.name] = item.default.value(given.get, run.time)
        except feel.FeelError as error:
            message = (
                f"Expected the default of {item.label or item.name} to have a value, but it has none: {error}"
            )
            problems.append(Problem("parameter.default", message, field=item.name))
    return problems


def missing(item: Parameter) -> Problem:
    return Problem(
        "parameter.required",
        f"Expected a value for {item.label or item.name}, but there is none.",
        field=item.name,
    )


def unknown(name: str, declared: dict[str, Parameter]) -> Problem:
    names = ", ".join(declared)
    return Problem("parameter.unknown", f"Expected one of {names}, but found {name}.", field=name)


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
