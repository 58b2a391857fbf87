"""Lanes: the role of whoever does the user tasks in them (BPMN 2.0, 10.8)."""

from dataclasses import replace

from lxml.etree import _Element as Element

from stepwell.bpmn import fields
from stepwell.bpmn.declared import LANE
from stepwell.bpmn.draft import Draft, extension
from stepwell.bpmn.index import children, text
from stepwell.bpmn.read_elements import Found
from stepwell.engine import definition
from stepwell.engine.definition import Text
from stepwell.engine.steps.user_task import UserTask

Roles = dict[str, Text]


def lanes(draft: Draft, process: Element, found: Found) -> None:
    """Tell each user task the role of its lane; inside a sub-process without lanes that is the sub-process's."""
    roles: Roles = {}
    for written in (process, *found):
        for laid in children(written, "laneSet"):
            _collect(draft, laid, None, roles)
    for element in found.values() if roles else ():
        role = _role(element, roles)
        if role is not None and isinstance(element.step, UserTask):
            element.step = replace(element.step, work=replace(element.step.work, lane_role=role))


def _collect(draft: Draft, laid: Element, around: Text | None, roles: Roles) -> None:
    """The role of each element that a lane names; an inner lane without a role has that of the outer one."""
    for lane in children(laid, "lane"):
        settings = extension(lane, "lane")
        given = {} if settings is None else fields.given(draft, lane, settings, LANE)
        role = given.get("role", around)
        for reference in children(lane, "flowNodeRef"):
            element = draft.index.find(text(reference))
            if role is not None and element is not None:
                roles[element.get("id", "")] = role
        for inner in children(lane, "childLaneSet"):
            _collect(draft, inner, role, roles)


def _role(element: definition.Element, roles: Roles) -> Text | None:
    inside: definition.Element | None = element
    while inside is not None:
        if inside.id in roles:
            return roles[inside.id]
        inside = inside.parent
    return None
