"""A filter meets its record type: fields along links, operators, values, whoever asks."""

from datetime import UTC, datetime
from typing import Any

import pytest

from stepwell.errors import Invalid
from stepwell.records.asking import Asking
from stepwell.records.binding import LATER, bind, check
from stepwell.records.bound import Linked, matches, nobody_linked
from stepwell.records.filters import Condition, read
from stepwell.records.types import Field, RecordType

ASKING = Asking(datetime(2026, 11, 25, 10, tzinfo=UTC), person="ada", roles=frozenset({"Sales"}))
STATUS = RecordType(name="status", kind="lookup")
ACCOUNT = RecordType(
    name="account", fields=(Field(name="city", type="text"), Field(name="owner", type="text", holds="person"))
)
CASE = RecordType(
    name="case",
    fields=(
        Field(name="subject", type="text"),
        Field(name="amount", type="money"),
        Field(name="count", type="integer"),
        Field(name="is_urgent", type="yes_no"),
        Field(name="day", type="date"),
        Field(name="at", type="date_time"),
        Field(name="hour", type="time"),
        Field(name="status", type="lookup", to="status"),
        Field(name="account", type="link", to="account"),
        Field(name="others", type="links"),
        Field(name="owner", type="text", holds="person"),
        Field(name="team", type="text", holds="role"),
        Field(name="paper", type="file"),
    ),
)
TYPES = {"status": STATUS, "account": ACCOUNT, "case": CASE}
RECORD = {
    "id": 1, "subject": "Straße", "amount": 1250, "count": 3, "is_urgent": 1, "day": "2026-11-25",
    "at": 1_795_604_400_000_000, "hour": "14:30:00", "status": "open", "account": 7, "others": ("account/7",),
    "owner": "ada", "team": "Sales", "paper": None, "created_by": "bob",
}  # fmt: skip
EMPTY: dict[str, Any] = dict.fromkeys(RECORD) | {"is_urgent": 0, "others": ()}


def linked(name: str, id: object) -> Any:
    return {
        ("account", 7): {"city": "Oslo", "owner": "ada"},
        ("status", "open"): {"label": "Open", "code": "open"},
    }.get((name, id))


def holds(field: str, op: str, value: Any = None, record: Any = RECORD, links: Linked = linked) -> bool:
    found = bind(read({"field": field, "op": op, "value": value}), CASE, TYPES, ASKING)
    return matches(found, record, links)


@pytest.mark.parametrize(("field", "op", "value"), [
    ("subject", "=", "STRASSE"), ("subject", "!=", "strass"), ("subject", "contains", "ASS"),
    ("subject", "starts with", "strass"), ("subject", "not contains", "x"), ("subject", "<", "t"),
    ("subject", "in", ["x", "straße"]), ("subject", "in", "x, straße"), ("subject", "not in", ["x"]),
    ("subject", "between", ["s", "t"]), ("subject", "is not empty", None),
    ("amount", "=", "12.50"), ("amount", "=", 12.5), ("amount", ">", "12.499"), ("amount", "<", 12.501),
    ("amount", ">=", "12.5"), ("amount", "<=", 12.5), ("amount", "!=", "12.501"), ("amount", "between", [12, 13]),
    ("amount", "in", [1, "12.5"]), ("count", ">", 2.5), ("count", "<", 3.5), ("count", "=", "3"),
    ("is_urgent", "=", True), ("is_urgent", "!=", "false"),
    ("day", "=", "2026-11-25"), ("day", "=", "today"), ("day", "<", "tomorrow"), ("day", "within", "this week"),
    ("day", "between", ["2026-01-01", "2026-12-31"]), ("day", "in", ["2026-11-25"]),
    ("at", "=", "2026-11-25"), ("at", "=", "2026-11-25T11:00:00Z"), ("at", "<", "tomorrow"), ("at", ">", "2026-11-24"),
    ("at", ">=", "today"), ("at", "<=", "2026-11-25"), ("at", "within", "next 2 hours"), ("at", "!=", "yesterday"),
    ("at", "between", ["2026-11-25", "2026-11-25"]),
    ("hour", ">", "14:00"), ("hour", "=", "14:30"), ("hour", "between", "14:00,15:00"),
    ("status", "=", "open"), ("status", "in", ["open", "shut"]), ("status.label", "starts with", "op"),
    ("account", "=", 7), ("account", "=", "account/7"), ("account", "in", ["7", "8"]),
    ("account.city", "=", "oslo"), ("account.owner", "is me", None),
    ("others", "contains", "account/7"), ("others", "in", ["account/7", "contact/1"]),
    ("others", "not contains", "account/8"), ("others", "is not empty", None),
    ("owner", "is me", None), ("owner", "=", "ada"), ("team", "is my role", None), ("team", "in", ["Sales"]),
    ("paper", "is empty", None), ("created_by", "=", "bob"), ("id", "<=", 1),
])  # fmt: skip
def test_a_condition_that_holds(field: str, op: str, value: Any) -> None:
    assert holds(field, op, value)


