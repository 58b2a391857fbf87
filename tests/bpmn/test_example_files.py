"""The example of every kind is complete and without any problem."""

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from stepwell import bpmn
from stepwell.bpmn.extensions import EXTENSIONS
from stepwell.engine.event_definition import DEFINITIONS
from stepwell.engine.steps import STEPS

KINDS = bpmn.example_kinds()
TEXTS = "".join(map(bpmn.example, KINDS))


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_has_no_problem_and_no_warning(kind: str) -> None:
    assert bpmn.read(bpmn.example(kind).encode()).problems == ()


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_shows_its_kind(kind: str) -> None:
    words = {"multiInstance": "multiInstanceLoop", "standardLoop": "standardLoop", "input": "stepwell:input"}
    name, _, event = kind.partition("-")
    text = bpmn.example(kind)
    assert words.get(name, name) in text
    assert event.removesuffix("parallel").removesuffix("sequential") in text


@pytest.mark.parametrize("tag", sorted(set(STEPS) - {"task"}))
def test_there_is_an_example_of_every_element(tag: str) -> None:
    assert f"<bpmn:{tag}" in TEXTS


@pytest.mark.parametrize("tag", sorted(DEFINITIONS))
def test_there_is_an_example_of_every_event(tag: str) -> None:
    assert f"<bpmn:{tag}" in TEXTS


@pytest.mark.parametrize("name", sorted({name for known in EXTENSIONS.values() for name in known}))
def test_there_is_an_example_of_every_extension_element(name: str) -> None:
    assert name in KINDS
    assert f"<stepwell:{name}" in bpmn.example(name)


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_is_written_with_one_element_in_a_line_and_two_spaces_for_each_level(kind: str) -> None:
    root = etree.fromstring(bpmn.example(kind).encode())
    for parent in root.iter():
        depth = 1 + sum(1 for _ in parent.iterancestors())
        spaces = [parent.text, *(child.tail for child in parent)][: len(parent)]
        assert all((space or "").endswith("\n" + "  " * depth) for space in spaces)


def test_no_two_examples_and_not_the_demo_have_a_process_of_the_same_id() -> None:
    demo = (Path(__file__).parents[2] / "demo" / "processes" / "order.bpmn").read_text()
    files = {bpmn.example(kind) for kind in KINDS} | {demo}
    ids = Counter(one.id for file in files for one in bpmn.read(file.encode()).definitions)
    assert [id for id, count in ids.items() if count > 1] == []


def test_an_unknown_kind_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        bpmn.example("../__init__")
