"""docs/pages.md holds what it promises: its steps deploy, its schema is a page."""

import re
from pathlib import Path

import pytest

from stepwell import bpmn, forms
from stepwell.bpmn.declared import WORK
from stepwell.forms.components import COMPONENTS
from stepwell.forms.describe import KINDS

GUIDE = (Path(__file__).parents[2] / "docs" / "pages.md").read_text()
STEPS = re.findall(r"^```xml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
SCHEMAS = re.findall(r"^```json\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
FRAME = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stepwell="urn:stepwell:bpmn:1"
                  id="file" targetNamespace="urn:example">
  <bpmn:process id="guide" isExecutable="true"><bpmn:startEvent id="start"/>{}</bpmn:process>
</bpmn:definitions>"""


def whole(step: str) -> bytes:
    """A file around the step of the guide, and around what belongs to it."""
    name = re.search(r'id="(\w+)"', step)
    assert name is not None
    flows = f'<bpmn:sequenceFlow id="in" sourceRef="start" targetRef="{name[1]}"/>'
    if f'sourceRef="{name[1]}"' not in step:
        flows += (
            f'<bpmn:endEvent id="end"/><bpmn:sequenceFlow id="out" sourceRef="{name[1]}" targetRef="end"/>'
        )
    return FRAME.format(step + flows).encode()


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_a_step_of_the_guide_deploys(number: int) -> None:
    assert bpmn.read(whole(STEPS[number])).problems == ()


@pytest.mark.parametrize("part", WORK, ids=lambda part: part.element)
def test_the_guide_shows_every_kind(part: type) -> None:
    assert f"<stepwell:{part.element} " in GUIDE or f"<stepwell:{part.element}>" in GUIDE


def test_the_schema_of_the_guide_is_a_page_with_all_that_we_add() -> None:
    (text,) = SCHEMAS
    page = forms.read_text(text)
    assert page.layout is not None and page.button("boss") is not None
    assert all(f'"{kind}"' in text for kind in COMPONENTS.keys() & {"lookup", "recordlist"})


def test_the_kinds_of_fields_are_named() -> None:
    assert all(f"`{kind}`" in GUIDE for kind in KINDS if kind != "calculated")


def test_the_examples_that_the_guide_names_exist() -> None:
    named = set(re.findall(r"`stepwell example (\w+)`", GUIDE)) | {"activityStep", "recordPage", "emailDraft"}
    assert named <= set(bpmn.example_kinds())


@pytest.mark.parametrize(
    "kind",
    ["question", "record-page", "auto-page", "page", "approval", "email-draft", "activity", "activityStep"],
)
def test_there_is_an_example_of_every_kind_that_deploys_as_printed(kind: str) -> None:
    reading = bpmn.read(bpmn.example(kind).encode())
    assert reading.definitions
    assert reading.problems == ()
