"""The page of extension elements says what the declarations say."""

import pytest

from stepwell.bpmn import extension_pages
from stepwell.bpmn.declared import by_tag, in_use
from stepwell.bpmn.extensions import EXTENSIONS
from stepwell.engine.steps import STEPS

PAGE = extension_pages()


@pytest.mark.parametrize("tag", sorted(STEPS))
def test_every_kind_of_step_has_its_place(tag: str) -> None:
    assert f"### `{tag}`\n" in PAGE


def test_every_declared_field_is_there_with_its_meaning() -> None:
    for sources in by_tag().values():
        for source in sources:
            assert f"| `stepwell:{source.element}`, `{source.name}` | " in PAGE
            assert source.doc in PAGE


def test_a_default_is_told() -> None:
    assert "How long one attempt may take. `PT60S` if not said." in PAGE


def test_what_has_no_effect_yet_is_named() -> None:
    known = {name for names in EXTENSIONS.values() for name in names}
    assert all(f"- `stepwell:{name}` on " in PAGE for name in known - in_use())