@pytest.mark.parametrize(("field", "op", "value"), [
    ("subject", "=", "x"), ("subject", ">", "t"), ("subject", "in", []), ("amount", "=", "12.501"), ("amount", ">", 12.5),
    ("amount", "in", ["12.5", "1"][1:]), ("is_urgent", "=", False), ("day", "within", "next week"), ("at", "<", "today"),
    ("at", "!=", "2026-11-25"), ("status", "!=", "open"), ("status", "=", "OPEN"), ("account.city", "!=", "Oslo"),
    ("others", "is empty", None), ("others", "contains", "account/8"), ("owner", "=", "Ada"), ("paper", "is not empty", None),
])  # fmt: skip
def test_a_condition_that_does_not_hold(field: str, op: str, value: Any) -> None:
    assert not holds(field, op, value)


@pytest.mark.parametrize(("field", "op", "value", "expected"), [
    ("subject", "=", "x", False), ("subject", "!=", "x", True), ("subject", "<", "x", False),
    ("subject", "not contains", "x", True), ("subject", "not in", ["x"], True), ("subject", "is empty", None, True),
    ("amount", "!=", "12.501", True), ("at", "!=", "2026-11-25", True), ("account.city", "!=", "Oslo", True),
    ("account.city", "=", "Oslo", False), ("account.city", "is empty", None, True),
    ("account.city", "not contains", "x", True), ("others", "not contains", "account/7", True),
    ("others", "is empty", None, True), ("owner", "is me", None, False),
])  # fmt: skip
def test_an_empty_field_equals_nothing_and_differs_from_everything(
    field: str, op: str, value: Any, expected: bool
) -> None:
    assert holds(field, op, value, EMPTY) is expected


def test_a_linked_record_that_may_not_be_seen_is_as_if_it_were_not_there() -> None:
    assert not holds("account.city", "=", "Oslo", links=nobody_linked)
    assert holds("account.city", "is empty", links=nobody_linked)


def wrong(**condition: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        bind(read(condition), CASE, TYPES, ASKING)
    return [(problem.field, problem.rule) for problem in refused.value.problems]


@pytest.mark.parametrize(("field", "op", "value", "rule"), [
    ("nothing", "=", 1, "field.unknown"), ("account.nothing", "=", 1, "field.unknown"),
    ("subject.city", "=", 1, "field.unknown"), ("others.city", "=", 1, "field.unknown"),
    ("account.a.b.c.d.e", "=", 1, "filter.path"),
    ("amount", "contains", 1, "filter.operator"), ("is_urgent", "<", True, "filter.operator"),
    ("subject", "is me", None, "filter.operator"), ("paper", "=", "x", "filter.operator"),
    ("amount", "=", "a lot", "value.type"), ("subject", "=", 5, "value.type"), ("day", "=", "soon", "value.type"),
    ("subject", "=", None, "value.missing"), ("subject", "=", "", "value.missing"), ("subject", "in", [None], "value.missing"),
    ("subject", "contains", "", "value.missing"), ("subject", "in", 5, "value.type"), ("subject", "in", ["x"] * 501, "value.type"),
    ("amount", "between", [1], "value.type"), ("day", "within", "soon", "filter.period"), ("day", "within", 5, "filter.period"),
    ("day", "within", "next 3 hours", "filter.period"), ("amount", "<", "9" * 30, "number.out-of-range"),
    ("at", "<", "9999-12-31", "value.type"),
])  # fmt: skip
def test_a_condition_that_can_not_be_carried_out_says_why(field: str, op: str, value: Any, rule: str) -> None:
    assert wrong(field=field, op=op, value=value) == [(field, rule)]


def test_every_problem_of_a_filter_is_told() -> None:
    with pytest.raises(Invalid) as refused:
        bind(
            read({"any": [{"field": "subjct", "value": 1}, {"field": "amount", "value": "x"}]}),
            CASE,
            TYPES,
            ASKING,
        )
    assert [problem.hint for problem in refused.value.problems] == ["Did you mean 'subject'?", ""]


def test_a_type_that_may_not_be_seen_can_not_be_asked_through_a_link() -> None:
    with pytest.raises(Invalid):
        bind(read({"field": "account.city", "value": "Oslo"}), CASE, {"case": CASE}, ASKING)


def test_at_deployment_a_value_may_still_be_unknown() -> None:
    assert list(check(Condition("amount", "=", LATER), CASE, TYPES, ASKING)) == []
    assert [problem.rule for problem in check(Condition("nothing", "=", LATER), CASE, TYPES, ASKING)] == [
        "field.unknown"
    ]


def test_nobody_in_particular_has_no_records_and_no_roles() -> None:
    nobody = Asking(ASKING.now)
    for field, op in (("owner", "is me"), ("team", "is my role")):
        assert not matches(bind(read({"field": field, "op": op}), CASE, TYPES, nobody), RECORD)
