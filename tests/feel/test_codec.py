"""Values as bytes, as JSON and as text."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell import feel
from tests.feel.evaluating import value

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from([None, UTC, BERLIN, timezone(timedelta(hours=-3, minutes=-30))])
NUMBERS = st.one_of(
    st.integers(-(10**34), 10**34),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**20), max_value=10**20),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = st.one_of(
    st.none(), st.booleans(), NUMBERS, TEXT, st.dates(), st.times(timezones=ZONES),
    st.datetimes(timezones=ZONES), st.timedeltas(), st.integers(-1000, 1000).map(feel.YearsMonths),
    st.builds(feel.Range, st.integers(), st.dates(), st.booleans(), st.booleans()),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner), st.dictionaries(TEXT, inner)), max_leaves=12
)


def exactly(one: object) -> str:
    """A text that differs where two values do, also in kind, zone and digits."""
    if isinstance(one, list):
        return f"[{', '.join(map(exactly, one))}]"
    if isinstance(one, dict):
        return f"{{{', '.join(f'{key!r}: {exactly(part)}' for key, part in one.items())}}}"
    return repr(one).replace("datetime.timezone.utc", "datetime.timezone(datetime.timedelta(0))")


@given(VALUES)
def test_what_was_stored_comes_back_exactly(one: object) -> None:
    assert exactly(feel.decode(feel.encode(one))) == exactly(one)


@given(VALUES)
def test_every_value_can_be_shown_and_sent(one: object) -> None:
    assert isinstance(feel.format_value(one), str)
    json.dumps(feel.to_json(one), allow_nan=False)


def test_the_second_of_two_equal_clocks_comes_back() -> None:
    late = datetime(2024, 10, 27, 2, 30, tzinfo=BERLIN, fold=1)
    back = feel.decode(feel.encode(late))
    assert isinstance(back, datetime)
    assert (back.fold, back.utcoffset()) == (1, timedelta(hours=1))


@pytest.mark.parametrize("one", [2**63, 2**64, -(2**63) - 1, 10**40, [2**80, "a"], {"a": {"b": 2**70}}])
def test_a_whole_number_of_any_size_comes_back(one: object) -> None:
    assert feel.decode(feel.encode(one)) == one


def test_the_scale_of_a_decimal_comes_back() -> None:
    assert str(feel.decode(feel.encode(Decimal("1.50")))) == "1.50"


@pytest.mark.parametrize("text", ["function(a) a", "[function(a) a]", "{f: {g: abs}}"])
def test_a_function_cannot_be_stored(text: str) -> None:
    with pytest.raises(feel.FeelError, match="but got a function"):
        feel.encode(value(text))
    with pytest.raises(feel.FeelError, match="but got a function"):
        feel.to_json(value(text))


@pytest.mark.parametrize("one", [1.5, {1: 2}, (1, 2), object(), Decimal("nan"), "\ud800", ["\ud800"]])
def test_what_is_no_value_cannot_be_stored(one: object) -> None:
    with pytest.raises(feel.FeelError):
        feel.encode(one)


@pytest.mark.parametrize(
    "data", [b"", b"\xc1", b"\xd4\x01\x00", b"\xd4\x63\x00", b"\x81\xa1a", b"\xd6\x02abcd"]
)
def test_bytes_that_were_not_stored_are_refused(data: bytes) -> None:
    with pytest.raises(feel.FeelError):
        feel.decode(data)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (None, None),
        (True, True),
        (5, 5),
        (Decimal("2.0"), 2),
        (Decimal("0.1"), 0.1),
        (Decimal("1E+6000"), "1E+6000"),
        (date(2024, 1, 31), "2024-01-31"),
        (time(10, 30), "10:30:00"),
        (datetime(2024, 1, 31, 10, tzinfo=UTC), "2024-01-31T10:00:00Z"),
        (timedelta(hours=26), "P1DT2H"),
        (feel.YearsMonths(14), "P1Y2M"),
        (feel.Range(1, 5, end_included=False), "[1..5)"),
        ({"a": [date(2024, 1, 31)]}, {"a": ["2024-01-31"]}),
    ],
)
def test_values_as_json(one: object, expected: object) -> None:
    assert feel.to_json(one) == expected


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (0.1, "0.1"),
        (1e22, "1E+22"),
        (5, "5"),
        (1.0, "1.0"),
        (10**40, "1.000000000000000000000000000000000E+40"),
    ],
)
def test_numbers_from_json_are_never_float(one: object, expected: str) -> None:
    found = feel.from_json([one])
    assert isinstance(found, list)
    assert str(found[0]) == expected


@pytest.mark.parametrize("one", [float("nan"), float("inf"), {1: 2}, {"a": object()}, Decimal("nan"), (1,)])
def test_what_json_does_not_have_is_refused(one: object) -> None:
    with pytest.raises(feel.FeelError):
        feel.from_json(one)


def test_json_that_is_too_deep_is_refused() -> None:
    deep: list[object] = []
    for _ in range(2000):
        deep = [deep]
    for read in (feel.from_json, feel.to_json, feel.encode, feel.format_value):
        with pytest.raises(feel.FeelLimitError):
            read(deep)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (None, "null"),
        ("a", "a"),
        (Decimal("1.50"), "1.5"),
        (["a", 1], '["a", 1]'),
        (Decimal("1E+3"), "1000"),
        (0, "0"),
    ],
)
def test_values_for_people(one: object, expected: str) -> None:
    assert feel.format_value(one) == expected
