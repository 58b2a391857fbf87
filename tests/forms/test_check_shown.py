"""What is hidden, read-only or behind another button is not checked as the rest is."""

import pytest

from stepwell import forms
from tests.forms.pages import around, codes, field, group, items, page, taken, text

LATER = {"code": "later", "completes": False}
SKIP = {"code": "skip", "validates": False}
BOSS = {"code": "boss", "shownIf": "=is_boss"}


def test_a_hidden_field_is_not_checked_and_left_out() -> None:
    shown = page(text("a"), text("b", required=True) | {"conditional": {"hide": '=a = "no"'}})
    assert taken(shown, {"a": "no", "b": ""}) == {"a": "no"}
    assert codes(shown, {"a": "yes", "b": ""}) == [("value.required", "b")]


def test_what_is_sent_for_a_hidden_field_does_not_pass() -> None:
    shown = page(text("a"), text("b") | {"conditional": {"hide": '=a = "no"'}})
    assert taken(shown, {"a": "no", "b": "smuggled"}) == {"a": "no"}


def test_a_condition_that_is_not_true_hides_nothing() -> None:
    for condition in ("=missing", "=missing > 3", '="yes"', "=1", "=null"):
        assert taken(page(text("a") | {"conditional": {"hide": condition}}), {"a": "x"}) == {"a": "x"}


def test_a_hidden_group_hides_everything_in_it() -> None:
    shown = page(
        field("checkbox", "far"), group(text("city", required=True), hide="=not(far)", path="address")
    )
    assert taken(shown, {"far": False, "address": {"city": "x"}}) == {"far": False}
    assert codes(shown, {"far": True}) == [("value.required", "address.city")]


def test_what_a_hidden_field_holds_counts_for_no_other() -> None:
    shown = page(
        field("checkbox", "far"),
        text("city") | {"conditional": {"hide": "=not(far)"}},
        text("street", required=True) | {"conditional": {"hide": '=city = null or city = ""'}},
    )
    assert taken(shown, {"far": False, "city": "Rome", "street": ""}) == {"far": False}


def test_the_value_of_a_hidden_field_at_the_beginning_counts_as_in_the_viewer() -> None:
    shown = page(
        text("a") | {"conditional": {"hide": "=true"}}, text("b") | {"conditional": {"hide": '=a = "old"'}}
    )
    assert taken(shown, {"a": "new", "b": "x"}, a="old") == {}


def test_a_read_only_field_keeps_what_it_began_with() -> None:
    shown = page(text("a") | {"readonly": True}, text("b") | {"disabled": "=is_locked"})
    assert taken(shown, {"a": "new", "b": "new"}, a="old", b="old", is_locked=True) == {
        "a": "old",
        "b": "old",
    }
    assert taken(shown, {"b": "new"}, b="old", is_locked=False)["b"] == "new"


def test_a_read_only_field_is_not_checked() -> None:
    assert taken(page(text("a", required=True) | {"readonly": True}), {"a": ["odd"]}) == {"a": ""}


HIDDEN_BY_STATUS = text("b", required=True) | {"conditional": {"hide": '=status = "closed"'}}


@pytest.mark.parametrize(
    "status",
    [
        text("status") | {"readonly": True},
        text("status") | {"disabled": True},
        text("status") | {"readonly": "=is_locked"},
        field("expression", "status", expression="=stored_status"),
    ],
)
def test_nobody_can_pretend_a_value_that_hides_what_is_required(status: dict[str, object]) -> None:
    shown = page(HIDDEN_BY_STATUS, status)
    begun = {"status": "open", "stored_status": "open", "is_locked": True}
    assert codes(shown, {"status": "closed"}, **begun) == [("value.required", "b")]


def test_nobody_can_pretend_what_makes_a_field_read_only() -> None:
    shown = page(
        HIDDEN_BY_STATUS, text("status") | {"readonly": "=lock"}, field("checkbox", "lock", readonly=True)
    )
    assert codes(shown, {"status": "closed", "lock": False}, status="open", lock=True) == [
        ("value.required", "b")
    ]
    assert taken(shown, {"status": "closed", "lock": True}, status="open", lock=False) == {
        "status": "closed",
        "lock": False,
    }


