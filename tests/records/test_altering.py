"""From one definition to the next, and values on their way."""

from decimal import Decimal
from typing import Any

import pytest

from stepwell.errors import Invalid
from stepwell.records.altering import alterations
from stepwell.records.converting import convert
from stepwell.records.stored import to_raw
from stepwell.records.types import Field, RecordType
from stepwell.records.values import UnfitError


def of(*fields: Field) -> RecordType:
    return RecordType(name="case", fields=fields)


def words(old: RecordType, new: RecordType, **renamed: str) -> list[str]:
    return [type(found).__name__ for found in alterations(old, new, renamed)]


TEXT = Field(name="f", type="text")


@pytest.mark.parametrize(("new", "expected"), [
    (Field(name="f", type="text"), []),
    (Field(name="f", type="text", label="Label", default="x"), []),
    (Field(name="f", type="text", length=300), []),
    (Field(name="f", type="text", length=10), ["CheckField"]),
    (Field(name="f", type="text", required=True), ["CheckField"]),
    (Field(name="f", type="text", indexed=True), ["IndexField"]),
    (Field(name="f", type="text", unique=True), ["IndexField"]),
    (Field(name="f", type="long_text"), ["ConvertField"]),
    (Field(name="f", type="integer", required=True), ["ConvertField"]),
    (Field(name="f", type="text", holds="person"), ["ConvertField"]),
    (Field(name="g", type="text"), ["RemoveField", "AddField"]),
])  # fmt: skip
def test_what_a_changed_field_needs(new: Field, expected: list[str]) -> None:
    assert words(of(TEXT), of(new)) == expected


def test_a_renamed_field_keeps_its_values() -> None:
    assert words(of(TEXT), of(Field(name="g", type="text")), g="f") == ["RenameField"]


def test_a_former_name_that_is_gone_was_renamed_before() -> None:
    assert words(of(TEXT), of(TEXT), f="older") == []


def test_another_formula_is_worked_out_anew() -> None:
    old = Field(name="f", type="calculated", formula="1", result="integer")
    assert words(of(old), of(Field(name="f", type="calculated", formula="2", result="integer"))) == [
        "Recalculate"
    ]


@pytest.mark.parametrize("kind", ["links", "file", "link", "calculated"])
def test_some_kinds_can_not_become_others(kind: Any) -> None:
    with pytest.raises(Invalid):
        words(of(TEXT), of(Field(name="f", type=kind, to="account", formula="1")))


def test_a_lookup_stays_one() -> None:
    with pytest.raises(Invalid):
        words(of(TEXT), RecordType(name="case", kind="lookup", fields=(TEXT,)))


def field(kind: Any, **more: Any) -> Field:
    return Field(name="f", type=kind, **more)


@pytest.mark.parametrize(("old", "value", "new", "expected"), [
    (field("text"), "12", field("integer"), 12), (field("text"), "12.5", field("money"), Decimal("12.50")),
    (field("integer"), 12, field("text"), "12"), (field("money"), Decimal("3.00"), field("integer"), 3),
    (field("money"), Decimal("3.10"), field("decimal", digits=4), Decimal("3.1000")),
    (field("yes_no"), True, field("text"), "true"), (field("text"), "true", field("yes_no"), True),
    (field("text"), None, field("integer"), None), (field("text"), None, field("yes_no"), False),
    (field("text"), "open", field("lookup", to="status"), "open"),
])  # fmt: skip
def test_a_value_that_can_be_kept(old: Field, value: object, new: Field, expected: object) -> None:
    assert convert(old, new, to_raw(old, value)) == expected


@pytest.mark.parametrize(("old", "value", "new"), [
    (field("text"), "007", field("integer")), (field("text"), "+5", field("integer")), (field("text"), "x", field("date")),
    (field("money"), Decimal("3.10"), field("integer")), (field("decimal", digits=3), Decimal("1.234"), field("money")),
    (field("text"), "x" * 20, field("text", length=10)), (field("link", to="account"), 3, field("link", to="contact")),
])  # fmt: skip
def test_a_value_of_which_something_would_be_lost(old: Field, value: object, new: Field) -> None:
    with pytest.raises(UnfitError):
        convert(old, new, to_raw(old, value))
