"""Changing and deleting all records that meet a filter, each exactly once."""

from collections.abc import Callable
from typing import Any

import pytest

from stepwell.errors import Invalid
from stepwell.identity import STEPWELL
from stepwell.records.changes import Change
from stepwell.records.filters import read
from stepwell.services.records import slices
from stepwell.services.records.slices import Slice, Touched
from stepwell.services.records.work import Work
from stepwell.store.records.history import Cause
from tests.services.records.conftest import Shop

ROME = read({"field": "city", "value": "Rome"})
STEP = Cause("ada", 17, "clean_up")


@pytest.fixture
def big(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Fifteen accounts, every third in Rome, and slices of three."""
    monkeypatch.setattr(Work, "most", 3)
    monkeypatch.setattr(Work, "slice", 3)
    for number in range(15):
        shop.add("account", name=f"n{number:02}", city="Oslo" if number % 3 else "Rome")
    return shop


def once(shop: Shop, act: Callable[[Work], Touched]) -> tuple[Touched, list[Change]]:
    with shop.engine.store.transaction() as tx:
        work = Work(tx, STEPWELL, STEP)
        return act(work), work.changes


def all_slices(shop: Shop, act: Callable[[Work, Slice | None], Touched]) -> list[int]:
    """How many each slice touched, from the first look on."""
    counts, rest = [], None
    while True:
        touched, _ = once(shop, lambda work, rest=rest: act(work, rest))  # type: ignore[misc]
        counts.append(touched.count)
        rest = touched.rest
        if rest is None:
            return counts


def test_few_records_are_changed_at_once(big: Shop) -> None:
    few = read({"field": "name", "op": "<", "value": "n03"})
    touched, changes = once(
        big, lambda work: slices.change_matching(work, "account", few, {"city": "Bergen"})
    )
    assert touched == Touched(3)
    assert [(change.type, change.kind, change.fields) for change in changes] == [
        ("account", "changed", ("city",))
    ] * 3
    assert big.titles("account", filter={"field": "city", "value": "bergen"}) == ["n02", "n01", "n00"]


def test_with_many_nothing_is_touched_before_the_first_slice(big: Shop) -> None:
    touched, changes = once(
        big, lambda work: slices.change_matching(work, "account", ROME, {"city": "Bergen"})
    )
    assert (touched.count, changes) == (0, [])
    assert touched.rest is not None


def test_slices_change_every_record_once(big: Shop) -> None:
    counts = all_slices(
        big, lambda work, part: slices.change_matching(work, "account", ROME, {"city": "Bergen"}, part)
    )
    assert counts == [0, 3, 2]
    found = big.titles("account", filter={"field": "city", "value": "bergen"})
    assert len(found) == 5


def test_slices_that_change_nothing_else_still_come_to_an_end(big: Shop) -> None:
    counts = all_slices(
        big, lambda work, part: slices.change_matching(work, "account", ROME, {"city": "Rome"}, part)
    )
    assert counts == [0, 3, 2]


def test_records_that_are_added_meanwhile_are_left_alone(big: Shop) -> None:
    first, _ = once(big, lambda work: slices.delete_matching(work, "account", ROME))
    big.add("account", name="late", city="Rome")
    rest = first.rest
    while rest is not None:
        touched, _ = once(big, lambda work, rest=rest: slices.delete_matching(work, "account", ROME, rest))  # type: ignore[misc]
        rest = touched.rest
    assert big.titles("account", filter={"field": "city", "value": "Rome"}) == ["late"]


def test_a_filter_that_no_index_serves_is_looked_through_a_part_at_a_time(
    big: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "WINDOW", 4)
    rare = read({"field": "name", "op": "contains", "value": "4"})
    counts = all_slices(
        big, lambda work, part: slices.change_matching(work, "account", rare, {"city": "Bergen"}, part)
    )
    assert counts == [0, 0, 1, 0, 1]
    assert big.titles("account", filter={"field": "city", "value": "bergen"}) == ["n14", "n04"]


def test_a_filter_that_an_index_serves_is_carried_out_at_once(
    big: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "WINDOW", 4)
    both = read(
        {"all": [{"field": "name", "value": "n04"}, {"field": "city", "op": "contains", "value": "o"}]}
    )
    touched, _ = once(big, lambda work: slices.delete_matching(work, "account", both))
    assert touched == Touched(1)


def test_a_filter_is_looked_through_in_parts_when_its_index_finds_very_many(
    big: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "WINDOW", 4)
    rare = read(
        {"all": [{"field": "city", "value": "Rome"}, {"field": "name", "op": "contains", "value": "4"}]}
    )
    first, _ = once(big, lambda work: slices.delete_matching(work, "account", rare))
    assert first.count == 0
    assert first.rest is not None


def test_the_history_names_the_step_that_did_it(big: Shop) -> None:
    few = read({"field": "name", "value": "n00"})
    once(big, lambda work: slices.change_matching(work, "account", few, {"city": "Bergen"}))
    entry = big.history("account/3")[0]
    assert (entry.actor, entry.instance_id, entry.element) == ("ada", "17", "clean_up")


def test_a_condition_whose_value_is_missing_is_never_no_condition(big: Shop) -> None:
    missing: Any = read({"field": "city", "value": None})
    with pytest.raises(Invalid):
        once(big, lambda work: slices.delete_matching(work, "account", missing))
    assert len(big.titles("account")) == 15


def test_a_filter_that_nothing_meets_touches_nothing(big: Shop) -> None:
    nothing = read({"field": "city", "value": "Paris"})
    assert once(big, lambda work: slices.delete_matching(work, "account", nothing)) == (Touched(0), [])
