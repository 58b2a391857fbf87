"""D2: lists that are filtered, searched, sorted and paged; sums; history; related lists."""

from typing import Any

import pytest

from stepwell.errors import Invalid
from stepwell.identity import STEPWELL
from stepwell.services.records import reading, related, searching
from stepwell.services.records.reading import ListAsked
from tests.services.records.conftest import Shop, place


@pytest.fixture
def cases(shop: Shop) -> Shop:
    """Seven cases of two accounts."""
    oslo = shop.add("account", name="Acme", city="Oslo")
    rome = shop.add("account", name="Beta", city="Rome")
    for number, subject in enumerate(["alpha", "Beta", "gamma", "Delta", "eps", "Zeta", "eta"], 1):
        shop.add(
            "case", subject=subject, number=number, amount=None if number == 3 else number * 10,
            account=(oslo if number % 2 else rome)["id"], status="open" if number < 4 else "shut",
        )  # fmt: skip
    return shop


def test_d2_the_newest_come_first(cases: Shop) -> None:
    assert cases.titles("case")[:3] == ["eta", "Zeta", "eps"]


@pytest.mark.parametrize(("sort", "expected"), [
    (("subject",), ["alpha", "Beta", "Delta", "eps", "eta", "gamma", "Zeta"]),
    (("-subject",), ["Zeta", "gamma", "eta", "eps", "Delta", "Beta", "alpha"]),
    (("amount",), ["gamma", "alpha", "Beta", "Delta", "eps", "Zeta", "eta"]),
    (("-amount",), ["eta", "Zeta", "eps", "Delta", "Beta", "alpha", "gamma"]),
    (("account.city", "-number"), ["eta", "eps", "gamma", "alpha", "Zeta", "Delta", "Beta"]),
    (("-status", "number"), ["Delta", "eps", "Zeta", "eta", "alpha", "Beta", "gamma"]),
])  # fmt: skip
def test_d2_any_order_whole_and_in_pages(cases: Shop, sort: tuple[str, ...], expected: list[str]) -> None:
    cases.change("status/2", order=9)
    assert cases.titles("case", sort=sort) == expected
    pages: list[str] = []
    after = None
    while True:
        page = reading.page(
            cases.engine.store, STEPWELL, ListAsked(type="case", sort=sort, limit=2, after=after)
        )
        pages += [record.title for record in page.items]
        after = page.after
        if after is None:
            break
    assert pages == expected


def test_d2_columns_search_and_filter_together(cases: Shop) -> None:
    asked = ListAsked(
        type="case", columns=("account", "amount"), search="ETA", sort=("number",),
        filter={"field": "account.city", "op": "=", "value": "rome"},
    )  # fmt: skip
    found = reading.page(cases.engine.store, STEPWELL, asked).items
    assert [(record.title, record.values["amount"], record.titles) for record in found] == [
        ("Beta", "20.00", {"account": "Beta"}), ("Zeta", "60.00", {"account": "Beta"}),
    ]  # fmt: skip
    assert found[0].values.keys() == {"account", "amount"}


@pytest.mark.parametrize("asked", [
    {"sort": ("nothing",)}, {"sort": ("note",)}, {"sort": ("others",)}, {"sort": ("a", "b", "c", "d")},
    {"columns": ("nothing",)}, {"filter": {"field": "nothing", "value": 1}}, {"limit": 0}, {"limit": 201},
    {"after": "x"}, {"after": "gqFhAQ"}, {"after": "lAEBAQE"}, {"filter": "x"},
])  # fmt: skip
def test_a_list_that_can_not_be_is_refused(cases: Shop, asked: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        cases.titles("case", **asked)


def test_a_count_is_exact_up_to_its_cap(cases: Shop) -> None:
    asked = ListAsked(type="case", filter={"field": "number", "op": ">", "value": 1})
    store = cases.engine.store
    assert reading.count(store, STEPWELL, asked) == reading.Counted(6, is_exact=True)
    assert reading.count(store, STEPWELL, asked, cap=5) == reading.Counted(5, is_exact=False)


@pytest.mark.parametrize(("what", "field", "value"), [
    ("sum", "amount", "250.00"), ("average", "amount", "41.666667"), ("minimum", "amount", "10.00"),
    ("maximum", "amount", "70.00"), ("sum", "number", 28), ("average", "number", "4"), ("maximum", "number", 7),
])  # fmt: skip
def test_sums_averages_and_extremes_are_exact(cases: Shop, what: Any, field: str, value: Any) -> None:
    assert reading.measure(cases.engine.store, STEPWELL, ListAsked(type="case"), what, field).value == value


def test_a_measure_of_nothing_is_nothing(cases: Shop) -> None:
    nothing = ListAsked(type="case", filter={"field": "number", "op": ">", "value": 99})
    assert reading.measure(cases.engine.store, STEPWELL, nothing, "sum", "amount").value is None


@pytest.mark.parametrize(
    ("what", "field"), [("sum", "subject"), ("average", "day"), ("sum", "nothing"), ("minimum", "status")]
)
def test_a_field_without_such_a_measure_is_refused(cases: Shop, what: Any, field: str) -> None:
    with pytest.raises(Invalid):
        reading.measure(cases.engine.store, STEPWELL, ListAsked(type="case"), what, field)


def test_related_lists_count_and_their_filters_list(cases: Shop) -> None:
    acme = "account/3"
    case = cases.add("case", subject="other", others=[acme])
    found = {(one.type, one.field): one for one in related.related(cases.engine.store, STEPWELL, place(acme))}
    assert {key: one.count for key, one in found.items()} == {
        ("account", "parent"): 0, ("activity", "connections"): 0, ("case", "account"): 4, ("case", "others"): 1,
    }  # fmt: skip
    assert cases.titles("case", filter=found["case", "others"].filter) == [case["title"]]
    assert len(cases.titles("case", filter=found["case", "account"].filter)) == 4


def test_the_history_goes_on_below_a_revision(cases: Shop) -> None:
    for number in range(5):
        cases.change("case/5", amount=number + 100)
    page = reading.history_page(cases.engine.store, STEPWELL, ("case", "5"), None, 4)
    rest = reading.history_page(cases.engine.store, STEPWELL, ("case", "5"), page.after, 4)
    assert [entry.revision for entry in (*page.items, *rest.items)] == [6, 5, 4, 3, 2, 1]
    assert rest.after is None


def test_search_shows_the_text_around_the_words(cases: Shop) -> None:
    cases.add("case", subject="x", note="long " * 30 + "a Needle in the hay " + "long " * 30)
    [hit] = searching.search(cases.engine.store, STEPWELL, "needle hay").items
    assert (hit.type, hit.field) == ("case", "note")
    assert hit.text.startswith("…")
    assert "Needle in the hay" in hit.text


def test_search_says_when_it_looked_at_the_newest_only(cases: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert searching.search(cases.engine.store, STEPWELL, "alpha").is_complete
    monkeypatch.setattr(searching, "LOOKED_AT", 3)
    found = searching.search(cases.engine.store, STEPWELL, "alpha")
    assert (found.items, found.is_complete) == ((), False)


@pytest.mark.parametrize("text", ["   ", "%", "_", "' or 1=1 --", "\0"])
def test_search_takes_any_text_as_it_is(cases: Shop, text: str) -> None:
    assert searching.search(cases.engine.store, STEPWELL, text).items == ()
