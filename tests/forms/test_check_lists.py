"""Groups within each other, dynamic lists, and the records and files that are asked about."""

from typing import Any

import pytest

from stepwell import forms
from tests.forms.pages import Shelf, around, codes, field, group, items, page, refused, taken, text

ORDER = items(text("name", required=True), field("number", "amount"), label="Orders")


def test_the_items_of_a_list_are_checked_each_in_its_place() -> None:
    sent = {"rows": [{"name": "a", "amount": 1}, {"name": "", "amount": "x"}]}
    assert codes(page(ORDER), sent) == [("value.required", "rows[1].name"), ("value.type", "rows[1].amount")]


def test_a_list_in_a_list_has_its_place_too() -> None:
    shown = page(items(items(text("a", required=True), path="inner"), path="outer"))
    assert codes(shown, {"outer": [{"inner": []}, {"inner": [{"a": "x"}, {}]}]}) == [
        ("value.required", "outer[1].inner[1].a")
    ]


@pytest.mark.parametrize(
    ("count", "rule"), [(0, "list.too-few"), (1, "list.too-few"), (2, ""), (3, ""), (4, "list.too-many")]
)
def test_a_list_has_so_many_items(count: int, rule: str) -> None:
    shown = page(items(text("a"), minRepetitions=2, maxRepetitions=3))
    sent = {"rows": [{"a": "x"}] * count}
    assert codes(shown, sent) == [(rule, "rows")] if rule else taken(shown, sent)


def test_a_list_that_can_not_be_changed_keeps_its_length() -> None:
    shown = page(items(text("a"), allowAddRemove=False))
    assert codes(shown, {"rows": []}, rows=[{"a": "x"}]) == [("list.fixed", "rows")]
    assert taken(shown, {"rows": [{"a": "y"}]}, rows=[{"a": "x"}]) == {"rows": [{"a": "y"}]}


@pytest.mark.parametrize("sent", ["x", {"name": "a"}, 5])
def test_a_list_that_is_none_is_refused(sent: object) -> None:
    assert ("value.type", "rows") in codes(page(ORDER), {"rows": sent})


def test_an_item_that_is_no_object_is_refused() -> None:
    assert codes(page(ORDER), {"rows": [{"name": "a"}, "b"]}) == [("value.type", "rows[1]")]


def test_an_unknown_field_of_an_item_is_refused() -> None:
    assert codes(page(ORDER), {"rows": [{"name": "a", "nmae": "b"}]}) == [("value.unknown", "rows[0].nmae")]


def test_a_list_that_was_not_sent_keeps_its_items() -> None:
    assert taken(page(ORDER), {}, rows=[{"name": "a", "amount": 1}]) == {"rows": [{"name": "a", "amount": 1}]}


def test_expressions_in_a_list_see_their_item_its_number_and_what_is_around() -> None:
    shown = page(
        field("number", "most"),
        items(
            field("number", "a", validate={"max": "=parent.most + i[1]"}),
            text("b", required=True) | {"conditional": {"hide": "=this.a > 1"}},
        ),
    )
    sent = {"most": 2, "rows": [{"a": 3, "b": "x"}, {"a": 5}, {"a": 0}]}
    assert codes(shown, sent) == [("value.too-large", "rows[1].a"), ("value.required", "rows[2].b")]


def test_a_field_of_an_item_may_be_hidden_in_one_and_shown_in_another() -> None:
    shown = page(items(field("checkbox", "far"), text("city") | {"conditional": {"hide": "=not(far)"}}))
    sent = {"rows": [{"far": False, "city": "x"}, {"far": True, "city": "y"}]}
    assert taken(shown, sent) == {"rows": [{"far": False}, {"far": True, "city": "y"}]}


def test_a_read_only_field_of_a_fixed_list_keeps_its_value_by_place() -> None:
    shown = page(items(text("a") | {"readonly": True}, allowAddRemove=False))
    begun: Any = [{"a": "x"}, {"a": "y"}]
    assert taken(shown, {"rows": [{"a": "y"}, {"a": "z"}]}, rows=begun) == {"rows": begun}


def test_a_read_only_field_of_a_list_whose_items_move_keeps_a_value_that_it_had() -> None:
    shown = page(items(text("a") | {"readonly": True}, text("b")))
    sent = {"rows": [{"a": "y", "b": "1"}, {"a": "made up", "b": "2"}]}
    begun = [{"a": "x", "b": ""}, {"a": "y", "b": ""}]
    assert taken(shown, sent, rows=begun) == {"rows": [{"a": "y", "b": "1"}, {"a": "y", "b": "2"}]}


