"""A text to its lexemes: words, numbers, strings, moments and marks (DMN 1.5, 10.3.1.2)."""

import re
from typing import Final

import msgspec

from stepwell.feel.errors import FeelSyntaxError
from stepwell.feel.limits import MAX_TEXT

KEYWORDS: Final = frozenset(
    "and between else every external false for function if in instance null of or return satisfies some then true".split()
)

_START: Final = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LEXEME: Final = re.compile(
    rf"""(?P<blank>(?:\s|\ufeff|//[^\n]*|/\*.*?\*/)+)
    |(?P<word>[{_START}][{_START}0-9\u00b7\u0300-\u036f\u203f\u2040]*)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<moment>@\s*"[^"]*")
    |(?P<mark>\*\*|\.\.|<=|>=|!=|->|[-+*/=<>()\[\]{{}},:.'])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_PLAIN_ESCAPES: Final = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    '"': '"',
    "\\": "\\",
    "'": "'",
    "/": "/",
    "b": "\b",
    "f": "\f",
}


class Lexeme(msgspec.Struct, gc=False):
    """A piece of the text. ``kind`` is word, keyword, number, string, moment, mark or end; ``spaced`` tells
    whether a blank stands before it.
    """

    kind: str
    text: str
    at: int
    spaced: bool

    @property
    def glued(self) -> str:
        """The text with a space before it if one stands there: what names are compared by."""
        return " " + self.text if self.spaced else self.text


def lexemes_of(text: str) -> list[Lexeme]:
    """The lexemes of ``text``, the last one of the kind end; FeelSyntaxError where none begins."""
    if len(text) > MAX_TEXT:
        raise FeelSyntaxError(
            f"Expected at most {MAX_TEXT} characters, but there are {len(text)}.", text, MAX_TEXT
        )
    found: list[Lexeme] = []
    at, spaced, length, match = 0, False, len(text), _LEXEME.match
    while at < length:
        piece = match(text, at)
        if piece is None:
            raise FeelSyntaxError(f"Expected {_expected(text[at])}.", text, at)
        kind, end = piece.lastgroup or "", piece.end()
        if kind == "blank":
            spaced = True
        else:
            word = text[at:end]
            if kind == "word" and word in KEYWORDS:
                kind = "keyword"
            found.append(Lexeme(kind, word, at, spaced))
            spaced = False
        at = end
    found.append(Lexeme("end", "", length, spaced))
    return found


def _expected(character: str) -> str:
    if character == '"':
        return 'a closing ", but the string has no end'
    if character == "@":
        return 'a date, time or duration like @"2024-01-31", but nothing in quotes follows the @'
    return f"an expression, but found the character '{character}'"


def string_of(lexeme: Lexeme, text: str) -> str:
    """The string that a lexeme of this kind writes, without quotes and escapes."""
    body = lexeme.text[1:-1]
    if "\\" not in body:
        return body

    def plain(escape: re.Match[str]) -> str:
        digits = escape[1] or escape[2]
        if digits is None:
            return _PLAIN_ESCAPES.get(escape[3], escape[0])
        if int(digits, 16) > 0x10FFFF:
            raise FeelSyntaxError(f"Expected a Unicode character, but got {escape[0]}.", text, lexeme.at)
        return chr(int(digits, 16))

    unescaped = _ESCAPE.sub(plain, body)
    if any("\ud800" <= character <= "\udfff" for character in unescaped):
        unescaped = unescaped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unescaped


def skip_expression(text: str, start: int) -> int:
    """Where the brace stands that closes the one before ``start``; FeelSyntaxError when none does."""
    at, open_braces = start, 0
    while at < len(text):
        piece = _LEXEME.match(text, at)
        if text[at] == "}" and not open_braces:
            return at
        open_braces += (text[at] == "{") - (text[at] == "}")
        at = piece.end() if piece else at + 1
    raise FeelSyntaxError("Expected '}' behind the expression, but the text ends.", text, start - 1)
