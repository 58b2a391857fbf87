"""The built-in functions, by theme."""

from decimal import Decimal

import pytest

from stepwell import feel
from tests.feel.evaluating import shown, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('substring("foobar", 3)', "obar"),
        ('substring("foobar", 3, 3)', "oba"),
        ('substring("foobar", -2, 1)', "a"),
        ('string length("foo")', 3),
        ('upper case("aBc")', "ABC"),
        ('lower case("aBc")', "abc"),
        ('trim("  a ")', "a"),
        ('substring before("foobar", "bar")', "foo"),
        ('substring before("foobar", "x")', ""),
        ('substring after("foobar", "ob")', "ar"),
        ('substring after("foobar", "")', "foobar"),
        ('contains("foobar", "of")', False),
        ('starts with("foobar", "fo")', True),
        ('ends with("foobar", "r")', True),
        ('string join(["a", "b", null, "c"], "-")', "a-b-c"),
        ('string join(["a", "b"])', "ab"),
        ('split("a;b;;c", ";")', ["a", "b", "", "c"]),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', "[1=ab][2=]cd"),
        ('matches("foobar", "^fo*b")', True),
    ],
)
def test_strings(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("decimal(1/3, 2)", Decimal("0.33")),
        ("decimal(2.5, 0)", 2),
        ("floor(-1.5)", -2),
        ("floor(1.56, 1)", Decimal("1.5")),
        ("ceiling(1.2)", 2),
        ("ceiling(-1.56, 1)", Decimal("-1.5")),
        ("round up(-5.5)", -6),
        ("round down(5.5)", 5),
        ("round half up(2.5)", 3),
        ("round half down(2.5)", 2),
        ("round half up(-1.126, 2)", Decimal("-1.13")),
        ("round up(1234, -2)", 1300),
        ("abs(-10)", 10),
        ("modulo(-12, 5)", 3),
        ("modulo(12, -5)", -3),
        ("modulo(10.1, 4.5)", Decimal("1.1")),
        ("sqrt(16)", 4),
        ("odd(5)", True),
        ("even(5)", False),
        ("even(1e30)", True),
        ("decimal(log(exp(1)), 6)", 1),
    ],
)
def test_numbers(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("list contains([1, null], null)", True),
        ("list contains([{a: 1}], {a: 1})", True),
        ("count([1, 2])", 2),
        ("min(3, 1, 2)", 1),
        ("max([3, 1, 2])", 3),
        ("min([])", None),
        ('max("a", "b")', "b"),
        ("sum([1, 2.5])", Decimal("3.5")),
        ("sum([])", None),
        ("mean(1, 2, 3)", 2),
        ("all([true, false])", False),
        ("any([false, null])", None),
        ("all([])", True),
        ("sublist([1, 2, 3, 4], 2, 2)", [2, 3]),
        ("sublist([1, 2, 3], -2)", [2, 3]),
        ("append([1], 2, 3)", [1, 2, 3]),
        ("concatenate([1], [2, 3], [4])", [1, 2, 3, 4]),
        ("insert before([1, 3], 2, 2)", [1, 2, 3]),
        ("remove([1, 2, 3], -1)", [1, 2]),
        ("reverse([1, 2])", [2, 1]),
        ("index of([1, 2, 1.0], 1)", [1, 3]),
        ("union([1, 2], [2, 3])", [1, 2, 3]),
        ('distinct values([1, 1.0, true, "1", [1], [1]])', [1, True, "1", [1]]),
        ("flatten([[1, [2]], 3])", [1, 2, 3]),
        ("product(2, 3, 4)", 24),
        ("median(8, 2, 5, 3, 4)", 4),
        ("median([1, 2])", Decimal("1.5")),
        ("stddev(2, 4, 7, 5)", Decimal("2.081665999466132735282297706979931")),
        ("stddev([1])", None),
        ("mode([6, 3, 9, 6, 6, 3, 3])", [3, 6]),
        ("sort([2, 1])", [1, 2]),
        ("list replace([1, 2], 2, 9)", [1, 9]),
        ("list replace([1, 2], function(item, newItem) item > 1, 9)", [1, 9]),
    ],
)
def test_lists(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('get value({a: 1}, "a")', 1),
        ('get value({a: {b: 1}}, ["a", "b"])', 1),
        ('get value({a: 1}, "b")', None),
        ("get entries({a: 1})", [{"key": "a", "value": 1}]),
        ('context([{key: "a", value: 1}])', {"a": 1}),
        ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
        ('context put({a: {b: 1}}, ["a", "c"], 2)', {"a": {"b": 1, "c": 2}}),
        ("context merge([{a: 1}, {a: 2, b: 3}])", {"a": 2, "b": 3}),
    ],
)
def test_contexts(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('number("1.5")', "1.5"),
        ('number("1 000,5", " ", ",")', "1000.5"),
        ('number(from: "5")', "5"),
        ("string(1.50)", "1.5"),
        ("string(1e3)", "1000"),
        ('string([1, "a", {b: null}])', '[1, "a", {b: null}]'),
        ("string(null)", "null"),
        ("string(true)", "true"),
        ('string(@"2024-01-31")', "2024-01-31"),
        ('string(date and time("2024-01-31T10:00:00@Europe/Berlin"))', "2024-01-31T10:00:00@Europe/Berlin"),
        ('string(time("10:30:00.5+02:00"))', "10:30:00.5+02:00"),
        ('string(duration("P1DT26H"))', "P2DT2H"),
        ('string(duration("P14M"))', "P1Y2M"),
        ('string(duration("-PT0S"))', "PT0S"),
    ],
)
def test_conversion(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("before(1, 10)", True),
        ("before([1..10), [10..20])", True),
        ("after([11..20], 12)", False),
        ("meets([1..5], [5..10])", True),
        ("met by([6..10], [1..5])", False),
        ("overlaps([1..5], [5..10])", True),
        ("overlaps before([1..5], [3..8])", True),
        ("overlaps after([3..8], [1..5])", True),
        ("finishes(10, [1..10])", True),
        ("finished by([1..10], [5..10])", True),
        ("includes([1..10], 5)", True),
        ("during((1..10), [1..10])", True),
        ("starts(1, [1..10])", True),
        ("started by([1..10], (1..5])", False),
        ("coincides([1..5], [1..5])", True),
    ],
)
def test_ranges(text: str, expected: bool) -> None:
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("string length(5)", "Expected a string for 'string' of string length(), but got a number"),
        ("substring()", "Expected substring(string, start position, length), but got 0 arguments"),
        ("substring(text: 1)", "Expected substring(string, start position, length), but got text"),
        ('substring("a", 1.5)', "Expected an integer for 'start position' of substring(), but got a number"),
        ("day of week(1)", "Expected a date or date and time for 'date' of day of week(), but got a number"),
        ('number("abc")', "Expected a number, but got 'abc'"),
        ('date("2024-02-30")', "Expected a date like 2024-01-31, but got '2024-02-30'"),
        ("remove([1], 2)", "Expected a position from 1 to 1 or from the end, but got 2"),
        ("modulo(1, 0)", "Expected a divisor other than 0, but got 0"),
    ],
)
def test_wrong_arguments_are_told_by_name(text: str, message: str) -> None:
    with pytest.raises(feel.FeelError) as caught:
        value(text)
    assert caught.value.message == message + "."


def test_a_single_value_serves_as_a_list_and_a_list_of_one_as_a_value() -> None:
    assert value('[count(5), string length(["abc"])]') == [1, 3]
