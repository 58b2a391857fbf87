"""D1: calculated fields."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from stepwell.records.asking import Asking
from stepwell.records.stored import from_raw
from stepwell.records.types import Field, RecordType
from stepwell.services.records.formulas import calculate, problems

ASKING = Asking(datetime(2026, 11, 25, 23, 30, tzinfo=UTC), ZoneInfo("Europe/Berlin"))
GIVEN = (
    Field(name="n", type="integer"),
    Field(name="amount", type="money"),
    Field(name="name", type="text"),
    Field(name="day", type="date"),
    Field(name="at", type="date_time"),
    Field(name="is_open", type="yes_no"),
    Field(name="status", type="lookup", to="status"),
    Field(name="account", type="link", to="account"),
    Field(name="others", type="links"),
)
ROW = {
    "n": 7, "amount": 1250, "name": "Ada", "day": "2026-11-20", "at": 1_000_000, "is_open": 1, "status": "open",
    "account": 17, "others": ("account/1", "account/2"),
}  # fmt: skip


def result(formula: str, kind: Any = "text", row: Any = ROW, **more: Any) -> Any:
    field = Field(name="f", type="calculated", formula=formula, result=kind, **more)
    found = {**row, "f": None}
    calculate(RecordType(name="thing", fields=(*GIVEN, field)), found, ASKING)
    return from_raw(field, found["f"])


@pytest.mark.parametrize(("formula", "kind", "expected"), [
    ("n + 1", "integer", "8"), ("n / 2", "integer", "4"), ("amount * 2", "money", "25.00"), ("n / 3", "decimal", "2.33"),
    ('name + "!"', "text", "Ada!"), ("n", "text", "7"), ("is_open and n > 5", "yes_no", "True"),
    ('status = "open"', "yes_no", "True"), ("account", "text", "17"), ("count(others)", "integer", "2"),
    ("day + duration(\"P1D\")", "date", "2026-11-21"), ("today()", "date", "2026-11-26"), ("is_open", "text", "true"),
    ("if n > 5 then \"many\" else \"few\"", "text", "many"),
])  # fmt: skip
def test_a_formula_sees_the_values_of_its_record(formula: str, kind: str, expected: str) -> None:
    assert str(result(formula, kind)) == expected


@pytest.mark.parametrize(("formula", "kind"), [
    ("n / 0", "decimal"), ("name * 2", "integer"), ("n", "date"), ("nothing", "text"), ("amount * 1000000000000000", "money"),
    ("n > 5", "integer"), ("[1, 2]", "integer"), ("for i in 1..100000000 return i", "text"),
])  # fmt: skip
def test_what_can_not_be_worked_out_is_empty(formula: str, kind: str) -> None:
    assert result(formula, kind) is None


def test_yes_or_no_is_never_empty() -> None:
    assert result("nothing", "yes_no") is False
    assert result("name", "yes_no") is False
    assert result("null", "yes_no") is False


def test_a_text_is_cut_to_its_length() -> None:
    assert result('"abcdef"', length=3) == "abc"


def test_an_empty_record_gives_what_the_formula_says_of_nothing() -> None:
    empty = dict.fromkeys(ROW)
    assert result("n + 1", "integer", empty) is None
    assert result('if n = null then "none" else "some"', "text", empty) == "none"


def test_a_formula_that_names_what_is_not_given_is_told() -> None:
    field = Field(name="f", type="calculated", formula="nn + id", result="integer")
    found = list(problems(RecordType(name="thing", fields=(*GIVEN, field))))
    assert [(problem.rule, problem.field) for problem in found] == [
        ("formula.unknown-name", "fields[9].formula")
    ] * 2


def test_a_formula_that_can_not_be_read_is_told_with_its_place() -> None:
    field = Field(name="f", type="calculated", formula="n +\n* 2", result="integer")
    [problem] = problems(RecordType(name="thing", fields=(*GIVEN, field)))
    assert (problem.rule, problem.line) == ("formula.syntax", 2)
