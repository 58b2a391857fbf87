"""The elements of a process or sub-process, with everything attached to them (BPMN 2.0, 10.2 to 10.6)."""

from collections.abc import Iterator
from dataclasses import fields as declared
from typing import Any

from lxml.etree import _Element as Element

from stepwell.bpmn import fields
from stepwell.bpmn.declared import EXECUTION
from stepwell.bpmn.draft import Draft, Place, complain, extension, extensions, place
from stepwell.bpmn.grammar import CHOREOGRAPHY_ACTIVITIES, FLOW_NODES
from stepwell.bpmn.index import children, line_of, tag, text
from stepwell.bpmn.not_executable import refuse, special
from stepwell.bpmn.read_events import event_definitions
from stepwell.bpmn.read_loops import loop
from stepwell.bpmn.read_work import read_part, read_work
from stepwell.bpmn.texts import text as author_text
from stepwell.engine import definition
from stepwell.engine.approving import rounds_of
from stepwell.engine.definition import Mapping
from stepwell.engine.record_work import Records
from stepwell.engine.step import Step
from stepwell.engine.steps import STEPS
from stepwell.engine.steps.service_task import ServiceTask
from stepwell.engine.steps.user_task import UserTask

Found = dict[Element, definition.Element]


def elements(draft: Draft, scope: Element) -> Found:
    """Every element that can run, at every level, by its XML; what can not is noted and left out."""
    found: Found = {}
    for written in scope:
        if tag(written) in FLOW_NODES | CHOREOGRAPHY_ACTIVITIES:
            found |= _with_inner(draft, written)
    _attach(draft, found)
    return found


def _with_inner(draft: Draft, written: Element) -> Found:
    step = STEPS.get(tag(written))
    if step is None:
        name = "choreography" if tag(written) in CHOREOGRAPHY_ACTIVITIES else tag(written)
        refuse(draft, written, name)
        elements(draft, written)
        return {}
    if reason := special(written):
        refuse(draft, written, reason)
    element = read_element(draft, written, step)
    inner = elements(draft, written) if tag(written) == "subProcess" else {}
    for around in inner.values():
        if around.parent is None:
            around.parent = element
            element.inner.append(around)
    return {written: element, **inner}


def _attach(draft: Draft, found: Found) -> None:
    for written, element in found.items():
        if element.tag == "boundaryEvent" and element.attached_to is None:
            host = found.get(draft.index.referred(written, "attachedToRef"))  # type: ignore[arg-type]
            if host is not None and host is not element:
                element.attached_to = host
                host.boundary.append(element)


def read_element(draft: Draft, written: Element, step: type[Step], tag_name: str = "") -> definition.Element:
    """One element with its step, its documentation, its mappings and its loop."""
    made = _step(draft, written, step)
    found = definition.Element(
        id=written.get("id", ""),
        tag=tag_name or tag(written),
        step=made,
        name=(written.get("name") or "").strip(),
        documentation="\n\n".join(filter(None, map(text, children(written, "documentation")))),
        line=line_of(written),
        inputs=mappings(draft, written, "input"),
        outputs=mappings(draft, written, "output"),
        start_quantity=_start_quantity(written),
        **(_activity_settings(draft, written) if step.activity else {}),
    )
    if isinstance(made, UserTask):
        _ask_several(draft, written, found, made)
    return found


def _ask_several(draft: Draft, written: Element, found: definition.Element, step: UserTask) -> None:
    """An approval by several has rounds of its own."""
    rounds = rounds_of(step.work.kind, step)
    if rounds is not None and found.loop is not None:
        message = f"Expected an approval by several or a loop on {found.id!r} but there are both."
        hint = "Leave the loop out: every approver has a step of their own."
        complain(draft, "approval.loop", place(written), message, hint)
    found.loop = rounds or found.loop


def _step(draft: Draft, written: Element, step: type[Step]) -> Step:
    values = fields.values(draft, written, step)
    if any(field.name == "definitions" for field in declared(step)):
        values["definitions"] = event_definitions(draft, written)
    if issubclass(step, UserTask):
        values["work"] = read_work(draft, written)
    elif issubclass(step, ServiceTask):
        values["records"] = read_part(draft, written, written, Records)
    return step(**values)


def _start_quantity(written: Element) -> int:
    said = written.get("startQuantity", "1").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 9 else 1


def mappings(draft: Draft, written: Element, name: str) -> tuple[Mapping, ...]:
    """The inputs or outputs that an author gave."""
    return tuple(_mappings(draft, written, name))


def _mappings(draft: Draft, written: Element, name: str) -> Iterator[Mapping]:
    for mapping in extensions(written, name):
        where, target = place(written, mapping), mapping.get("name", "").strip()
        if not target:
            message = f"Expected a name on stepwell:{name} of {where.element!r} but it has none."
            complain(draft, "mapping.name-missing", where, message, "Name the variable that is set.")
            continue
        value = author_text(draft, where, f"{name} {target}", mapping.get("value"))
        yield Mapping(target, value or definition.Text(""))


def _activity_settings(draft: Draft, written: Element) -> dict[str, Any]:
    settings = extension(written, "execution")
    rounds = {"loop": loop(draft, written)}
    if settings is None:
        return rounds
    given = fields.given(draft, written, settings, EXECUTION)
    most = repetitions(draft, place(written, settings), given)
    return {**rounds, "background": given.get("background"), "max_repetitions": most}


def repetitions(draft: Draft, where: Place, given: dict[str, Any]) -> int | None:
    """A limit of repetitions, from 1 on."""
    if given.get("maxRepetitions") == 0:
        message = f"Expected maxRepetitions of {where.element!r} to be at least 1 but it is 0."
        complain(draft, "extension.value", where, message, "Leave it out for the usual limit.")
    return given.get("maxRepetitions") or None
