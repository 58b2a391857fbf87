"""Titles and hints: values in braces, the language of the person, and HTML that can do no harm."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell import feel
from stepwell.forms import texts
from tests.forms.pages import NOON

VALUES: dict[str, object] = {"city": "Rome", "amount": 3, "odd": "[a](http://evil.example) *b*\n# c <b>&amp;"}


def wording(text: str, language: str = "") -> texts.Wording:
    return texts.Wording(feel.compile_template(text), language)


def lookup(name: str) -> object:
    return VALUES.get(name, feel.MISSING)


def test_a_title_holds_values() -> None:
    assert texts.title(wording("Trip to {city}, {amount * 2} days"), lookup, NOON) == "Trip to Rome, 6 days"


def test_a_title_is_one_line() -> None:
    assert texts.title(wording("Trip\n to\t{city} "), lookup, NOON) == "Trip to Rome"


def test_a_title_is_not_without_end() -> None:
    assert len(texts.title(wording('{string join(for i in 1..900 return "a")}'), lookup, NOON)) == 500


def test_a_value_that_can_not_be_computed_is_told_with_its_place() -> None:
    with pytest.raises(feel.FeelError) as fault:
        texts.hint(wording("To {amount * city}"), lookup, NOON)
    assert (fault.value.line, fault.value.column) == (1, 12)


ALL = [wording("en"), wording("de", "de"), wording("ch", "de-CH"), wording("fr", "fr-CA")]


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "de"), ("DE-ch", "ch"), ("de-AT", "de"), ("fr", "fr"), ("fr-FR", "fr"), ("it", "en"), ("", "en")],
)
def test_the_text_is_in_the_nearest_language(language: str, text: str) -> None:
    found = texts.in_language(ALL, language)
    assert found is not None and found.template.text == text


def test_without_a_text_for_everybody_the_first_stands_in() -> None:
    found = texts.in_language(ALL[1:], "it")
    assert found is not None and found.template.text == "de"


def test_without_any_text_there_is_none() -> None:
    assert texts.in_language([], "de") is None


def html(text: str) -> str:
    return texts.html(texts.hint(wording(text), lookup, NOON)).strip()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Look *well*", "<p>Look <em>well</em></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        (
            "[us](https://example.org)",
            '<p><a href="https://example.org" target="_blank" rel="noopener noreferrer">us</a></p>',
        ),
        ("Trip to **{city}**", "<p>Trip to <strong>Rome</strong></p>"),
    ],
)
def test_a_hint_is_markdown(markdown: str, expected: str) -> None:
    assert html(markdown) == expected


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![a](https://example.org/a.png)",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](//example.org)",
        "[a](/settings)",
        "[a](vbscript:x)",
        "<https://example.org onclick=x>",
        '[a](https://example.org "x" onclick="y")',
        "<iframe src=https://example.org></iframe>",
        "[a]: javascript:alert(1)\n\n[a]",
    ],
)
def test_a_hint_does_no_harm(markdown: str) -> None:
    assert offences(texts.html(markdown)) == []


def test_a_value_in_a_hint_is_text_whatever_it_looks_like() -> None:
    assert html("{odd}") == "<p>[a](http://evil.example) *b*<br>\n# c &lt;b&gt;&amp;amp;</p>"


class Watcher(HTMLParser):
    """Notes every tag, attribute and link that has no place in a hint."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = {"a": {"href", "title", "target", "rel"}, "ol": {"start"}}.get(tag, set())
        self.found += [tag] if tag not in texts._TAGS else []
        self.found += [f"{tag} {name}" for name, _ in attrs if name not in allowed]
        links = (value or "" for name, value in attrs if name == "href")
        self.found += [
            link for link in links if not link.lower().startswith(("http://", "https://", "mailto:"))
        ]


def offences(written: str) -> list[str]:
    watcher = Watcher()
    watcher.feed(written)
    watcher.close()
    return watcher.found


PIECES = st.sampled_from(
    ["<a href=", "javascript:", "](", "[", "![", ")", "<img ", "onerror=", ">", '"', "'", "`", "\n", "&#x6a;", "a",
     "https://example.org", "<svg/onload=x>", "<!--", "-->", "\\", "*", "|", "- ", "\t", "\0", "<", "&lt;"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_a_hint_is_made_of_it_does_no_harm(markdown: str) -> None:
    assert offences(texts.html(markdown)) == []


@given(st.text())
def test_any_value_is_shown_as_it_is(value: str) -> None:
    shown = texts.html(texts._marked(f"x{value}x"))
    assert offences(shown) == []
    assert not any(tag in shown for tag in ("<em", "<strong", "<a ", "<h1", "<li", "<code", "<blockquote"))
