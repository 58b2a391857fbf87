"""What was sent for a page is checked on the server: each rule, and what of it becomes values."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from tests.forms.pages import codes, field, page, refused, taken, text

CHOICES = [{"label": "Rome", "value": "rome"}, "oslo", 3, True]


@pytest.mark.parametrize(
    ("component", "sent", "value"),
    [
        (text(), "Rome", "Rome"),
        (text(), None, ""),
        (field("textarea"), "a\nb", "a\nb"),
        (field("number"), 3, 3),
        (field("number"), 0.1, Decimal("0.1")),
        (field("number"), None, None),
        (field("number", serializeToString=True), "1.10", Decimal("1.10")),
        (field("checkbox"), True, True),
        (field("checkbox"), None, False),
        (field("radio", values=CHOICES), "rome", "rome"),
        (field("select", values=CHOICES), 3, 3),
        (field("select", values=CHOICES), None, None),
        (field("checklist", values=CHOICES), ["oslo", True], ["oslo", True]),
        (field("taglist", values=CHOICES), [], []),
        (field("taglist", values=CHOICES), None, []),
        (field("datetime"), "2030-12-31", date(2030, 12, 31)),
        (field("datetime", subtype="time"), "14:30", time(14, 30)),
        (field("datetime", subtype="time"), "14:30:05", time(14, 30, 5)),
        (field("datetime", subtype="time"), "14:30Z", time(14, 30, tzinfo=UTC)),
        (
            field("datetime", subtype="datetime"),
            "2030-12-31T14:30",
            datetime.combine(date(2030, 12, 31), time(14, 30)),
        ),
        (
            field("datetime", subtype="datetime"),
            "2030-12-31T14:30+02:00",
            datetime(2030, 12, 31, 14, 30, tzinfo=timezone(timedelta(hours=2))),
        ),
    ],
)
def test_what_is_sent_becomes_a_value_of_feel(component: dict[str, Any], sent: object, value: object) -> None:
    found = taken(page(component), {"x": sent})["x"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("component", "sent"),
    [
        (text(), 5),
        (text(), ["a"]),
        (text(), []),
        (text(), "a\0b"),
        (field("number"), "3"),
        (field("number"), True),
        (field("number", serializeToString=True), "many"),
        (field("number", serializeToString=True), "nan"),
        (field("checkbox"), "true"),
        (field("checkbox"), 1),
        (field("checklist", values=CHOICES), "oslo"),
        (field("datetime"), "2030-02-30"),
        (field("datetime"), "2030-12-31T14:30"),
        (field("datetime"), "31.12.2030"),
        (field("datetime"), 20301231),
        (field("datetime", subtype="time"), "12:75"),
        (field("datetime", subtype="time"), "noon"),
        (field("datetime", subtype="datetime"), "2030-12-31"),
        (field("datetime", subtype="datetime"), "2030-12-31 14:30"),
    ],
)
def test_a_value_of_another_type_is_refused(component: dict[str, Any], sent: object) -> None:
    assert codes(page(component), {"x": sent}) == [("value.type", "x")]


@pytest.mark.parametrize(
    ("component", "sent", "rule"),
    [
        (text(required=True), "", "value.required"),
        (text(required=True), None, "value.required"),
        (field("checkbox", validate={"required": True}), False, "value.required"),
        (field("taglist", values=CHOICES, validate={"required": True}), [], "value.required"),
        (text(minLength=3), "ab", "value.too-short"),
        (text(minLength="3"), " ab ", "value.too-short"),
        (text(maxLength=3), "abcd", "value.too-long"),
        (text(pattern="^[A-Z]+$"), "Ab", "value.pattern"),
        (text(validationType="email"), "ann@", "value.email"),
        (text(validationType="phone"), "030 12", "value.phone"),
        (field("number", validate={"min": 3}), 2, "value.too-small"),
        (field("number", validate={"min": 1}), 0, "value.too-small"),
        (field("number", validate={"max": 0.3}), 0.31, "value.too-large"),
        (field("number", decimalDigits=0), 1.5, "value.digits"),
        (field("number", decimalDigits=2), 1.234, "value.digits"),
        (field("number", increment=0.1), 0.25, "value.increment"),
        (field("radio", values=CHOICES), "paris", "value.option"),
        (field("select", values=CHOICES), 1, "value.option"),
        (field("checklist", values=CHOICES), ["oslo", "paris"], "value.option"),
        (field("checklist", values=CHOICES), ["oslo", "oslo"], "value.doubled"),
        (field("datetime", disallowPassedDates=True), "2030-06-14", "value.past"),
        (field("datetime", subtype="datetime", disallowPassedDates=True), "2030-06-14T23:00", "value.past"),
        (text(), "x" * 100_001, "value.too-long"),
        (field("taglist", values=CHOICES), ["a"] * 1_001, "value.too-many"),
    ],
)
def test_what_breaks_a_rule_is_refused(component: dict[str, Any], sent: object, rule: str) -> None:
    assert codes(page(component), {"x": sent}) == [(rule, "x")]


@pytest.mark.parametrize(
    ("component", "sent"),
    [
        (text(minLength=3), ""),
        (text(pattern="^[A-Z]+$"), ""),
        (text(validationType="email"), "ann@example.org"),
        (text(validationType="phone"), "+4930664040900"),
        (text(validationType="custom", pattern="b"), "abc"),
        (field("number", validate={"min": 3}), None),
        (field("number", validate={"required": True}), 0),
        (field("number", increment=0.1, decimalDigits=1), 0.3),
        (field("number", decimalDigits=2), 100),
        (field("datetime", disallowPassedDates=True), "2030-06-15"),
    ],
)
def test_what_keeps_the_rules_is_taken(component: dict[str, Any], sent: object) -> None:
    assert "x" in taken(page(component), {"x": sent})


def test_all_that_is_wrong_is_told_at_once() -> None:
    shown = page(text("a", required=True), field("number", "b"), field("radio", "c", values=["y"]))
    assert codes(shown, {"b": "x", "c": "n", "d": 1}) == [
        ("value.unknown", "d"), ("value.required", "a"), ("value.type", "b"), ("value.option", "c"),
    ]  # fmt: skip


def test_one_field_may_break_several_rules() -> None:
    assert len(codes(page(text(minLength=5, pattern="^a")), {"x": "b"})) == 2


def test_a_problem_says_what_was_expected_and_what_was_found_of_the_label() -> None:
    (problem,) = refused(page(text(minLength=5) | {"label": "City"}), {"x": "Rom"})
    assert problem.message == "Expected City to have at least 5 characters but it has 3."


def test_a_pattern_may_bring_its_own_message() -> None:
    (problem,) = refused(
        page(text(pattern="^[0-9]+$", patternErrorMessage="Digits only, please.")), {"x": "a"}
    )
    assert problem.message == "Digits only, please."


def test_a_field_that_the_page_does_not_have_names_the_nearest() -> None:
    (problem,) = refused(page(text("city")), {"ctiy": "Rome"})
    assert "(did you mean city?)" in problem.message


def test_a_field_that_was_not_sent_keeps_what_the_page_began_with() -> None:
    assert taken(page(text("city"), text("name")), {"name": "Ann"}, city="Rome") == {
        "city": "Rome",
        "name": "Ann",
    }


def test_a_field_that_was_emptied_is_empty() -> None:
    assert taken(page(text("city")), {"city": None}, city="Rome") == {"city": ""}


def test_limits_may_be_feel_over_what_was_sent_and_what_the_page_began_with() -> None:
    shown = page(field("number", "most"), field("number", "x", validate={"max": "=most + more"}))
    assert codes(shown, {"most": 3, "x": 5}, more=1) == [("value.too-large", "x")]
    assert taken(shown, {"most": 3, "x": 4}, more=1)["x"] == 4


def test_a_limit_that_can_not_be_computed_limits_nothing() -> None:
    assert taken(page(field("number", validate={"max": '=nobody + "a"'})), {"x": 5})["x"] == 5


def test_numbers_are_exact() -> None:
    shown = page(field("number", "x", validate={"max": "=0.1 + 0.2"}))
    assert taken(shown, {"x": 0.3})["x"] == Decimal("0.3")


def test_options_may_come_from_the_data_of_the_page() -> None:
    shown = page(field("select", valuesKey="cities"))
    cities = [{"label": "Rome", "value": "r"}, "o"]
    assert taken(shown, {"x": "r"}, cities=cities) == {"x": "r"}
    assert codes(shown, {"x": "Rome"}, cities=cities) == [("value.option", "x")]


def test_options_may_come_from_an_expression() -> None:
    shown = page(
        text("country"), field("select", valuesExpression='=if country = "it" then ["rome"] else ["oslo"]')
    )
    assert taken(shown, {"country": "it", "x": "rome"})["x"] == "rome"
    assert codes(shown, {"country": "no", "x": "rome"}) == [("value.option", "x")]


def test_without_any_options_nothing_can_be_chosen() -> None:
    assert codes(page(field("select", valuesKey="cities")), {"x": "r"}) == [("value.option", "x")]


def test_an_option_may_be_an_object() -> None:
    rome = {"id": 1, "name": "Rome"}
    assert taken(page(field("select", values=[{"label": "Rome", "value": rome}])), {"x": rome})["x"] == rome


def test_what_is_computed_is_computed_here_and_not_taken_from_outside() -> None:
    shown = page(field("number", "a"), field("expression", "b", expression="=a * 2"))
    assert taken(shown, {"a": 3, "b": 99}) == {"a": 3, "b": 6}


def test_yes_and_no_are_no_numbers_among_the_options() -> None:
    assert codes(page(field("select", values=[0])), {"x": False}) == [("value.option", "x")]


@pytest.mark.parametrize("values", [{"x": {"a": 1}}, {"x": [[1]]}, {"x": {"a": [None] * 3}}])
def test_a_value_of_a_strange_form_is_refused_and_not_followed(values: dict[str, Any]) -> None:
    assert codes(page(text()), values) == [("value.type", "x")]


def test_too_many_values_are_refused() -> None:
    assert [rule for rule, _ in codes(page(text()), {"x": [1] * 60_000})] == ["input.too-large"]
    deep: Any = 1
    for _ in range(50):
        deep = {"a": deep}
    assert [rule for rule, _ in codes(page(text()), {"x": deep})] == ["input.too-large"]
