"""D1: what each kind of field takes, and what it is in JSON and in the database."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell.records.stored import fold, from_raw, to_raw
from stepwell.records.types import Field
from stepwell.records.values import UnfitError, coerce, to_plain


def field(kind: Any, **more: Any) -> Field:
    return Field(name="f", type=kind, **more)


@pytest.mark.parametrize(("kind", "given", "value"), [
    ("text", "Ada", "Ada"), ("text", "", None), ("text", "   ", None), ("long_text", "a\nb", "a\nb"),
    ("integer", 17, 17), ("integer", " 18", 18), ("integer", 17.0, 17), ("integer", "-3", -3),
    ("decimal", "12.5", Decimal("12.50")), ("decimal", 12.1, Decimal("12.10")), ("money", 7, Decimal("7.00")),
    ("yes_no", True, True), ("yes_no", "false", False),
    ("date", "2026-11-25", date(2026, 11, 25)), ("time", "14:30", time(14, 30)), ("time", "14:30:05", time(14, 30, 5)),
    ("date_time", "2026-11-25T14:30:00+01:00", datetime(2026, 11, 25, 13, 30, tzinfo=UTC)),
    ("date_time", "2026-11-25T14:30:00Z", datetime(2026, 11, 25, 14, 30, tzinfo=UTC)),
    ("lookup", "open", "open"), ("link", "17", 17), ("link", 18, 18),
    ("links", ["contact/2", "account/1", "contact/2"], ("account/1", "contact/2")), ("links", [], None),
    ("file", "0" * 32, "0" * 32),
])  # fmt: skip
def test_what_fits_becomes_the_value(kind: str, given: object, value: object) -> None:
    assert coerce(field(kind, to="account" if kind in {"lookup", "link"} else ""), given) == value


@pytest.mark.parametrize(("kind", "given", "rule"), [
    ("text", 5, "value.type"), ("text", "x" * 251, "text.too-long"), ("text", "a\0b", "text.nul"),
    ("text", "\ud800", "text.nul"), ("long_text", "x" * 100_001, "text.too-long"),
    ("integer", "a", "value.type"), ("integer", True, "value.type"), ("integer", 1.5, "value.type"),
    ("integer", 2**53, "number.out-of-range"), ("integer", "٣", "value.type"), ("integer", float("inf"), "value.type"),
    ("decimal", "1e5", "value.type"), ("decimal", "12.345", "number.digits"), ("decimal", False, "value.type"),
    ("money", "10000000000000000", "number.out-of-range"), ("money", "NaN", "value.type"),
    ("yes_no", 1, "value.type"), ("yes_no", "yes", "value.type"),
    ("date", "2026-02-30", "value.type"), ("date", "25.11.2026", "value.type"), ("date", 5, "value.type"),
    ("time", "25:00", "value.type"), ("time", "10:00:00.5", "value.type"), ("time", "10:00+01:00", "value.type"),
    ("date_time", "2026-11-25", "value.type"), ("date_time", "soon", "value.type"),
    ("date_time", "0001-01-01T00:00:00+14:00", "number.out-of-range"),
    ("lookup", 5, "value.type"), ("link", "x", "value.type"), ("link", "0", "value.type"), ("link", True, "value.type"),
    ("links", ["contact"], "value.type"), ("links", 5, "value.type"), ("links", ["a/1"] * 201, "value.type"),
    ("file", "../../etc/passwd", "value.type"),
])  # fmt: skip
def test_what_does_not_fit_is_told_with_its_rule(kind: str, given: object, rule: str) -> None:
    with pytest.raises(UnfitError) as unfit:
        coerce(field(kind, to="account" if kind in {"lookup", "link"} else ""), given)
    assert unfit.value.rule == rule


def test_a_moment_without_offset_is_one_of_the_persons_zone() -> None:
    found = coerce(field("date_time"), "2026-07-01T12:00:00", ZoneInfo("Europe/Berlin"))
    assert found == datetime(2026, 7, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(("kind", "bounds", "given"), [
    ("integer", {"minimum": 1, "maximum": 10}, 11), ("integer", {"minimum": 1}, 0),
    ("money", {"minimum": "0"}, "-0.01"), ("date", {"minimum": "2026-01-01"}, "2025-12-31"),
])  # fmt: skip
def test_a_value_outside_its_bounds_is_out_of_range(kind: str, bounds: dict[str, Any], given: object) -> None:
    with pytest.raises(UnfitError) as unfit:
        coerce(field(kind, **bounds), given)
    assert unfit.value.rule == "number.out-of-range"


def test_a_link_may_be_written_as_a_public_id_of_its_type_only() -> None:
    assert coerce(field("link", to="account"), "account/17") == 17
    with pytest.raises(UnfitError):
        coerce(field("link", to="account"), "contact/17")


def test_several_links_lead_to_their_type_if_it_is_said() -> None:
    with pytest.raises(UnfitError):
        coerce(field("links", to="account"), ["contact/1"])


def test_an_indexed_text_is_not_longer_than_an_index_holds() -> None:
    with pytest.raises(UnfitError) as unfit:
        coerce(field("text", length=400, indexed=True), "\U0001d15f" * 400)
    assert unfit.value.rule == "text.too-long"


@pytest.mark.parametrize(("kind", "value", "plain"), [
    ("money", Decimal("12.50"), "12.50"), ("link", 17, "17"), ("yes_no", True, True), ("integer", 3, 3),
    ("date", date(2026, 1, 2), "2026-01-02"), ("time", time(9, 5), "09:05:00"),
    ("date_time", datetime(2026, 1, 2, 3, tzinfo=UTC), "2026-01-02T03:00:00Z"), ("links", ("a/1",), ["a/1"]),
])  # fmt: skip
def test_values_in_json(kind: str, value: object, plain: object) -> None:
    assert to_plain(field(kind), value) == plain


moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
VALUES: dict[str, st.SearchStrategy[object]] = {
    "text": st.text(min_size=1, max_size=20),
    "integer": st.integers(-(2**53) + 1, 2**53 - 1),
    "decimal": st.decimals(-(10**15), 10**15, places=2),
    "yes_no": st.booleans(),
    "date": st.dates(),
    "time": st.times().map(lambda found: found.replace(microsecond=0)),
    "date_time": moments,
}


@pytest.mark.parametrize("kind", list(VALUES))
@given(st.data())
def test_what_is_stored_is_what_was_given(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    assert from_raw(field(kind), to_raw(field(kind), value)) == value


@pytest.mark.parametrize("kind", ["integer", "decimal", "date", "time", "date_time"])
@given(st.data())
def test_stored_forms_are_in_the_order_of_the_values(kind: str, data: st.DataObject) -> None:
    one, other = data.draw(VALUES[kind]), data.draw(VALUES[kind])
    first, second = to_raw(field(kind), one), to_raw(field(kind), other)
    assert (one < other) == (first < second)  # type: ignore[operator]


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_texts_that_differ_in_case_or_in_writing_an_accent_fold_alike() -> None:
    assert fold("STRASSE") == fold("straße")
    assert fold("e\u0301") == fold("É")


def test_moments_keep_their_microseconds() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=1)
    assert from_raw(field("date_time"), to_raw(field("date_time"), at)) == at
