"""The models beside the stories: each can be deployed as it is, and is there for a story."""

import re

import pytest
from lxml import etree

from stepwell.config import Settings
from stepwell.engine.steps import STEPS
from stepwell.services import definitions
from tests.engine.world import MODELS, model

NAMES = sorted(str(path.relative_to(MODELS).with_suffix("")) for path in MODELS.rglob("*.bpmn"))
STORIES = "".join(path.read_text() for path in MODELS.parent.rglob("test_*.py"))


@pytest.mark.parametrize("tag", sorted(STEPS))
def test_every_step_kind_has_a_model(tag: str) -> None:
    kind = re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", tag)
    assert any(f"<bpmn:{tag} ".encode() in model(name) for name in NAMES if name.startswith(f"{kind}/"))


@pytest.mark.parametrize("name", NAMES)
def test_a_model_has_no_problem_and_no_warning(name: str) -> None:
    assert definitions.check(model(name), Settings()) == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_model_is_used_by_a_story(name: str) -> None:
    assert f'"{name}"' in STORIES


@pytest.mark.parametrize("name", NAMES)
def test_a_model_is_written_with_one_element_in_a_line_and_two_spaces_for_each_level(name: str) -> None:
    for parent in etree.fromstring(model(name)).iter():
        depth = 1 + sum(1 for _ in parent.iterancestors())
        spaces = [parent.text, *(child.tail for child in parent)][: len(parent)]
        assert all((space or "").endswith("\n" + "  " * depth) for space in spaces)
