"""A small application as texts by path, and how tests deploy it."""

from typing import Any

from stepwell.errors import Problem
from stepwell.library import Engine
from stepwell.services.applications import deploying, exporting
from stepwell.services.applications.report import ApplicationDeployment

Texts = dict[str, str]

BPMN = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:stepwell="urn:stepwell:bpmn:1" id="{id}_file" targetNamespace="urn:test">
  <bpmn:process id="{id}" name="{id}" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:userTask id="do">{inside}</bpmn:userTask>
    <bpmn:endEvent id="end"/>
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="do"/>
    <bpmn:sequenceFlow id="b" sourceRef="do" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>
"""
FORM = '{"components": [{"type": "textfield", "key": "street", "label": "Street"}], "buttons": [{"code": "ok"}]}\n'


def process(id: str, inside: str = "") -> str:
    """A process with one user task, which has these extension elements."""
    held = f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>" if inside else ""
    return BPMN.format(id=id, inside=held)


def application() -> Texts:
    """A bit of everything that a folder may hold."""
    return {
        "app.yaml": "name: shop\nlabel: The shop\nusers: true\n",
        "roles.yaml": "shop:\n  label: Everybody\nclerks:\n  parent: shop\nrepairers:\n  kind: functional\n",
        "users.yaml": "ada:\n  display_name: Ada\n  roles: [clerks]\nbob:\n  manager: ada\n",
        "rights.yaml": "customer:\n  clerks: {see: all, add: true}\n  '*': {see: own}\n",
        "record_types/customer.yaml": (
            "title: name\nkey: name\nfields:\n"
            "  - name: name\n    type: text\n    unique: true\n"
            "  - name: city\n    type: text\n"
            "  - name: size\n    type: lookup\n    to: size\n"
            "  - name: best_friend\n    type: link\n    to: friend\n"
        ),
        "record_types/friend.yaml": (
            "title: name\nkey: name\nfields:\n"
            "  - name: name\n    type: text\n    unique: true\n"
            "  - name: customer\n    type: link\n    to: customer\n"
        ),
        "lookups/size.csv": "code,label\nsmall,Small\nlarge,Large\n",
        "data/customer.csv": "name,city,size,best_friend\nMill,Oslo,small,Ann\nForge,Bergen,large,\n",
        "data/friend.csv": "name,customer\nAnn,Mill\n",
        "pages/move.form": FORM,
        "mail/hello.md": "Dear {name}\n",
        "processes/greet.bpmn": process("greet", '<stepwell:emailDraft to="a@example.org" template="hello"/>'),
        "processes/move.bpmn": process("move", '<stepwell:page ref="move"/>'),
        "decisions/price.dmn": '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>\n',
    }  # fmt: skip


def deploy(engine: Engine, texts: Texts, **asked: Any) -> ApplicationDeployment:
    files = {path: text.encode() for path, text in texts.items()}
    return deploying.deploy(engine.store, files, deploying.Asked(**asked), engine.settings)


def export(engine: Engine, name: str = "") -> Texts:
    return {path: data.decode() for path, data in exporting.export(engine.store, name).items()}


def places(problems: "tuple[Problem, ...]") -> set[tuple[str, int, str]]:
    """Where each problem is and which rule it breaks."""
    return {(problem.file, problem.line, problem.rule) for problem in problems if not problem.warning}


def without(texts: Texts, path: str, text: str) -> Texts:
    """The same with a piece of one file left out."""
    assert text in texts[path]
    return {**texts, path: texts[path].replace(text, "")}


def left_out(texts: Texts, *paths: str) -> Texts:
    return {path: text for path, text in texts.items() if path not in paths}