def test_fields_of_groups_stand_where_the_paths_say() -> None:
    shown = page(group(group(text("city"), path="home"), text("note"), path="ann.address"))
    sent = {"ann": {"address": {"home": {"city": "Rome"}, "note": "n"}}}
    assert taken(shown, sent) == sent


def test_a_value_where_a_group_should_be_is_refused() -> None:
    assert codes(page(group(text("city"), path="home")), {"home": "Rome"}) == [("value.type", "home")]


def test_very_many_fields_are_refused_before_they_take_long() -> None:
    shown = page(items(*[text(f"f{number}") for number in range(50)], maxRepetitions=1_000))
    assert ("input.too-large", "") in codes(shown, {"rows": [{}] * 900})


# -- records and files -----------------------------------------------------------------------------------

WHO = field("lookup", "who", recordType="Contact", filter={"field": "city", "op": "=", "value": "=city"})
TEAM = field("lookup", "team", recordType="Contact", multiple=True)


def test_a_chosen_record_is_its_id() -> None:
    shown = page(text("city"), WHO)
    found = forms.check(
        shown, forms.Sent("done", {"who": "c1", "city": ""}), around(shown, shelf=Shelf("c1"))
    )
    assert found.values["who"] == "c1"


def test_records_are_asked_about_with_the_filter_of_the_page() -> None:
    shown, shelf = page(text("city"), WHO), Shelf("c1")
    forms.check(shown, forms.Sent("done", {"who": "c1", "city": "Rome"}), around(shown, shelf=shelf))
    assert shelf.asked == [("Contact", {"field": "city", "op": "=", "value": "Rome"}, ["c1"])]


def test_a_record_that_can_not_be_chosen_is_refused_with_its_type() -> None:
    (problem,) = refused(page(WHO, text("city")), {"who": "c9"})
    assert (problem.rule, problem.field) == ("value.record-unknown", "who")
    assert "be a Contact that can be chosen" in problem.message


def test_several_records_are_asked_about_at_once_and_each_is_named() -> None:
    shelf = Shelf("c1")
    rows = {"rows": [{"team": ["c1", "c2"]}, {"team": ["c3"]}]}
    found = refused(page(items(TEAM)), rows, shelf=shelf)
    assert [problem.field for problem in found] == ["rows[0].team", "rows[1].team"]
    assert shelf.asked == [("Contact", None, ["c1", "c2", "c3"])]


def test_nothing_is_asked_where_nothing_was_chosen() -> None:
    shown, shelf = page(WHO, TEAM), Shelf()
    forms.check(shown, forms.Sent("done", {"who": None, "team": []}), around(shown, shelf=shelf))
    assert shelf.asked == []


@pytest.mark.parametrize("sent", [["c1"], {"id": "c1"}, 1.5, True, "x" * 300])
def test_what_is_no_id_is_refused(sent: object) -> None:
    assert codes(page(field("lookup", "who", recordType="Contact")), {"who": sent}) == [("value.type", "who")]


@pytest.mark.parametrize(("choice", "sent"), [("single", "o1"), ("multiple", ["o1"])])
def test_a_list_of_records_gives_what_was_chosen(choice: str, sent: object) -> None:
    shown = page(field("recordlist", "orders", recordType="Order", choice=choice))
    found = forms.check(shown, forms.Sent("done", {"orders": sent}), around(shown, shelf=Shelf("o1")))
    assert found.values == {"orders": sent}


def test_a_list_of_records_from_which_nothing_is_chosen_has_no_value() -> None:
    shown = page({"type": "recordlist", "key": "orders", "recordType": "Order"})
    assert codes(shown, {"orders": ["o1"]}) == [("value.unknown", "orders")]


def test_files_are_attachments_of_the_step() -> None:
    shown = page(field("filepicker", "files", multiple=True))
    sent, shelf = {"files": ["f1", "f2"]}, Shelf(files=["f1", "f2"])
    assert forms.check(shown, forms.Sent("done", sent), around(shown, shelf=shelf)).values == sent
    assert [p.rule for p in refused(shown, {"files": ["f1", "f9"]}, shelf=shelf)] == ["value.file-unknown"]


def test_one_file_is_one_unless_more_are_allowed() -> None:
    assert ("value.too-many", "files") in codes(page(field("filepicker", "files")), {"files": ["f1", "f2"]})
