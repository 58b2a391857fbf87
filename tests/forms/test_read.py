"""A page schema of unknown origin: what is accepted, and what is refused with its place."""

from typing import Any

import pytest

from stepwell import forms
from stepwell.errors import Invalid
from stepwell.forms.components import COMPONENTS
from tests.forms.pages import DONE, faults, field, group, items, page, schema, text

PLAIN: list[dict[str, Any]] = [
    {"type": "text", "text": "# Hello {{name}}"},
    {"type": "html", "content": "<b>hello</b>"},
    {"type": "image", "source": "https://example.org/a.png", "alt": "a"},
    {"type": "button", "label": "Clear", "action": "reset"},
    {"type": "spacer", "height": 60},
    {"type": "separator"},
    {"type": "iframe", "label": "Map", "url": "https://example.org", "height": 200, "security": {"camera": True}},
    {"type": "table", "label": "Orders", "dataSource": "=orders", "columns": [{"label": "No", "key": "no"}], "rowCount": 5},
    {"type": "documentPreview", "title": "Contract", "dataSource": "=files", "maxHeight": 300},
    {"type": "expression", "key": "sum", "expression": "=a + b", "computeOn": "change"},
    {"type": "recordlist", "recordType": "Order", "columns": [{"label": "No", "key": "no"}]},
]  # fmt: skip


@pytest.mark.parametrize("component", PLAIN, ids=lambda component: component["type"])
def test_every_component_that_shows_something_is_accepted(component: dict[str, Any]) -> None:
    assert page(component).buttons


def test_an_input_may_have_all_that_form_js_writes_around_it() -> None:
    written = text(
        "city", required=True, minLength=2, maxLength="=longest", pattern="[A-Z].*", validationType="custom"
    )
    written |= {
        "id": "Field_1", "label": "City", "description": "Where to", "disabled": False, "readonly": "=is_done",
        "layout": {"row": "Row_1", "columns": 8}, "appearance": {"prefixAdorner": "in"}, "properties": {"a": "b"},
        "defaultValue": "Rome", "conditional": {"hide": "=country = null"},
    }  # fmt: skip
    assert page(written).components[0].label == "City"  # type: ignore[union-attr]


def test_the_names_that_a_page_reads_are_known() -> None:
    found = page(
        field("select", "city", valuesKey="cities"),
        text("name", max="=1") | {"validate": {}, "conditional": {"hide": "=country.code = this"}},
        {"type": "table", "dataSource": "=orders[1]", "columns": []},
        buttons=[{"code": "ok", "shownIf": "=is_boss"}],
    )
    assert found.reads == {"city", "cities", "name", "country", "orders", "is_boss"}


