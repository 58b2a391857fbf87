"""How a page begins, and what the renderer is given."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from stepwell import forms
from tests.forms.pages import NOON, field, group, items, page, text


def begun(*components: dict[str, Any], **given: Any) -> dict[str, Any]:
    return forms.begin(page(*components), given, NOON)


def test_a_field_begins_with_what_is_given() -> None:
    assert begun(text("city"), city="Rome") == {"city": "Rome"}


def test_otherwise_with_its_default() -> None:
    assert begun(text("city") | {"defaultValue": "Oslo"}) == {"city": "Oslo"}


@pytest.mark.parametrize(
    ("component", "empty"),
    [
        (text(), ""),
        (field("textarea"), ""),
        (field("number"), None),
        (field("checkbox"), False),
        (field("select", values=["a"]), None),
        (field("checklist", values=["a"]), []),
        (field("datetime"), None),
        (field("lookup", recordType="A"), None),
        (field("lookup", recordType="A", multiple=True), []),
    ],
)
def test_otherwise_empty(component: dict[str, Any], empty: object) -> None:
    assert begun(component) == {"x": empty}


def test_what_does_not_fit_the_field_gives_way_to_its_default() -> None:
    assert begun(field("number", defaultValue=1), x="many") == {"x": 1}
    assert begun(field("select", values=["a", "b"], defaultValue="b"), x="z") == {"x": "b"}


def test_a_text_field_shows_other_values_as_text() -> None:
    assert begun(text("a"), text("b"), text("c"), a=3, b=date(2030, 1, 2), c=Decimal("1.50")) == {
        "a": "3", "b": "2030-01-02", "c": "1.5",
    }  # fmt: skip


def test_a_list_begins_with_its_repetitions() -> None:
    assert begun(items(text("a"), defaultRepetitions=2)) == {"rows": [{"a": ""}, {"a": ""}]}


def test_a_list_begins_with_what_is_given_and_the_rest_of_each_item() -> None:
    assert begun(items(text("a"), text("b")), rows=[{"a": "x"}, "odd"]) == {"rows": [{"a": "x", "b": ""}]}


def test_groups_begin_where_their_paths_say() -> None:
    assert begun(group(text("city"), path="home"), home={"city": "Rome", "zip": 1}) == {
        "home": {"city": "Rome", "zip": 1}
    }


def test_what_is_given_for_options_and_tables_is_kept() -> None:
    assert begun(field("select", valuesKey="cities"), cities=["a"], x="a") == {"cities": ["a"], "x": "a"}


def test_what_is_given_is_not_changed() -> None:
    given: dict[str, Any] = {"rows": [{}]}
    forms.begin(page(items(text("a"))), given, NOON)
    assert given == {"rows": [{}]}


def test_what_is_computed_begins_computed() -> None:
    assert begun(field("number", "a"), field("expression", "b", expression="=a + 1"), a=1)["b"] == 2


def test_the_renderer_gets_dates_and_times_as_text() -> None:
    shown = page(
        field("datetime", "d"),
        field("datetime", "t", subtype="time"),
        field("datetime", "m", subtype="datetime"),
    )
    berlin = datetime(2030, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    values = {"d": date(2030, 1, 2), "t": time(9, 30, tzinfo=UTC), "m": berlin}
    assert forms.to_show(shown, values) == {"d": "2030-01-02", "t": "09:30Z", "m": "2030-07-01T09:30+02:00"}


def test_the_renderer_gets_digits_that_matter_as_text() -> None:
    shown = page(
        field("number", "a", serializeToString=True), items(field("number", "a", serializeToString=True))
    )
    exact = Decimal("0.12345678901234567890")
    assert forms.to_show(shown, {"a": exact, "rows": [{"a": exact}]}) == {
        "a": "0.1234567890123456789",
        "rows": [{"a": "0.1234567890123456789"}],
    }


def test_what_the_renderer_gets_can_be_sent_back_as_it_is() -> None:
    shown = page(
        text("a"), field("datetime", "d"), field("number", "n", serializeToString=True), items(text("b"))
    )
    values = forms.begin(shown, {"d": date(2030, 1, 2), "n": Decimal("1.10")}, NOON)
    sent = forms.Sent("done", forms.to_show(shown, values))
    assert forms.check(shown, sent, forms.Around(values, NOON, None)).values == values  # type: ignore[arg-type]
