"""Memory, SQLite and PostgreSQL say the same of any filter."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepwell.errors import Invalid
from stepwell.records.asking import Asking
from stepwell.records.binding import OPERATORS, bind
from stepwell.records.bound import matches
from stepwell.records.filters import read
from stepwell.store import Store, open_store
from stepwell.store.records import queries
from stepwell.store.records.catalogue import Known
from stepwell.store.records.filter_sql import after
from stepwell.store.records.order import ranges
from stepwell.store.records.queries import Asked, Scope, Sorting
from tests.store.records import shop

ASKING = Asking(
    datetime(2026, 3, 29, 0, 30, tzinfo=UTC), ZoneInfo("Europe/Berlin"), "ada", frozenset({"Sales"})
)
PATHS = ["account.city", "account.size", "status.label", "status.order", "created_by", "id"]
PERIODS = ["today", "this week", "last 7 days", "next 3 hours", "this year", "last 100 years"]
MANY = 3000 if os.environ.get("STEPWELL_NIGHTLY") else 150
Places = list[tuple[Store, Known]]


@pytest.fixture(scope="module")
def places(shared_postgresql_url: str) -> Iterator[Places]:
    stores = [open_store("sqlite://"), open_store(shared_postgresql_url)]
    yield [(store, shop.make(store)) for store in stores]
    for store in stores:
        store.close()


def values_for(kind: str) -> st.SearchStrategy[Any]:
    if kind in {"text", "long_text"}:
        return shop.texts
    if kind in {"integer", "decimal", "money"}:
        return st.one_of(shop.numbers, st.decimals(-4, 4, places=3).map(str))
    if kind == "date_time":
        moments = st.datetimes(datetime(1970, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.isoformat())  # noqa: DTZ001
        return st.one_of(moments, shop.days, st.sampled_from(["today", "yesterday"]))
    if kind == "yes_no":
        return st.booleans()
    if kind in {"person", "role"}:
        return st.sampled_from(["ada", "Ada", "bob"])
    sampled: dict[str, list[Any]] = {
        "date": ["today", "1970-01-01", "2026-03-29"], "time": ["00:00", "12:00:01"], "lookup": [*shop.CODES, "OPEN"],
        "link": ["1", "2", "account/3", "99"], "links": ["account/1", "case/1", "contact/5"],
    }  # fmt: skip
    return st.sampled_from(sampled.get(kind, ["x"]))


@st.composite
def filters(draw: st.DrawFn, depth: int = 0) -> dict[str, Any]:
    if depth < 3 and draw(st.integers(0, 3)) == 0:
        return {draw(st.sampled_from(["all", "any"])): draw(st.lists(filters(depth + 1), max_size=3))}
    names = [field.name for field in shop.CASE.fields]
    path = draw(st.sampled_from(names + PATHS))
    owner = {"account": shop.ACCOUNT, "status": shop.STATUS}.get(
        path.partition(".")[0] if "." in path else "", shop.CASE
    )
    field = owner.field(path.rpartition(".")[2])
    assert field is not None
    op = draw(st.sampled_from(sorted(OPERATORS[field.holds or field.kind])))
    one = values_for(field.holds or field.kind)
    value: Any = draw(st.sampled_from(PERIODS)) if op == "within" else draw(one)
    if op in {"in", "not in"}:
        value = draw(st.lists(one, max_size=3))
    elif op == "between":
        value = [draw(one), draw(one)]
    return {"field": path, "op": op, "value": value}


@settings(suppress_health_check=list(HealthCheck), max_examples=MANY)
@given(st.lists(shop.records(), max_size=6), st.lists(filters(), min_size=4, max_size=8))
def test_memory_and_both_databases_agree(places: Places, found: list[Any], asked: list[Any]) -> None:
    numbered = [{**row, "id": id} for id, row in enumerate(found, 1)]
    for store, known in places:
        with shop.filled(store, known, numbered) as session:
            for plain in asked:
                try:
                    bound = bind(read(plain), known.types["case"], known.types, ASKING)
                except Invalid:
                    continue
                scope = Scope(known.tables["case"], known.tables, bound)
                expected = [row["id"] for row in numbered if matches(bound, row, shop.linked)]
                assert queries.ids(session, scope, (0, 100), 100) == expected, (store.url, plain)
                assert queries.count(session, scope, 100) == len(expected)


sortings = st.lists(
    st.tuples(
        st.sampled_from(
            ["subject", "amount", "day", "at", "is_urgent", "account.city", "status.order", "id"]
        ),
        st.booleans(),
    ),
    max_size=3,
    unique_by=lambda pair: pair[0],
)


@settings(suppress_health_check=list(HealthCheck), max_examples=100)
@given(st.lists(shop.records(), min_size=1, max_size=12), sortings, st.integers(1, 4))
def test_pages_of_any_order_hold_every_record_once_and_are_the_same_on_both_databases(
    places: Places, found: list[Any], sorting: list[tuple[str, bool]], limit: int
) -> None:
    from stepwell.records.binding import resolve

    numbered = [{**row, "id": id} for id, row in enumerate(found, 1)]
    seen = []
    for store, known in places:
        keys = []
        for path, descending in sorting:
            way = resolve(path, known.types["case"], known.types)
            assert isinstance(way, tuple)
            keys.append(Sorting(*way, descending))
        scope = Scope(known.tables["case"], known.tables)
        with shop.filled(store, known, numbered) as session:
            whole = queries.page(session, scope, Asked(tuple(keys), 100), known.names)
            pages: list[int] = []
            place = None
            while True:
                part = queries.page(session, scope, Asked(tuple(keys), limit, place), known.names)
                pages += [row["id"] for row in part.rows]
                if len(part.rows) < limit:
                    break
                place = part.places[-1]
        assert pages == [row["id"] for row in whole.rows]
        assert sorted(pages) == [row["id"] for row in numbered]
        seen.append(pages)
    assert seen[0] == seen[1]


@settings(suppress_health_check=list(HealthCheck))
@given(st.lists(shop.records(), max_size=8))
def test_sums_and_averages_are_exact_on_both_databases(places: Places, found: list[Any]) -> None:
    numbered = [{**row, "id": id} for id, row in enumerate(found, 1)]
    amounts = [row["amount"] for row in numbered if row["amount"] is not None]
    for store, known in places:
        table = known.tables["case"]
        field = table.type.field("amount")
        assert field is not None
        with shop.filled(store, known, numbered) as session:
            scope = Scope(table, known.tables)
            total = queries.measure(session, scope, field, "sum")
            assert total == (sum(amounts) if amounts else None)
            assert queries.measure(session, scope, field, "minimum") == (min(amounts) if amounts else None)
            assert queries.measure(session, scope, field, "maximum") == (max(amounts) if amounts else None)


@given(st.text(min_size=1, max_size=5), st.text(max_size=5))
def test_the_range_of_a_prefix_holds_exactly_what_begins_with_it(prefix: str, text: str) -> None:
    end = after(prefix)
    for candidate in (text, prefix + text):
        inside = candidate >= prefix and (end is None or candidate < end)
        assert inside == candidate.startswith(prefix)


def test_the_first_page_is_one_range() -> None:
    assert len(list(ranges([], None))) == 1


def test_search_finds_all_words_in_any_of_the_texts(places: Places) -> None:
    found = [
        {**shop.BASE, "id": id, "subject": subject, "note": note, "others": ()}
        for id, (subject, note) in enumerate(
            [("Große Reise", None), ("reise", "GROSSE Sorge"), ("klein", "reise")], 1
        )
    ]
    for store, known in places:
        table = known.tables["case"]
        rows = [{**dict.fromkeys(table.names), **row} for row in found]
        fields = tuple(field for field in table.fields if field.name in {"subject", "note"})
        scope = Scope(table, known.tables, words=("grosse", "REISE"), searched=fields)
        with shop.filled(store, known, rows) as session:
            assert queries.ids(session, scope, (0, 9), 9) == [1, 2]
