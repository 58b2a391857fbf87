"""What we add around form-js: outcome buttons, tabs and steps."""

from typing import Any

import pytest

from stepwell import forms
from tests.forms.pages import DONE, faults, group, page, schema, text

PARTS = [{"title": "Who", "groups": ["who"]}, {"title": "Where", "groups": ["where"]}]
GROUPS = (group(text("name"), id="who"), group(text("city"), id="where"))


@pytest.mark.parametrize(
    ("buttons", "rule", "place"),
    [
        (None, "page.buttons", "buttons"),
        ([], "page.buttons", "buttons"),
        ([{"code": "later", "completes": False}], "page.no-completing-button", "buttons"),
        ([{"code": "ok"}, {"code": "ok"}], "page.button-doubled", "buttons[1].code"),
        ([{"label": "OK"}], "page.value", "buttons[0].code"),
        (["ok"], "page.value", "buttons[0]"),
        ([{"code": "ok", "lable": "OK"}], "page.property-unknown", "buttons[0].lable"),
        ([{"code": "ok", "style": "red"}], "page.value", "buttons[0].style"),
        ([{"code": "ok", "completes": "yes"}], "page.value", "buttons[0].completes"),
        ([{"code": "ok", "shownIf": "boss"}], "page.value", "buttons[0].shownIf"),
        ([{"code": "ok", "shownIf": "=boss and"}], "expression.syntax", "buttons[0].shownIf"),
    ],
)
def test_buttons_that_do_not_fit_are_named(buttons: Any, rule: str, place: str) -> None:
    assert (rule, place) in [(p.rule, p.field) for p in faults(schema(text(), buttons=buttons))]


def test_the_buttons_of_a_step_stand_in_for_those_of_the_page() -> None:
    found = forms.read({"components": []}, buttons=[{"code": "go"}])
    assert [button.code for button in found.buttons] == ["go"]


def test_a_button_says_its_code_when_it_has_no_label() -> None:
    assert page(buttons=[{"code": "go"}]).buttons[0].label == "go"


def test_a_button_that_only_saves_the_draft_checks_nothing_unless_it_says_so() -> None:
    later, strict = (
        {"code": "later", "completes": False},
        {"code": "x", "completes": False, "validates": True},
    )
    assert [button.validates for button in page(buttons=[*DONE, later, strict]).buttons] == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize("kind", ["tabs", "steps"])
def test_a_layout_names_the_groups_of_each_part(kind: str) -> None:
    found = page(*GROUPS, layout={kind: PARTS}).layout
    assert found is not None
    assert (found.kind, [(part.title, part.groups) for part in found.parts]) == (
        kind,
        [("Who", ("who",)), ("Where", ("where",))],
    )


@pytest.mark.parametrize(
    ("layout", "rule", "place"),
    [
        ([], "page.layout", "layout"),
        ({"tab": PARTS}, "page.layout", "layout"),
        ({"tabs": PARTS, "steps": PARTS}, "page.layout", "layout"),
        ({"tabs": []}, "page.layout", "layout.tabs"),
        ({"tabs": [{"title": "Who"}]}, "page.layout", "layout.tabs[0]"),
        ({"tabs": [{"title": "", "groups": ["who"]}]}, "page.layout", "layout.tabs[0].title"),
        ({"tabs": [{"title": "A", "groups": ["wo"]}]}, "page.group-unknown", "layout.tabs[0].groups[0]"),
        ({"steps": [*PARTS, {"title": "B", "groups": ["who"]}]}, "page.group-doubled", "layout.steps[2].groups[0]"),
    ],
)  # fmt: skip
def test_a_layout_that_does_not_fit_is_named(layout: Any, rule: str, place: str) -> None:
    assert (rule, place) in [(p.rule, p.field) for p in faults(schema(*GROUPS, layout=layout))]


def test_the_nearest_group_is_told() -> None:
    layout = {"tabs": [{"title": "A", "groups": ["wher"]}]}
    assert "(did you mean where?)" in faults(schema(*GROUPS, layout=layout))[0].message
