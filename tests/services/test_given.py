"""What callers may hand in."""

from datetime import date
from decimal import Decimal

import pytest

from stepwell.errors import Invalid
from stepwell.services import given


def test_floats_are_decimals_of_their_shortest_text() -> None:
    assert given.variables({"x": 0.1}) == {"x": Decimal("0.1")}


def test_dates_lists_and_contexts_are_kept() -> None:
    values = {"when": date(2030, 1, 31), "list": [1, [2.5]], "context": {"a": {"b": None}}}
    assert given.variables(values) == {
        "when": date(2030, 1, 31),
        "list": [1, [Decimal("2.5")]],
        "context": {"a": {"b": None}},
    }


def test_a_tuple_is_a_list() -> None:
    assert given.variables({"x": (1, 2)}) == {"x": [1, 2]}


def test_no_variables_are_none_at_all() -> None:
    assert given.variables(None) == {}


@pytest.mark.parametrize("name", ["", "#1", "@2", "a\0b", "n" * 256])
def test_a_variable_has_a_name_that_can_be_kept(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        given.variables({name: 1})
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), {1, 2}, object(), b"bytes", {"a": {"b": print}}]
)
def test_what_is_no_value_of_feel_is_refused(value: object) -> None:
    with pytest.raises(Invalid) as refused:
        given.variables({"x": value})
    assert refused.value.problems[0].field == "variables.x"


def test_every_wrong_variable_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        given.variables({"a": float("nan"), "b": 1, "c": float("inf"), "#": 1})
    assert [problem.field for problem in refused.value.problems] == [
        "variables.a",
        "variables.c",
        "variables.#",
    ]


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(Invalid, match="Expected at most 255 characters, but found 256"):
        given.text("x" * 256, "actor")


def test_a_name_of_blanks_is_none() -> None:
    with pytest.raises(Invalid, match="Expected a name, but found nothing"):
        given.name("  ", "name")