@pytest.mark.parametrize(
    ("component", "rule", "place"),
    [
        ({"type": "textfeld", "key": "a"}, "page.type-unknown", "components[0].type"),
        ({"type": 5}, "page.type-unknown", "components[0].type"),
        ("text", "page.type-unknown", "components[0].type"),
        ({"type": "textfield"}, "page.property-missing", "components[0].key"),
        ({"type": "textfield", "key": "a b"}, "page.value", "components[0].key"),
        ({"type": "textfield", "key": "a", "lable": "A"}, "page.property-unknown", "components[0].lable"),
        ({"type": "text", "text": "x", "key": "a"}, "page.property-unknown", "components[0].key"),
        (text(minLenght=2), "page.property-unknown", "components[0].validate.minLenght"),
        (field("textarea", validate={"pattern": "a"}), "page.property-unknown", "components[0].validate.pattern"),
        (text(required="yes"), "page.value", "components[0].validate.required"),
        (text(minLength=-1), "page.value", "components[0].validate.minLength"),
        (text(pattern="(?=a)b"), "page.pattern", "components[0].validate.pattern"),
        (text(validationType="mail"), "page.value", "components[0].validate.validationType"),
        (field("number", validate={"max": "much"}), "page.value", "components[0].validate.max"),
        (field("datetime", subtype="month"), "page.value", "components[0].subtype"),
        (field("select"), "page.options", "components[0]"),
        (field("radio", values=["a"], valuesKey="more"), "page.options", "components[0]"),
        (field("radio", values=["a", {"value": "a"}]), "page.option-doubled", "components[0].values[1]"),
        (field("radio", values=[{"label": "A"}]), "page.value", "components[0].values[0]"),
        (field("lookup"), "page.property-missing", "components[0].recordType"),
        (field("recordlist", key="", recordType="A", choice="single"), "page.property-missing", "components[0].key"),
        (field("lookup", recordType="A", filter={"op": "="}), "page.value", "components[0].filter.field"),
        (field("lookup", recordType="A", filter={"all": [{"x": 1}]}), "page.property-unknown", "components[0].filter.all[0].x"),
        (text() | {"conditional": {"hide": "a = 1"}}, "page.value", "components[0].conditional.hide"),
        (text() | {"layout": {"columns": 17}}, "page.value", "components[0].layout.columns"),
        (items(text(), minRepetitions=3, maxRepetitions=2), "page.value", "components[0].maxRepetitions"),
        (items(text(), isRepeating=False), "page.not-repeating", "components[0].isRepeating"),
        ({"type": "group", "components": {"type": "text"}}, "page.value", "components[0].components"),
        ({"type": "table", "columns": []}, "page.property-missing", "components[0].dataSource"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_with_its_place(component: Any, rule: str, place: str) -> None:
    assert (rule, place) in [(p.rule, p.field) for p in faults({"components": [component], "buttons": DONE})]


def test_the_nearest_name_is_told() -> None:
    (problem,) = faults(schema({"type": "textfeld", "key": "a"}))
    assert "(did you mean textfield?)" in problem.message


def test_all_faults_are_told_at_once() -> None:
    assert len(faults(schema(text("a b"), {"type": "oops"}, field("select", "c"), buttons=[]))) == 4


def test_feel_that_does_not_parse_is_told_with_its_column() -> None:
    (problem,) = faults(schema(text() | {"conditional": {"hide": "=a and (b"}}))
    assert (problem.rule, problem.line, problem.column) == ("expression.syntax", 1, 10)


def test_feel_over_several_lines_is_told_with_its_line() -> None:
    (problem,) = faults(schema(field("expression", expression="=a +\n  * b")))
    assert (problem.line, problem.column) == (2, 3)


def test_two_fields_in_the_same_place_are_refused() -> None:
    assert [p.rule for p in faults(schema(text("a"), text("a")))] == ["page.key-doubled"]


def test_a_field_inside_the_value_of_another_is_refused() -> None:
    assert [p.rule for p in faults(schema(text("a"), text("a.b")))] == ["page.key-doubled"]


def test_a_group_with_a_path_makes_room_for_the_same_key() -> None:
    found = page(text("city"), group(text("city"), path="billing"), group(text("city"), path="delivery"))
    assert found.names == {"city": None, "billing": {"city": None}, "delivery": {"city": None}}


def test_the_fields_of_a_list_have_names_of_their_own() -> None:
    assert page(text("city"), items(text("city"))).names == {"city": None, "rows": {"city": None}}


def test_an_id_is_there_once() -> None:
    assert [p.field for p in faults(schema(text("a") | {"id": "i"}, text("b") | {"id": "i"}))] == [
        "components[1].id"
    ]


@pytest.mark.parametrize("written", [None, [], "page", {"components": {}}, {"type": "default"}])
def test_what_is_no_page_at_all_is_refused(written: object) -> None:
    assert [p.rule for p in faults(written)] == ["page.not-a-page"]


def test_a_newer_version_of_the_schema_is_refused() -> None:
    assert [p.rule for p in faults(schema(schemaVersion=99))] == ["page.version"]


def test_a_text_that_is_no_json_is_refused_with_line_and_column() -> None:
    with pytest.raises(Invalid) as refusal:
        forms.read_text('{"components": [\n  oops]}')
    (problem,) = refusal.value.problems
    assert (problem.rule, problem.line, problem.column) == ("page.malformed", 2, 3)


@pytest.mark.parametrize(
    "written",
    [
        '{"components": [' + " " * 500_000 + "]}",
        '{"components": ' + "[" * 100_000,
        '{"components": [{"type": "text", "properties": ' + '{"a":' * 50 + "1" + "}" * 52 + "]}",
        '{"components": [' + ",".join(['{"type":"text"}'] * 1_001) + "]}",
    ],
)
def test_a_page_that_is_too_large_or_too_deep_is_refused(written: str) -> None:
    with pytest.raises(Invalid) as refusal:
        forms.read_text(written)
    assert refusal.value.problems[0].rule in ("page.too-large", "page.malformed")


def test_of_very_many_faults_only_the_first_are_told() -> None:
    assert len(faults(schema(*[{"type": "oops"}] * 900))) == 200


def test_every_component_that_the_table_knows_has_a_story() -> None:
    told = {component["type"] for component in PLAIN} | {"group", "dynamiclist"}
    inputs = {kind for kind, known in COMPONENTS.items() if known.keyed and "validate" in known.properties}
    assert told | inputs >= set(COMPONENTS)
