"""Regular expressions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell import feel
from tests.effort import at_most
from tests.feel.evaluating import value


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "expected"),
    [
        ("abracadabra", "bra", "", True),
        ("abracadabra", "^a.*a$", "", True),
        ("abracadabra", "^bra", "", False),
        ("a\nb", "a.b", "", False),
        ("a\nb", "a.b", "s", True),
        ("a\nb", "^b$", "m", True),
        ("ABC", "abc", "i", True),
        ("hello", "h e l l o", "x", True),
        ("2024-01", r"^\d{4}-\d{2}$", "", True),
        ("x@example.org", r"^[^@\s]+@[\w\-]+(\.[\w\-]+)+$", "", True),
        ("aeb", "[a-z-[aeiou]]{2}", "", False),
        ("é", r"\p{Ll}", "", True),
        ("9", r"\P{L}", "", True),
        ("aaa", "^a{2}$", "", False),
        ("aaa", "^a{2,}$", "", True),
        ("", "^$", "", True),
        ("a]b", r"[\]]", "", True),
    ],
)
def test_matches(text: str, pattern: str, flags: str, expected: bool) -> None:
    variables = {"t": text, "p": pattern, "f": flags}
    assert value("matches(t, p, f)", variables) is expected


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "expected"),
    [
        ("abracadabra", "bra", "*", "a*cada*"),
        ("abracadabra", "a.*a", "*", "*"),
        ("abracadabra", "a.*?a", "*", "*c*bra"),
        ("AAAA", "A+", "b", "b"),
        ("AAAA", "A+?", "b", "bbbb"),
        ("darted", "^(.*?)d(.*)$", "$1c$2", "carted"),
        ("price 5", r"(\d+)", r"\$$1", "price $5"),
        ("ab", "(a)(b)", "$2$1$0", "baab"),
    ],
)
def test_replace(text: str, pattern: str, replacement: str, expected: str) -> None:
    variables = {"t": text, "p": pattern, "r": replacement}
    assert value("replace(t, p, r)", variables) == expected


@pytest.mark.parametrize(
    "pattern",
    ["(", ")", "[", "[]", "a{2,1}", "a**", "*a", r"\1", r"\q", "(?=a)", "a{9999}", r"\p{Zzz}", "(a{1000}){1000}",
     "(" * 100 + ")" * 100, "a" * 3000, "[z-a]", "[a"],
)  # fmt: skip
def test_a_wrong_pattern_is_an_error(pattern: str) -> None:
    with pytest.raises(feel.FeelError, match=r"^Expected"):
        value("matches(t, p)", {"t": "aaa", "p": pattern})


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*$", "(a*)*b", "a*a*a*a*a*a*a*a*b", "(?:){1000}(?:(?:){1000}){1000}"]
)
def test_no_pattern_takes_long(pattern: str) -> None:
    with at_most(5):
        value("matches(t, p)", {"t": "a" * 3000 + "!", "p": pattern})


def test_the_steps_of_a_pattern_are_counted() -> None:
    with pytest.raises(feel.FeelLimitError):
        value("matches(t, p)", {"t": "a" * 100_000, "p": "a*a*a*b"}, limits=feel.Limits(steps=10_000))


def test_a_pattern_that_meets_nothing_cannot_be_replaced() -> None:
    with pytest.raises(feel.FeelError, match="meets the empty text"):
        value('replace("abc", "x*", "-")')


_PATTERNS = st.recursive(
    st.sampled_from(["a", "b", "[ab]", "[^a]", ".", "c"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{1,2}", "*?", "+?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map(lambda one: f"({one})"),
    ),
    max_leaves=6,
)


@given(pattern=_PATTERNS, text=st.text("abc", max_size=8))
def test_the_machine_finds_what_python_finds(pattern: str, text: str) -> None:
    found = re.search(pattern, text)
    assert value("matches(t, p)", {"t": text, "p": pattern}) is (found is not None)


@given(pattern=_PATTERNS, text=st.text("abc", max_size=8))
def test_the_machine_replaces_what_python_replaces(pattern: str, text: str) -> None:
    if re.search(pattern, "") is None:
        expected = re.sub(pattern, "<x>", text)
        assert value('replace(t, p, "<x>")', {"t": text, "p": pattern}) == expected
