"""What a process is given at its start: complete, of the declared types, and nothing else."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from stepwell import feel
from stepwell.engine.commands import StartInstance
from stepwell.engine.definition import Parameter, ProcessDefinition
from stepwell.errors import Problem, near

Given = tuple[dict[str, object], list[Problem]]
MOST = 100  # names that are refused one by one


def start_values(definition: ProcessDefinition, command: StartInstance, time: datetime) -> Given:
    """The variables that an instance begins with, and everything that is wrong with them.

    A process that declares what comes in takes no other names. What a message or signal carries beyond them
    is left out, and nobody is there to be asked for what it lacks.
    """
    given = dict(command.values)
    if not definition.parameters:
        return given, []
    declared = {item.name: item for item in definition.parameters if item.direction != "out"}
    out = {item.name for item in definition.parameters if item.direction == "out"}
    strange = [name for name in given if name in out or (declared and name not in declared)]
    if command.start_event:
        for name in strange:
            del given[name]
        found = _complete(given, declared.values(), time)
        return given, [problem for problem in found if problem.field in command.values]
    problems = [_stranger(name, declared, out) for name in strange[:MOST]]
    problems += _complete(given, declared.values(), time)
    lacking = [item for item in declared.values() if item.required and given.get(item.name) is None]
    return given, problems + [_missing(item) for item in lacking]


def _complete(given: dict[str, object], declared: Iterable[Parameter], time: datetime) -> Iterator[Problem]:
    """Set defaults, each of which sees what stands before it, and take every value as its type keeps it."""
    for item in declared:
        value = given.get(item.name)
        if item.name not in given and item.default is not None:
            try:
                value = item.default.value(given.get, time)
            except feel.FeelError as error:
                yield _default_failed(item, error)
                continue
        elif item.name not in given:
            continue
        fitting = feel.fitting(item.type, value)
        if fitting is feel.MISSING:
            yield _misfit(item, value)
        else:
            given[item.name] = fitting


def _stranger(name: str, declared: Iterable[str], out: set[str]) -> Problem:
    """A name that a caller can not give."""
    if name in out:
        message = f"Expected no value for {name}, which only comes out of the process, but there is one."
        return Problem("parameter.out", message, field=name)
    message = f"Expected one of {', '.join(declared)}, but found {name}{near(name, declared)}."
    return Problem("parameter.unknown", message, field=name)


def _missing(item: Parameter) -> Problem:
    message = f"Expected a value for {_called(item)}, but there is none."
    return Problem("parameter.required", message, field=item.name)


def _misfit(item: Parameter, value: object) -> Problem:
    wanted = feel.DECLARED_TYPES[item.type].wanted
    message = f"Expected {_called(item)} to be {wanted}, but found {feel.described(value)}."
    hint = "In JSON text stands in double quotes." if item.type == "text" else ""
    return Problem("parameter.type", message, field=item.name, hint=hint)


def _default_failed(item: Parameter, error: feel.FeelError) -> Problem:
    message = f"Expected the default of {_called(item)} to have a value, but it has none: {error}"
    return Problem("parameter.default", message, field=item.name)


def _called(item: Parameter) -> str:
    return f"{item.name} ({item.label})" if item.label else item.name
