"""What holds for every expression: random texts, random values, arithmetic against Python's own."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell import feel
from stepwell.feel.builtins import builtin_names
from tests.feel.evaluating import value
from tests.feel.test_codec import VALUES, exactly

LIMITS = feel.Limits(steps=20_000, depth=20, size=200_000)


@contextmanager
def suppress_told_errors(longest: int = 100_000) -> Iterator[None]:
    """Let errors of FEEL pass whose message and place are in order; any other error is a failure."""
    try:
        yield
    except (feel.FeelError, feel.FeelSyntaxError) as error:
        in_order = error.message.startswith("Expected ") and 0 <= error.position <= longest
        if not in_order:
            pytest.fail(f"{error.message} at {error.position}")


WORDS = (
    "and or not if then else for return some every satisfies in between instance of function null true false x y item "
    'partial ? + - * / ** < <= > >= = != ( ) [ ] { } , : . .. ; @ 1 2.5 1e3 0 "a" "" number string list date '
    '@"2024-01-01" @"P1D" @"P1M" @"10:00:00Z" a: count( sum( substring( sort( {x: ] ) // /* */'
).split(" ")


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
def test_a_random_text_is_an_expression_or_an_error_of_syntax(text: str) -> None:
    for read in (feel.compile, feel.compile_unary_tests, feel.compile_template):
        with suppress_told_errors(len(text)):
            read(text)


_OPERATORS = st.sampled_from(["+", "-", "*", "/", "**", "<", "<=", ">", ">=", "=", "!=", "and", "or", "in"])
_LEAVES = st.sampled_from(
    ["x", "y", "z", "item", "?", "1", "0", "2.5", '"a"', "true", "null", "[1, 2, 3]", "{a: 1}", "[1..5]", "abs",
     '@"2024-01-31"', '@"P1D"', '@"P1M"', '@"10:00:00"', '@"2024-01-31T10:00:00Z"', "function(a) a"],
)  # fmt: skip
EXPRESSIONS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, _OPERATORS, inner).map(lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"),
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]})[{parts[1]}]"),
        st.tuples(inner, inner, inner).map(lambda parts: f"if {parts[0]} then {parts[1]} else {parts[2]}"),
        st.tuples(inner, inner).map(lambda parts: f"for x in {parts[0]} return {parts[1]}"),
        st.tuples(inner, inner).map(lambda parts: f"some y in {parts[0]} satisfies {parts[1]}"),
        st.tuples(inner, inner).map(lambda parts: f"[({parts[0]})..({parts[1]})]"),
        st.tuples(inner, st.sampled_from(["a", "year", "start", "days"])).map(
            lambda parts: f"({parts[0]}).{parts[1]}"
        ),
        st.tuples(st.sampled_from(builtin_names()), st.lists(inner, max_size=4)).map(
            lambda parts: f"{parts[0]}({', '.join(parts[1])})"
        ),
        inner.map(lambda one: f"-({one})"),
        inner.map(lambda one: f"({one}) instance of number"),
    ),
    max_leaves=8,
)


@given(EXPRESSIONS, VALUES, VALUES)
def test_a_random_expression_has_a_value_or_an_error_of_feel(text: str, x: object, y: object) -> None:
    with suppress_told_errors(len(text)):
        value(text, {"x": x, "y": y}, limits=LIMITS)


@given(EXPRESSIONS, VALUES, VALUES)
def test_leniently_only_a_limit_is_an_error(text: str, x: object, y: object) -> None:
    with suppress(feel.FeelLimitError):
        value(text, {"x": x, "y": y}, lenient=True, limits=LIMITS)


@given(EXPRESSIONS, VALUES, VALUES)
def test_both_modes_agree_where_the_strict_one_has_a_value(text: str, x: object, y: object) -> None:
    variables = {"x": x, "y": y}
    try:
        strict = value(text, variables, limits=LIMITS)
    except feel.FeelError:
        return
    assert _without_functions(strict) == _without_functions(
        value(text, variables, lenient=True, limits=LIMITS)
    )


def _without_functions(one: object) -> str:
    return "function" if "function" in repr(one) else exactly(one)


@given(arguments=st.lists(VALUES, max_size=4))
def test_the_built_in_functions_take_any_values(arguments: list[object]) -> None:
    variables = {f"v{at}": argument for at, argument in enumerate(arguments)}
    for name in builtin_names():
        with suppress_told_errors():
            value(f"{name}({', '.join(variables)})", variables, limits=LIMITS)


_INTEGERS = st.integers(-(10**12), 10**12)
_DECIMALS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@given(_INTEGERS, _INTEGERS, st.sampled_from(["+", "-", "*"]))
def test_whole_numbers_are_exact(left: int, right: int, operator: str) -> None:
    expected = {"+": left + right, "-": left - right, "*": left * right}[operator]
    found = value(f"x {operator} y", {"x": left, "y": right})
    assert (found, type(found)) == (expected, int)


@given(_DECIMALS, _DECIMALS, st.sampled_from(["+", "-", "*"]))
def test_decimals_are_exact_within_34_digits(left: Decimal, right: Decimal, operator: str) -> None:
    one, other = Fraction(left), Fraction(right)
    expected = {"+": one + other, "-": one - other, "*": one * other}[operator]
    found = value(f"x {operator} y", {"x": left, "y": right})
    assert isinstance(found, Decimal)
    assert Fraction(found) == expected


@given(_INTEGERS, st.one_of(_INTEGERS, _DECIMALS).filter(bool))
def test_division_has_34_digits(left: int, right: int | Decimal) -> None:
    assert value("x / y", {"x": left, "y": right}) == Context(prec=34).divide(Decimal(left), Decimal(right))


@given(st.one_of(_INTEGERS, _DECIMALS), st.one_of(_INTEGERS, _DECIMALS))
def test_numbers_are_ordered_as_python_orders_them(left: int | Decimal, right: int | Decimal) -> None:
    found = value("[x < y, x <= y, x = y, x >= y, x > y]", {"x": left, "y": right})
    assert found == [left < right, left <= right, left == right, left >= right, left > right]


@given(VALUES)
def test_every_value_equals_itself(one: object) -> None:
    assert value("x = x", {"x": one}) is True


@given(st.lists(_INTEGERS, max_size=20))
def test_lists_are_sorted_and_summed_as_python_does(items: list[int]) -> None:
    found = value("[sort(x), sum(append(x, 0)), count(x), x[-1]]", {"x": items})
    assert found == [sorted(items), sum(items), len(items), items[-1] if items else None]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 10), st.integers(1, 10))
def test_substring_is_pythons_slice(text: str, start: int, length: int) -> None:
    assert value("substring(x, y, z)", {"x": text, "y": start, "z": length}) == text[start - 1 :][:length]