def test_nobody_can_pretend_so_in_a_list() -> None:
    shown = page(items(text("status") | {"readonly": True}, HIDDEN_BY_STATUS, allowAddRemove=False))
    begun = [{"status": "open", "b": ""}]
    assert codes(shown, {"rows": [{"status": "closed"}]}, rows=begun) == [("value.required", "rows[0].b")]


def test_what_is_computed_of_what_was_sent_hides_and_shows() -> None:
    shown = page(
        field("number", "a"),
        field("expression", "double", expression="=a * 2"),
        text("b", required=True) | {"conditional": {"hide": "=double < 10"}},
    )
    assert taken(shown, {"a": 4, "double": 99}) == {"a": 4, "double": 8}
    assert codes(shown, {"a": 5, "double": 0}) == [("value.required", "b")]


def test_what_is_computed_of_each_other_comes_out_whatever_the_order() -> None:
    shown = page(
        field("expression", "c", expression="=b + 1"),
        field("expression", "b", expression="=a + 1"),
        field("number", "a"),
    )
    assert taken(shown, {"a": 1}) == {"c": 3, "b": 2, "a": 1}


def test_an_unknown_button_names_the_nearest() -> None:
    assert codes(page(text("a", required=True)), {}, "dnoe") == [
        ("button.unknown", "button"),
        ("value.required", "a"),
    ]


def test_a_button_that_is_not_shown_can_not_be_pressed() -> None:
    shown = page(text("a"), buttons=[{"code": "done"}, BOSS])
    assert codes(shown, {"a": ""}, "boss", is_boss=False) == [("button.not-shown", "button")]
    assert taken(shown, {"a": ""}, "boss", is_boss=True) == {"a": ""}


def test_what_is_shown_may_depend_on_what_was_sent() -> None:
    shown = page(field("number", "a"), buttons=[{"code": "done"}, {"code": "big", "shownIf": "=a > 10"}])
    assert codes(shown, {"a": 10}, "big") == [("button.not-shown", "button")]
    assert taken(shown, {"a": 11}, "big") == {"a": 11}


@pytest.mark.parametrize("button", ["later", "skip"])
def test_a_button_may_leave_out_what_is_required(button: str) -> None:
    shown = page(text("a", required=True), items(text("b"), minRepetitions=5), buttons=[LATER, SKIP])
    assert taken(shown, {"a": "", "rows": []}, button) == {"a": "", "rows": []}


def test_such_a_button_still_asks_for_the_right_types_and_limits() -> None:
    shown = page(field("number", "a", validate={"required": True}), text("b", maxLength=1), buttons=[SKIP])
    assert codes(shown, {"a": "x", "b": "long"}, "skip") == [("value.type", "a"), ("value.too-long", "b")]


STEPS = {"steps": [{"title": "Who", "groups": ["who"]}, {"title": "Where", "groups": ["where"]}]}
PAGE = page(
    group(text("name", required=True), id="who"), group(text("city", required=True), id="where"), layout=STEPS
)


@pytest.mark.parametrize(("part", "field_"), [(0, "name"), (1, "city")])
def test_a_step_of_a_page_is_checked_before_the_next_opens(part: int, field_: str) -> None:
    found = forms.examine(PAGE, {"name": "", "city": ""}, around(PAGE), part)
    assert [problem.field for problem in found.problems] == [field_]


def test_a_step_of_a_page_is_left_when_it_is_right() -> None:
    assert forms.examine(PAGE, {"name": "Ann", "city": ""}, around(PAGE), 0).problems == ()


def test_at_the_end_all_the_steps_are_checked() -> None:
    assert codes(PAGE, {"name": "", "city": ""}) == [("value.required", "name"), ("value.required", "city")]


def test_what_is_right_can_be_had_beside_what_is_wrong() -> None:
    found = forms.examine(page(field("number", "a"), text("b")), {"a": "x", "b": "y"}, around(PAGE))
    assert (found.values, [p.field for p in found.problems]) == ({"b": "y"}, ["a"])
