"""The page of extension elements says what the declarations say."""

from collections.abc import Iterator

import pytest

from stepwell.bpmn import extension_pages
from stepwell.bpmn.declared import WORK, by_tag, declared
from stepwell.engine.steps import STEPS
from stepwell.engine.work import Part

PAGE = extension_pages()


@pytest.mark.parametrize("tag", sorted(STEPS))
def test_every_kind_of_step_has_its_place(tag: str) -> None:
    assert f"### `{tag}`\n" in PAGE


def test_every_declared_field_is_there_with_its_meaning() -> None:
    for sources in by_tag().values():
        for source in sources:
            assert f"| `stepwell:{source.element}`, `{source.name}` | " in PAGE
            assert source.doc in PAGE


def every(part: type[Part]) -> Iterator[tuple[str, str]]:
    """The attributes of an extension element and of the elements inside, with their meaning."""
    for one in declared(part):
        if one.source is not None:
            yield f"`stepwell:{part.element}`, `{one.source.name}`", one.source.doc
        if one.part is not None:
            yield from every(one.part)


@pytest.mark.parametrize("part", WORK, ids=lambda part: part.element)
def test_everything_on_a_user_task_is_there_with_its_meaning(part: type[Part]) -> None:
    assert f"### `stepwell:{part.element}`\n" in PAGE
    assert all(where in PAGE and doc and doc in PAGE for where, doc in every(part))


def test_a_default_is_told() -> None:
    assert "How long one attempt may take. `PT60S` if not said." in PAGE
