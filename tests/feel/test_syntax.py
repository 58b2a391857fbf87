"""What is an expression, and what the errors of others say."""

import pytest

from stepwell import feel
from tests.feel.evaluating import shown, value


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "Expected an expression, but the text ends."),
        ("1 +", 3, "Expected an expression, but the text ends."),
        ("1 2", 2, "Expected an operator or the end, but found '2'."),
        ("(1", 2, "Expected ')', but the text ends."),
        ("[1, 2", 5, "Expected ']', but the text ends."),
        ("{a 1}", 4, "Expected ':', but found '}'."),
        ("if a then b", 11, "Expected 'else', but the text ends."),
        ("for x in y", 10, "Expected 'return', but the text ends."),
        ('"abc', 0, 'Expected a closing ", but the string has no end.'),
        ("a # b", 2, "Expected an expression, but found the character '#'."),
        ("order total", 6, "Expected an operator or the end, but found 'total'."),
        ('@"2024-13-01"', 0, "Expected a date, a time or a duration, but got '2024-13-01'."),
        ("{a: 1, a: 2}", 7, "Expected each entry once, but 'a' stands twice."),
        ("1 instance of nothing", 14, "Expected the name of a type, but found 'nothing'."),
        ("function(x) external {}", 12, "Expected a function written in FEEL, but found 'external'."),
        ("f(a: 1, 2)", 8, "Expected every argument by name, but found '2'."),
        ("x.1", 1, "Expected an operator or the end, but found '.1'."),
    ],
)
def test_a_wrong_text_is_refused_with_its_place(text: str, position: int, message: str) -> None:
    with pytest.raises(feel.FeelSyntaxError) as caught:
        feel.compile(text)
    assert (caught.value.message, caught.value.position) == (message, position)


def test_an_error_of_syntax_names_line_and_column() -> None:
    with pytest.raises(feel.FeelSyntaxError) as caught:
        feel.compile("1 +\n  * 2")
    assert (caught.value.line, caught.value.column) == (2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "1" + ")" * 10_000,
        "[" * 10_000,
        "{a:" * 10_000,
        "-" * 10_000 + "1",
        "if " * 10_000,
        "x" + "[1]" * 10_000,
        "x" + ".y" * 10_000,
        "f" + "()" * 10_000,
        "1" + " = 1" * 10_000,
        "1 instance of " + "list<" * 10_000,
        "function(a) " * 4_000,
        "not(" * 10_000,
        "1 ** " * 4_000 + "(",
    ],
)
def test_a_text_nested_too_deep_is_refused(text: str) -> None:
    with pytest.raises(feel.FeelSyntaxError):
        feel.compile(text)


def test_a_text_nested_as_deep_as_allowed_is_computed() -> None:
    assert value("(" * 79 + "1" + ")" * 79) == 1


def test_a_text_longer_than_64_kilobytes_is_refused() -> None:
    with pytest.raises(feel.FeelSyntaxError, match="at most 65536 characters"):
        feel.compile("1" + " " * 65_536)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a\\nb"', "a\nb"),
        ('"\\u0041\\U01F600"', "A\U0001f600"),
        ('"\\uD83D\\uDE00"', "\U0001f600"),
        ('"say \\"yes\\""', 'say "yes"'),
        ('"back\\\\slash"', "back\\slash"),
        ("1 // the rest is said to people", 1),
        ("1 /* in\nbetween */ + 1", 2),
        ("straße", "x"),
        ("_x1", "y"),
    ],
)
def test_strings_comments_and_names(text: str, expected: object) -> None:
    assert value(text, {"straße": "x", "_x1": "y"}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 instance of number", True),
        ("1.5 instance of number", True),
        ("true instance of number", False),
        ('"a" instance of string', True),
        ('@"2024-01-01" instance of date', True),
        ('@"2024-01-01" instance of date and time', False),
        ('date and time("2024-01-01T00:00:00") instance of date', False),
        ('@"P1Y" instance of years and months duration', True),
        ('@"P1D" instance of days and time duration', True),
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("{a: 1} instance of context<a: number>", True),
        ("{a: 1} instance of context<b: number>", False),
        ("[1..2] instance of range<number>", True),
        ("(function(a) a) instance of function<number>->number", True),
        ("null instance of Any", False),
        ("1 instance of Any", True),
    ],
)
def test_instance_of(text: str, expected: bool) -> None:
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "value_", "expected"),
    [
        ("-", 7, True),
        ("< 10", 7, True),
        ("1, 2", 2, True),
        ("1, 2", 3, False),
        ("[1..3]", 3, True),
        ("not(1, 2)", 3, True),
        ("not(1, 2)", 2, False),
        ("? > 5 and ? < 8", 7, True),
        ('"a", "b"', "b", True),
        ("= 5", 5, True),
        ("!= 5", 5, False),
        ("[1, 2, 3]", 2, True),
        ("null", None, True),
    ],
)
def test_unary_tests(text: str, value_: object, expected: bool) -> None:
    assert feel.compile_unary_tests(text).evaluate({"?": value_}.get) is expected


def test_a_range_shows_its_bounds() -> None:
    assert shown("]1..3]") == "(1..3]"
