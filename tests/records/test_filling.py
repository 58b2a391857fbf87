"""What is submitted for a record: all that does not fit is told at once."""

from datetime import UTC, date, datetime
from typing import Any

from stepwell.records.asking import Asking
from stepwell.records.filling import fill_changed, fill_new
from stepwell.records.types import Field, RecordType

NOW = Asking(datetime(2026, 11, 25, 10, tzinfo=UTC), person="ada")
TYPE = RecordType(
    name="case",
    fields=(
        Field(name="subject", type="text", required=True, length=10),
        Field(name="amount", type="money"),
        Field(name="is_urgent", type="yes_no"),
        Field(name="day", type="date", default="today"),
        Field(name="at", type="date_time", default="now"),
        Field(name="owner", type="text", holds="person", default="me"),
        Field(name="count", type="integer", default=1),
        Field(name="double", type="calculated", formula="amount * 2", result="money"),
    ),
)


def rules(**given: Any) -> list[tuple[str, str]]:
    return [(problem.field, problem.rule) for problem in fill_new(TYPE, given, NOW).problems]


def test_what_is_not_given_has_its_default() -> None:
    values = fill_new(TYPE, {"subject": "x"}, NOW).values
    assert values["day"] == date(2026, 11, 25)
    assert (values["at"], values["owner"], values["count"]) == (NOW.now, "ada", 1)


def test_what_is_given_empty_has_no_default() -> None:
    assert fill_new(TYPE, {"subject": "x", "count": None}, NOW).values["count"] is None


def test_yes_or_no_is_never_empty() -> None:
    assert fill_new(TYPE, {"subject": "x", "is_urgent": None}, NOW).values["is_urgent"] is False


def test_every_problem_is_told_at_once() -> None:
    assert rules(subject="x" * 11, amount="a lot", nonsense=1, double=5, id=3) == [
        ("subject", "text.too-long"),
        ("amount", "value.type"),
        ("nonsense", "field.unknown"),
        ("double", "field.read-only"),
        ("id", "field.read-only"),
    ]


def test_a_missing_required_value_is_told() -> None:
    assert rules() == [("subject", "value.missing")]


def test_a_misspelt_field_is_told_with_the_nearest_name() -> None:
    [problem] = fill_new(TYPE, {"subject": "x", "ammount": 5}, NOW).problems
    assert problem.hint == "Did you mean 'amount'?"


def test_a_change_touches_only_what_it_names() -> None:
    assert fill_changed(TYPE, {"amount": 5}, NOW).values.keys() == {"amount"}


def test_a_change_can_not_empty_what_is_required() -> None:
    [problem] = fill_changed(TYPE, {"subject": None}, NOW).problems
    assert (problem.rule, problem.field) == ("value.missing", "subject")


def test_the_code_of_a_lookup_value_stays() -> None:
    lookup = RecordType(name="status", kind="lookup")
    assert fill_changed(lookup, {"code": "x"}, NOW).problems[0].rule == "field.read-only"
    assert fill_new(lookup, {"code": "x", "label": "X"}, NOW).values == {
        "code": "x", "label": "X", "order": 0, "active": True,
    }  # fmt: skip
