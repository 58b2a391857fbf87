"""No expression takes more time or room than its limits allow."""

import pytest

from stepwell import feel
from tests.effort import at_most
from tests.feel.evaluating import value

LIMITS = feel.Limits(steps=10_000, depth=20, size=100_000)
DOUBLING = ", ".join(f"a{n}: a{n - 1} + a{n - 1}" for n in range(1, 41))
LISTS = ", ".join(f"a{n}: [a{n - 1}, a{n - 1}]" for n in range(1, 41))


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..1000000000 return i",
        "some i in 1..1000000000 satisfies false",
        "every i in [1..1000000000] satisfies true",
        "for i in 1..1000, j in 1..1000 return 1",
        "for i in 1..100, j in 1..100, k in 1..100 return k",
        '{a0: "ab", ' + DOUBLING + "}",
        "{a0: [1], b0: [1], " + LISTS + ", c: a40 = [a39, [a38, a38]]}",
        "{a0: [1], " + LISTS + ", c: flatten(a40)}",
        "{a0: [1], " + LISTS + ", c: distinct values([a40, [a39, [a38, a38]]])}",
        "{f: function(n) f(n + 1), r: f(0)}",
        "{f: function(n) f(n - 1) + f(n - 2), r: f(15)}",
        "{y: function(f) f(f), r: y(y)}",
        'for d in @"0001-01-01"..@"9999-12-31" return 1',
        'for i in 1..1000 return replace("aaaaaaaaaaaaaaaaaaaa", "a", "bbbbbbbbbbbbbbbbbbbbbb")',
        'for i in 1..9000 return string join(["x", "y"], "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")',
        "for i in 1..1000 return sort([5, 4, 3, 2, 1, 9, 8, 7, 6], function(a, b) a < b)",
        "for i in 1..9000 return partial",
        "for i in 1..1000 return count(big)",
        "for i in 1..1000 return big[item > 5]",
        "for i in 1..1000 return list contains(big, -1)",
        "for i in 1..1000 return big.x",
    ],
)
def test_work_without_end_is_stopped(text: str) -> None:
    with at_most(2), pytest.raises(feel.FeelLimitError) as caught:
        value(text, {"big": [{"x": n} for n in range(100)]}, lenient=True, limits=LIMITS)
    assert caught.value.position >= 0


def test_numbers_do_not_grow_without_end() -> None:
    assert value("10 ** 10 ** 10", lenient=True) == 10**100
    assert value("(10 ** 6000) ** 10", lenient=True) is None


def test_a_number_that_is_too_large_is_a_plain_error() -> None:
    with pytest.raises(feel.FeelError, match="too large"):
        value("10 ** 6144 * 10")


def test_a_literal_that_is_too_large_is_refused() -> None:
    with pytest.raises(feel.FeelSyntaxError):
        feel.compile("1e999999999")


def test_depth_is_given_back_after_an_error_that_became_null() -> None:
    text = "{f: function(n) null + f2(n), r: for i in 1..100 return f(i)}.r"
    assert value(text, lenient=True, limits=LIMITS) == [None] * 100


def test_the_value_of_a_limit_is_named() -> None:
    with pytest.raises(feel.FeelLimitError, match="Expected at most 10 steps"):
        value("for i in 1..11 return i", limits=feel.Limits(steps=10))


def test_a_value_that_shares_its_parts_is_not_written_out_without_end() -> None:
    shared = value("{a0: [1], " + LISTS + "}.a40")
    for write in (feel.encode, feel.to_json, feel.format_value):
        with pytest.raises(feel.FeelLimitError):
            write(shared)


def test_long_strings_in_a_long_list_are_not_written_out() -> None:
    items = ["x" * 1_000_000] * 1_000
    for write in (feel.encode, feel.to_json, feel.format_value):
        with pytest.raises(feel.FeelLimitError):
            write(items)


def test_deep_recursion_within_the_limit_is_an_error_of_limits_and_not_of_python() -> None:
    text = "{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(100000)}.r"
    with pytest.raises(feel.FeelLimitError):
        value(text, limits=feel.Limits(depth=100_000))
