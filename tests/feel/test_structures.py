"""Lists, contexts, paths, filters, conditions, loops, functions."""

import pytest

from stepwell import feel
from tests.feel.evaluating import value

ORDERS = [{"price": 5, "name": "a"}, {"price": 20, "name": "b"}, {"name": "c"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1, 2, 3][1]", 1),
        ("[1, 2, 3][-1]", 3),
        ("[1, 2, 3][4]", None),
        ("[1, 2, 3][0]", None),
        ("[1, 2, 3][n]", 2),
        ("[1, 2, 3][item > 1]", [2, 3]),
        ("7[1]", 7),
        ("7[item > 8]", []),
        ("null[1]", None),
        ("[][item > 1]", []),
        ("orders[price != null and price > 10].name", ["b"]),
        ('orders[name = "a"][1].price', 5),
        ("orders.name", ["a", "b", "c"]),
        ("orders[item.price = null].name", ["c"]),
        ("orders[price = limit].name", ["b"]),
        ("[{order total: 1}, {order total: 5}][order total > 2].order total", [5]),
        ("[[1, 2], [3]][count(item) = 1]", [[3]]),
        ("[{a: [1, 2, 3]}][1].a[item > n]", [3]),
        ("[true, false][item]", [True]),
    ],
)
def test_filters(text: str, expected: object) -> None:
    assert value(text, {"orders": ORDERS, "limit": 20, "n": 2}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{a: 1, b: a + 1}", {"a": 1, "b": 2}),
        ('{"a b": 1}', {"a b": 1}),
        ("{a b: 1, c: a b + 1}.c", 2),
        ("{}", {}),
        ("{a: {b: {c: 3}}}.a.b.c", 3),
        ("{a: 1}.b", None),
        ("nothing.a.b", None),
        ("{x: x + 1}", {"x": 11}),
        ("{x: 1, y: {x: 2, z: x}}.y.z", 2),
    ],
)
def test_contexts(text: str, expected: object) -> None:
    assert value(text, {"x": 10}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for i in 1..3 return i * i", [1, 4, 9]),
        ("for i in 3..1 return i", [3, 2, 1]),
        ("for i in [1, 2], j in [10, 20] return i + j", [11, 21, 12, 22]),
        ("for i in 1..3, j in 1..i return j", [1, 1, 2, 1, 2, 3]),
        ("for i in 1..5 return if i <= 2 then 1 else partial[-1] + partial[-2]", [1, 1, 2, 3, 5]),
        ("for i in 1..3 return count(partial)", [0, 1, 2]),
        ("for i in [1..3) return i", [1, 2]),
        ("for i in 7 return i", [7]),
        ("for i in [] return i", []),
        ('for d in @"2024-02-28"..@"2024-03-01" return d.day', [28, 29, 1]),
        ("for x in [1, 2] return for y in [x] return y", [[1], [2]]),
        ("some x in [1, 2] satisfies x > 1", True),
        ("some x in [] satisfies x > 1", False),
        ("every x in [] satisfies x > 1", True),
        ("every x in [1, 2] satisfies x > 1", False),
        ("some x in [1, 2], y in [3] satisfies x + y = 5", True),
        ("every x in [true, null] satisfies x", None),
        ("if 1 > 2 then 3 else 4", 4),
        ("if true then if false then 1 else 2 else 3", 2),
    ],
)
def test_loops_and_conditions(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(function(a, b) a - b)(5, 3)", 2),
        ("(function(a, b) a - b)(b: 5, a: 3)", -2),
        ("{double: function(x) 2 * x, r: double(4)}.r", 8),
        ("{f: function(n) if n <= 1 then 1 else n * f(n - 1), r: f(20)}.r", 2432902008176640000),
        ("(for i in 1..3 return function() i)[2]()", 2),
        ("{add: function(a) function(b) a + b, r: add(1)(2)}.r", 3),
        ("sort([3, 1, 2], function(a, b) a > b)", [3, 2, 1]),
        ('substring(start position: 2, string: "abc")', "bc"),
        ("{f: abs, r: f(-1)}.r", 1),
        ("{f: function(x: number) x, r: f(1)}.r", 1),
        ("is defined(x)", True),
        ("is defined(y)", False),
        ("is defined({a: null}.a)", True),
    ],
)
def test_functions(text: str, expected: object) -> None:
    assert value(text, {"x": 1}) == expected


def test_a_function_refuses_an_argument_of_another_type() -> None:
    with pytest.raises(feel.FeelError, match="Expected a number for 'x', but got a string"):
        value('(function(x: number) x)("a")')


def test_a_function_refuses_another_number_of_arguments() -> None:
    with pytest.raises(feel.FeelError, match="Expected 2 arguments, but got 1"):
        value("(function(a, b) a)(1)")


def test_an_entry_that_is_null_is_defined_and_one_that_is_not_there_is_not() -> None:
    assert value("[is defined(x.a), is defined(x.b)]", {"x": {"a": None}}) == [True, False]


def test_values_that_come_in_are_not_changed() -> None:
    items = [3, 1, 2]
    value("[sort(items), append(items, 4), reverse(items), insert before(items, 1, 0)]", {"items": items})
    assert items == [3, 1, 2]
