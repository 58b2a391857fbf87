"""Arithmetic, comparison, logic, membership."""

from decimal import Decimal

import pytest

from stepwell import feel
from tests.feel.evaluating import value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("2 ** 3 ** 2", 64),
        ("-2 ** 2", 4),
        ("2 ** -1", Decimal("0.5")),
        ("1 / 2", Decimal("0.5")),
        ("6 / 3", 2),
        (".5 + 0.5", 1),
        ("1.5e2", 150),
        ("--3", 3),
        ("-(1 + 2)", -3),
        ('"a" + "b"', "ab"),
        ("0.1 + 0.2", Decimal("0.3")),
    ],
)
def test_arithmetic(text: str, expected: object) -> None:
    assert value(text) == expected


def test_whole_numbers_stay_int() -> None:
    assert type(value("x * 3 - 1", {"x": 2})) is int


def test_a_number_beyond_34_digits_is_rounded() -> None:
    assert value("x * x", {"x": 10**20 + 1}) == Decimal("1.0000000000000000000200000000000000E+40")


def test_a_long_chain_of_additions_needs_no_deep_stack() -> None:
    assert value("+".join(["x"] * 5000), {"x": 1}) == 5000


def test_a_long_chain_of_or_needs_no_deep_stack() -> None:
    assert value(" or ".join(["x"] * 5000), {"x": False}) is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 < 2", True),
        ("1 = 1.0", True),
        ("1 != 1.0", False),
        ('"a" < "b"', True),
        ('"x" = "x"', True),
        ("null = null", True),
        ("1 = null", False),
        ("1 != null", True),
        ("[1, {a: 2}] = [1.0, {a: 2}]", True),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("[1] = [1, 2]", False),
        ("[1..3] = [1..3]", True),
        ("[1..3] = [1..3)", False),
        ("2 between 1 and 3", True),
        ("1 between 2 and 3", False),
        ("2 in [1..3]", True),
        ("3 in [1..3)", False),
        ("1 in (1..3]", False),
        ("3 in ]1..3[", False),
        ("2 in (> 1)", True),
        ("2 in (1, 2, 3)", True),
        ("5 in (< 3, > 4)", True),
        ("4 in (< 3, > 4)", False),
        ("2 in [1, 2]", True),
        ("2 in [[1..3]]", True),
        ('"b" in ["a".."c"]', True),
        ("2 in < 3", True),
        ('@"2024-01-05" in [@"2024-01-01"..@"2024-01-31"]', True),
    ],
)
def test_comparison(text: str, expected: object) -> None:
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true and true", True),
        ("true and null", None),
        ("null and false", False),
        ("false or null", None),
        ("null or true", True),
        ("false or false", False),
        ("true and true and null", None),
        ("true or null or null", True),
        ("not(true)", False),
        ("not(null)", None),
    ],
)
def test_logic_knows_three_values(text: str, expected: object) -> None:
    assert value(text) is expected


def test_and_does_not_look_at_its_right_side_after_false() -> None:
    assert value("false and 1") is False


@pytest.mark.parametrize(
    "text",
    [
        "null + 1", '"a" < 1', '"a" + 1', "true + 1", "true < false", "1 and true", "if 1 then 2 else 3",
        "if null then 2 else 3", "1 / 0", "-true", 'unknown(1)', "string length(1)", 'substring("a")', "1 = true",
        '1 in ["a".."b"]', "[1, 2][true + 1]", "for i in null return i", "some i in [1] satisfies i", "{a: 1}.a.b",
        "sqrt(-1)", "5 between null and 3", '[1.."a"]', "now(1)", "10 ** 7000", "[1, 2][1.5]",
    ],
)  # fmt: skip
def test_strictly_a_wrong_operation_is_an_error_with_its_place(text: str) -> None:
    with pytest.raises(feel.FeelError) as caught:
        value(text)
    assert caught.value.message.startswith("Expected ")
    assert caught.value.position >= 0
    assert caught.value.line == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("null + 1", None),
        ('"a" < 1', None),
        ("unknown(1)", None),
        ("if null then 2 else 3", 3),
        ("1 and true", None),
        ("1 and false", False),
        ("[1, null + 1, 3]", [1, None, 3]),
        ("for i in null return i", None),
        ('number("x")', None),
    ],
)
def test_leniently_a_wrong_operation_is_null(text: str, expected: object) -> None:
    assert value(text, lenient=True) == expected


def test_an_error_names_line_and_column() -> None:
    with pytest.raises(feel.FeelError) as caught:
        value("1 +\n  (2 - null)")
    assert (caught.value.line, caught.value.column) == (2, 6)


def test_a_message_says_what_was_expected_and_where() -> None:
    with pytest.raises(feel.FeelError) as caught:
        value("x + 1", {"x": "a"})
    place = "(line 1, column 3 of 'x + 1')"
    assert str(caught.value) == f"Expected two values to add, but got a string and a number {place}."


def test_a_long_expression_is_cut_in_its_message() -> None:
    with pytest.raises(feel.FeelError) as caught:
        value(f"{'1 + ' * 50}null")
    assert len(str(caught.value)) < 200
