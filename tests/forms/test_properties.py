"""Whatever fits a page is taken, whatever is spoilt is refused and named, and nothing else ever happens."""

import copy
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell import feel, forms
from stepwell.errors import Invalid
from stepwell.forms.components import COMPONENTS, PROPERTIES
from tests.forms.pages import DONE, NOON, Shelf, around
from tests.forms.random_page import JSON, SPOILT, Sheet, sheets


def taken_or_refused(action: Callable[[], object]) -> bool:
    """Whether it came to an end as it should: with a result, or refused with reasons."""
    try:
        return action() is not None
    except Invalid as refusal:
        return bool(refusal.problems)


@given(sheets())
def test_what_fits_a_page_is_taken_and_can_be_sent_again(sheet: Sheet) -> None:
    page = forms.read(sheet.schema)
    values = forms.check(page, forms.Sent("done", sheet.values), around(page)).values
    again = forms.Sent("done", forms.to_show(page, values))
    assert forms.check(page, again, around(page)).values == values


@given(sheets())
def test_a_page_begins_with_values_that_fit_it(sheet: Sheet) -> None:
    page = forms.read(sheet.schema)
    values = forms.check(page, forms.Sent("done", sheet.values), around(page)).values
    assert forms.begin(page, values, NOON) == values


@given(sheets(), st.data())
def test_what_is_spoilt_is_refused_and_named(sheet: Sheet, data: st.DataObject) -> None:
    if not sheet.places:
        return
    where, holder, name, component = data.draw(st.sampled_from(sheet.places))
    holder[name] = data.draw(st.sampled_from(SPOILT[component["type"]]))
    page = forms.read(sheet.schema)
    with pytest.raises(Invalid) as refusal:
        forms.check(page, forms.Sent("done", sheet.values), around(page))
    assert {problem.field for problem in refusal.value.problems} == {where}


@given(sheets(), st.data())
def test_an_unknown_field_anywhere_is_refused_and_named(sheet: Sheet, data: st.DataObject) -> None:
    if not sheet.places:
        return
    where, holder, name, _ = data.draw(st.sampled_from(sheet.places))
    holder["intruder"] = 1
    page = forms.read(sheet.schema)
    with pytest.raises(Invalid) as refusal:
        forms.check(page, forms.Sent("done", sheet.values), around(page))
    assert [problem.field for problem in refusal.value.problems] == [where.removesuffix(name) + "intruder"]


@given(sheets(), st.dictionaries(st.sampled_from(["f0", "f1", "f2", "f3", "z"]), JSON), st.text(max_size=5))
def test_whatever_is_sent_is_taken_or_refused(sheet: Sheet, values: dict[str, Any], button: str) -> None:
    page = forms.read(sheet.schema)
    assert taken_or_refused(lambda: forms.check(page, forms.Sent(button or "done", values), around(page)))


@given(sheets(), st.dictionaries(st.sampled_from(["f0", "f1", "f2", "f3", "z"]), JSON))
def test_a_page_begins_whatever_is_given(sheet: Sheet, given_: dict[str, Any]) -> None:
    page = forms.read(sheet.schema)
    values = forms.begin(page, {name: feel.from_json(value) for name, value in given_.items()}, NOON)
    forms.to_show(page, values)
    forms.examine(page, {}, forms.Around(values, NOON, Shelf()))


ODD = st.dictionaries(
    st.sampled_from(sorted(PROPERTIES)), st.one_of(JSON, st.sampled_from(["=a", "=(", "{{a}}"])), max_size=5
)
ODD_COMPONENT = st.builds(lambda kind, rest: {**rest, "type": kind}, st.sampled_from(sorted(COMPONENTS)), ODD)


@given(st.lists(st.one_of(ODD_COMPONENT, JSON), max_size=4), JSON, JSON)
def test_whatever_is_written_is_a_page_or_refused_with_reasons(
    components: list[Any], layout: Any, buttons: Any
) -> None:
    for top in ({}, {"layout": layout, "buttons": buttons}):
        written = copy.deepcopy({"components": components, "buttons": DONE, **top})
        assert taken_or_refused(partial(forms.read, written))


@given(st.one_of(st.text(), st.binary()))
def test_whatever_text_is_a_page_or_refused_with_reasons(text: str | bytes) -> None:
    assert taken_or_refused(lambda: forms.read_text(text))
