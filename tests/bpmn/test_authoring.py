"""docs/authoring.md holds what it promises: its files are without any problem, its examples exist."""

import re
from pathlib import Path

import pytest

from stepwell import bpmn

GUIDE = (Path(__file__).parents[2] / "docs" / "authoring.md").read_text()
FILES = re.findall(r"^```xml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
COMMANDS = re.findall(r"^stepwell .*$", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("number", range(len(FILES)))
def test_a_file_of_the_guide_has_no_problem_and_no_warning(number: int) -> None:
    assert bpmn.read(FILES[number].encode()).problems == ()


def test_the_guide_grows_one_process_from_nothing_to_two_steps() -> None:
    definitions = [bpmn.read(file.encode()).definitions[0] for file in FILES]
    steps = [[one.id for one in found.elements.values() if one.tag.endswith("Task")] for found in definitions]
    assert {found.id for found in definitions} == {"leave"}
    assert steps == [[], ["approve"], ["count", "approve"]]


def test_the_guide_starts_the_process_that_it_wrote() -> None:
    (parameter,) = bpmn.read(FILES[-1].encode()).definitions[0].parameters
    assert f"stepwell start leave --set {parameter.name}=5" in COMMANDS


def test_the_examples_that_the_guide_names_exist() -> None:
    table = "".join(line for line in GUIDE.splitlines() if line.startswith("| "))
    named = set(re.findall(r"`(\w[\w-]+)`", table))
    assert named
    assert named <= set(bpmn.example_kinds())


def test_the_example_that_the_guide_prints_exists() -> None:
    printed = [command.split()[2] for command in COMMANDS if re.match(r"stepwell example \w", command)]
    assert set(printed) <= set(bpmn.example_kinds())
