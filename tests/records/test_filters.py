"""Filters as plain data and as XML."""

from typing import Any

import pytest
from lxml import etree

from stepwell.errors import Invalid
from stepwell.records.filters import Condition, Group, conditions, read, read_xml, to_plain, with_values


def wrong(data: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        read(data)
    return [(problem.field, problem.rule) for problem in refused.value.problems]


def test_a_condition_and_groups_within_groups() -> None:
    city = {"field": "account.city", "op": "=", "value": "Oslo"}
    written = {"all": [city, {"any": [{"field": "due", "op": "is empty"}, {"all": []}]}]}
    found = read(written)
    assert found == Group(
        "all",
        (
            Condition("account.city", "=", "Oslo"),
            Group("any", (Condition("due", "is empty"), Group("all", ()))),
        ),
    )
    assert to_plain(found) == written


def test_equality_need_not_be_said() -> None:
    assert read({"field": "city", "value": "Oslo"}) == Condition("city", "=", "Oslo")


@pytest.mark.parametrize(("data", "expected"), [
    (5, ("filter", "filter.shape")), ([], ("filter", "filter.shape")), ({"all": 5}, ("filter.all", "filter.shape")),
    ({"any": "x"}, ("filter.any", "filter.shape")), ({}, ("filter.field", "filter.field")),
    ({"field": ""}, ("filter.field", "filter.field")), ({"field": 5}, ("filter.field", "filter.field")),
    ({"field": "x" * 201}, ("filter.field", "filter.field")),
    ({"field": "x", "op": "like"}, ("filter.op", "filter.operator")),
    ({"field": "x", "op": ["="]}, ("filter.op", "filter.operator")),
    ({"field": "x", "valu": 5}, ("filter", "filter.shape")),
])  # fmt: skip
def test_what_can_not_be_a_filter(data: Any, expected: tuple[str, str]) -> None:
    assert wrong(data) == [expected]


def test_every_problem_is_told_with_its_place() -> None:
    assert wrong({"all": [{"field": "x", "op": "?"}, {"any": [{"field": 1}]}]}) == [
        ("filter.all[0].op", "filter.operator"),
        ("filter.all[1].any[0].field", "filter.field"),
    ]


def test_filters_are_bounded_in_size_and_depth() -> None:
    assert wrong({"all": [{"field": "x"}] * 101}) == [("filter", "filter.too-large")]
    deep: Any = {"field": "x"}
    for _ in range(12):
        deep = {"all": [deep]}
    assert wrong(deep)[0][1] == "filter.too-deep"


def xml(text: str) -> Any:
    return etree.fromstring(f'<s:filter xmlns:s="urn:stepwell:bpmn:1">{text}</s:filter>')


def test_the_same_in_xml() -> None:
    found = read_xml(xml(
        '<s:condition field="city" op="=" value="Oslo"/>'
        '<s:any><s:condition field="due" op="within" value="last 7 days"/><s:condition field="due" op="is empty"/></s:any>'
    ))  # fmt: skip
    assert to_plain(found) == {
        "all": [
            {"field": "city", "op": "=", "value": "Oslo"},
            {
                "any": [
                    {"field": "due", "op": "within", "value": "last 7 days"},
                    {"field": "due", "op": "is empty"},
                ]
            },
        ]
    }


def test_one_condition_in_xml_needs_no_group() -> None:
    assert read_xml(xml('<s:condition field="city" value="Oslo"/>')) == Condition("city", "=", "Oslo")


def test_an_unknown_element_or_attribute_in_xml_is_a_problem() -> None:
    with pytest.raises(Invalid) as refused:
        read_xml(xml('<s:conditions field="x"/><s:condition feld="x"/>'))
    assert [problem.field for problem in refused.value.problems] == [
        "filter[0]",
        "filter[1]",
        "filter[1].field",
    ]


def test_an_empty_filter_in_xml_has_no_conditions() -> None:
    assert list(conditions(read_xml(xml("")))) == []


def test_values_can_be_replaced_by_what_an_expression_gives() -> None:
    found = read({"any": [{"field": "a", "value": "=x"}, {"field": "b", "value": "y"}]})
    changed = with_values(found, lambda one: 5 if one.value == "=x" else one.value)
    assert [one.value for one in conditions(changed)] == [5, "y"]
