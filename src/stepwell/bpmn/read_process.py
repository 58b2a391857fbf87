"""A process, or a global task as a process of one step (BPMN 2.0, 10.2 and 10.3.4)."""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml.etree import _Element as Element

from stepwell import feel
from stepwell.bpmn import fields
from stepwell.bpmn.declared import PARAMETER, PROCESS, RUN_FROM
from stepwell.bpmn.draft import Draft, Place, complain, extension, extensions, place, warn
from stepwell.bpmn.grammar import TASKS
from stepwell.bpmn.index import children, flag, text
from stepwell.bpmn.not_executable import refuse
from stepwell.bpmn.read_elements import elements, read_element, repetitions
from stepwell.bpmn.read_flows import flows
from stepwell.bpmn.read_lanes import lanes
from stepwell.bpmn.texts import template
from stepwell.engine import compile as compilation
from stepwell.engine import definition
from stepwell.engine.definition import Parameter, ProcessDefinition, RunFrom
from stepwell.engine.steps import STEPS
from stepwell.errors import near

GLOBALS = {f"global{name[:1].upper()}{name[1:]}": name for name in sorted(TASKS)}


def is_executable(process: Element) -> bool:
    """Unless it says that it is not."""
    return flag(process, "isExecutable", default=True)


def read_process(draft: Draft, process: Element) -> ProcessDefinition:
    """A process with everything in it, compiled."""
    found = elements(draft, process)
    flows(draft, found)
    lanes(draft, process, found)
    return _compiled(draft, process, found.values(), is_executable=is_executable(process))


def read_global_task(draft: Draft, task: Element, name: str) -> ProcessDefinition | None:
    """A global task of the kind ``name``; None if this kind can not run."""
    step = STEPS.get(name)
    if step is None:
        refuse(draft, task, name)
        return None
    return _compiled(draft, task, [read_element(draft, task, step, name)], is_executable=True)


def _compiled(
    draft: Draft, written: Element, found: Iterable[definition.Element], *, is_executable: bool
) -> ProcessDefinition:
    declared = parameters(draft, written)
    plain = ProcessDefinition(
        id=written.get("id", ""),
        name=(written.get("name") or "").strip(),
        elements={element.id: element for element in found},
        start=(),
        documentation="\n\n".join(filter(None, map(text, children(written, "documentation")))),
        parameters=declared,
        run_from=tuple(_offers(draft, written, declared)),
        executable=is_executable,
        **_settings(draft, written, declared),
    )
    return compilation.finish(plain)


def _settings(draft: Draft, written: Element, declared: Iterable[Parameter]) -> dict[str, Any]:
    """What ``stepwell:process`` says."""
    settings = extension(written, "process")
    if settings is None:
        return {}
    where = place(written, settings)
    given = fields.given(draft, written, settings, PROCESS)
    return {
        "caption": _caption(draft, where, given.get("caption", ""), declared),
        "run_by": given.get("runBy", ()),
        "seen_by": given.get("seenBy", ()),
        "rights": given.get("rights", "system"),
        "max_repetitions": repetitions(draft, where, given),
    }


def _caption(draft: Draft, where: Place, source: str, declared: Iterable[Parameter]) -> feel.Template | None:
    """A name in it that nobody can give at the start is worth a warning."""
    found = template(draft, where, "caption", source)
    known = [item.name for item in declared if item.direction != "out"]
    for name in sorted(found.names.difference(known)) if found and known else ():
        message = f"Expected the caption of {where.element!r} to use its parameters but {name!r} is none"
        hint = "It is worked out at the start, when only the parameters have values."
        warn(draft, "caption.name", where, f"{message}{near(name, known)}.", hint)
    return found


def parameters(draft: Draft, written: Element) -> tuple[Parameter, ...]:
    """The declared inputs and outputs of the process, each name once."""
    found: dict[str, Parameter] = {}
    for declared in extensions(written, "parameter"):
        name = declared.get("name", "").strip()
        where = place(written, declared)
        if not name:
            message = f"Expected a name on stepwell:parameter of {where.element!r} but it has none."
            complain(draft, "parameter.name-missing", where, message, "Name the variable that it fills.")
        elif name in found:
            message = f"Expected one parameter {name!r} of {where.element!r} but there are more."
            complain(draft, "parameter.doubled", where, message, "Give each parameter a name of its own.")
        else:
            found[name] = _parameter(draft, written, declared, name)
    return tuple(found.values())


def _parameter(draft: Draft, written: Element, declared: Element, name: str) -> Parameter:
    given = fields.given(draft, written, declared, PARAMETER)
    found = Parameter(
        name=name,
        type=given.get("type", "any"),
        direction=given.get("direction", "in"),
        required=given.get("required", False),
        default=given.get("default"),
        label=given.get("label", ""),
    )
    _check_default(draft, place(written, declared), found)
    return found


def _offers(draft: Draft, written: Element, declared: Iterable[Parameter]) -> Iterator[RunFrom]:
    """The record types on which the process is offered, each once; the parameter has to be one that comes in."""
    known = {item.name for item in declared if item.direction != "out"}
    types: set[str] = set()
    for offer in extensions(written, "runFrom"):
        where, given = place(written, offer), fields.given(draft, written, offer, RUN_FROM)
        record_type, parameter = given.get("recordType", ""), given.get("parameter", "")
        if record_type in types:
            message = (
                f"Expected stepwell:runFrom of {where.element!r} once for {record_type!r} but there are more."
            )
            complain(draft, "run-from.doubled", where, message, "Leave one of them out.")
        elif parameter and parameter not in known:
            message = f"Expected a parameter of {where.element!r} to get the record but {parameter!r} is none"
            hint = "Declare it with stepwell:parameter, as a text that comes in."
            complain(draft, "run-from.parameter", where, f"{message}{near(parameter, known)}.", hint)
        elif record_type and parameter:
            types.add(record_type)
            yield RunFrom(record_type, parameter)


def _check_default(draft: Draft, where: Place, found: Parameter) -> None:
    """A constant has to fit; what FEEL gives is known at the start."""
    text = found.default
    if text is None or text.expression is not None or text.source.startswith("="):
        return
    if feel.fitting(found.type, text.source) is feel.MISSING:
        wanted, value = feel.DECLARED_TYPES[found.type].wanted, feel.described(text.source)
        message = f"Expected the default of parameter {found.name!r} to be {wanted} but it is {value}."
        complain(draft, "parameter.default", where, message, 'Write FEEL after =, as in default="= 5".')
