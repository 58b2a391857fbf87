"""Regular expressions as XPath writes them (DMN 1.5 refers to XQuery and XPath functions 3.1, section 5.6), as a tree.

Left out, with an error: back-references and blocks of Unicode, the first because no machine can follow them in a
time that its input bounds.
"""

from collections.abc import Callable
from typing import Final
from unicodedata import category

import msgspec

from stepwell.feel.errors import FeelError

MAX_PATTERN = 2_000
MAX_REPEAT = 1_000
MAX_NESTING = 50

Test = Callable[[str], bool]


class Piece(msgspec.Struct):
    """A part of a pattern."""


class One(Piece):
    """One character that meets ``test``."""

    test: Test


class Sequence(Piece):
    """One piece after the other."""

    pieces: list[Piece]


class Choice(Piece):
    """One of several, the first that leads on."""

    pieces: list[Piece]


class Repeat(Piece):
    """A piece ``low`` to ``high`` times, None being without end; as few as possible when ``lazy``."""

    piece: Piece
    low: int
    high: int | None
    lazy: bool


class Group(Piece):
    """A piece whose text ``$number`` stands for."""

    piece: Piece
    number: int


class Anchor(Piece):
    """The start (``^``) or end (``$``) of the text, or of a line."""

    mark: str


def _is_word(character: str) -> bool:
    return category(character)[0] not in "PZC"


def _is_name_start(character: str) -> bool:
    return character in "_:" or category(character)[0] == "L"


def _is_name(character: str) -> bool:
    return character in "_:-." or category(character)[0] in "LMN" or character == "\u00b7"


SHORTHANDS: Final[dict[str, Test]] = {
    "s": lambda character: character in " \t\n\r",
    "d": lambda character: category(character) == "Nd",
    "w": _is_word,
    "i": _is_name_start,
    "c": _is_name,
}
PLAIN_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"} | {mark: mark for mark in r"\|.-^?*+{}()[]$/ "}


def negated(test: Test) -> Test:
    """The other characters."""
    return lambda character: not test(character)


class PatternReader:
    """Where the reading of ``pattern`` is; ``flags`` are those of XPath: s, m, i, x."""

    def __init__(self, pattern: str, flags: str) -> None:
        if len(pattern) > MAX_PATTERN:
            raise FeelError(
                f"Expected a pattern of at most {MAX_PATTERN} characters, but it has {len(pattern)}."
            )
        if not set(flags) <= set("smix"):
            raise FeelError(f"Expected the flags s, m, i or x, but got '{flags[:20]}'.")
        self.pattern = pattern
        self.flags = flags
        self.at = 0
        self.groups = 0
        self.depth = 0

    def wrong(self, expected: str) -> FeelError:
        """The error at the present place."""
        found = f"'{self.pattern[self.at]}'" if self.at < len(self.pattern) else "its end"
        return FeelError(f"Expected {expected} in the pattern, but found {found} at character {self.at + 1}.")

    def peek(self) -> str:
        """The next character, empty at the end."""
        if "x" in self.flags:
            while self.at < len(self.pattern) and self.pattern[self.at] in " \t\n\r":
                self.at += 1
        return self.pattern[self.at : self.at + 1]

    def skip(self, mark: str) -> bool:
        """Pass over ``mark`` if it comes next."""
        self.peek()
        found = self.pattern.startswith(mark, self.at)
        self.at += len(mark) * found
        return found

    def whole(self) -> Piece:
        """The tree of the whole pattern."""
        tree = self.choice()
        if self.peek():
            raise self.wrong("no further ')'")
        return tree

    def choice(self) -> Piece:
        """Branches between ``|``."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise FeelError(f"Expected at most {MAX_NESTING} groups within each other in the pattern.")
        branches = [self.sequence()]
        while self.skip("|"):
            branches.append(self.sequence())
        self.depth -= 1
        return branches[0] if len(branches) == 1 else Choice(branches)

    def sequence(self) -> Piece:
        """Pieces, each with its quantifier."""
        pieces: list[Piece] = []
        while self.peek() and self.peek() not in "|)":
            pieces.append(self.quantified(self.atom()))
        return Sequence(pieces)

    def quantified(self, piece: Piece) -> Piece:
        """``piece`` with the quantifier that follows it, if one does."""
        mark = self.peek()
        if not mark or mark not in "*+?{":
            return piece
        self.at += 1
        low, high = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(mark) or self.counts()
        lazy = self.skip("?")
        following = self.peek()
        if following and following in "*+?{":
            raise self.wrong("one quantifier")
        return Repeat(piece, low, high, lazy)

    def counts(self) -> tuple[int, int | None]:
        """The numbers of ``{2,5}``, behind the brace."""
        low = self.number()
        high: int | None = low
        if self.skip(","):
            high = None if self.peek() == "}" else self.number()
        if not self.skip("}"):
            raise self.wrong("'}'")
        if high is not None and high < low:
            raise self.wrong("two numbers in ascending order")
        return low, high

    def number(self) -> int:
        """A number of repetitions."""
        digits = ""
        while self.peek() and self.peek() in "0123456789" and len(digits) < 5:
            digits += self.pattern[self.at]
            self.at += 1
        if not digits or int(digits) > MAX_REPEAT:
            raise self.wrong(f"a number up to {MAX_REPEAT}")
        return int(digits)

    def atom(self) -> Piece:
        """A character, a class, a group or an anchor."""
        mark = self.peek()
        if mark in "*+?{}]":
            raise self.wrong("a character")
        self.at += 1
        if mark == "(":
            return self.group()
        if mark in "^$":
            return Anchor(mark)
        if mark == ".":
            return One(self.any_character())
        if mark == "[":
            return One(self.folded(self.character_class()))
        found = self.escape() if mark == "\\" else mark
        return One(self.folded(_is(found)) if isinstance(found, str) else found)

    def group(self) -> Piece:
        """``(…)`` or ``(?:…)``, behind the parenthesis."""
        number = 0
        if self.skip("?"):
            if not self.skip(":"):
                raise self.wrong("'?:'")
        else:
            self.groups += 1
            number = self.groups
        inner = self.choice()
        if not self.skip(")"):
            raise self.wrong("')'")
        return Group(inner, number) if number else inner

    def any_character(self) -> Test:
        """``.``: every character with the flag s, else every one within a line."""
        return (lambda _character: True) if "s" in self.flags else (lambda character: character not in "\n\r")

    def folded(self, test: Test) -> Test:
        """``test``, or with the flag i that of the other case as well."""
        if "i" not in self.flags:
            return test
        return lambda character: test(character) or test(character.lower()) or test(character.upper())

    def escape(self) -> str | Test:
        r"""What stands for ``\\…``, behind the backslash: a character or a test."""
        mark = self.pattern[self.at : self.at + 1]
        if mark in PLAIN_ESCAPES:
            self.at += 1
            return PLAIN_ESCAPES[mark]
        test = SHORTHANDS.get(mark.lower())
        if mark and test:
            self.at += 1
            return negated(test) if mark.isupper() else test
        if mark and mark in "pP":
            return self.unicode_category(mark)
        raise self.wrong("a known escape")

    def unicode_category(self, mark: str) -> Test:
        r"""``\\p{Lu}`` and ``\\P{Lu}``, the category after the letter."""
        end = self.pattern.find("}", self.at)
        wanted = self.pattern[self.at + 2 : end]
        if (
            self.pattern[self.at + 1 : self.at + 2] != "{"
            or not 1 <= len(wanted) <= 2
            or wanted[0] not in "LMNPZSC"
        ):
            raise self.wrong("a category like \\p{L} or \\p{Lu}")
        self.at = end + 1

        def test(character: str) -> bool:
            return category(character).startswith(wanted)

        return negated(test) if mark == "P" else test

    def character_class(self) -> Test:
        """``[…]``, behind the bracket."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise self.wrong("fewer classes within each other")
        inverted = self.pattern.startswith("^", self.at)
        self.at += inverted
        tests: list[Test] = []
        without: Test | None = None
        while not self.pattern.startswith("]", self.at) or not tests:
            if self.pattern.startswith("-[", self.at) and tests:
                self.at += 2
                without = self.character_class()
                break
            tests.append(self.class_part())
        if not self.pattern.startswith("]", self.at):
            raise self.wrong("']'")
        self.at += 1
        self.depth -= 1
        return _class_of(tests, without, inverted=inverted)

    def class_part(self) -> Test:
        """A character, a range or an escape within ``[…]``."""
        first = self.class_character()
        if not isinstance(first, str):
            return first
        following = self.pattern[self.at : self.at + 2]
        if not following.startswith("-") or following in {"-]", "-["} or len(following) < 2:
            return _is(first)
        self.at += 1
        last = self.class_character()
        if not isinstance(last, str) or last < first:
            raise self.wrong("a range of characters in ascending order")
        return _between(first, last)

    def class_character(self) -> str | Test:
        """One character within ``[…]``, or the test of an escape."""
        mark = self.pattern[self.at : self.at + 1]
        if not mark or mark in "[]":
            raise self.wrong("a character")
        self.at += 1
        return self.escape() if mark == "\\" else mark


def _is(wanted: str) -> Test:
    return lambda character: character == wanted


def _between(first: str, last: str) -> Test:
    return lambda character: first <= character <= last


def _class_of(tests: list[Test], without: Test | None, *, inverted: bool) -> Test:
    def test(character: str) -> bool:
        inside = any(one(character) for one in tests) is not inverted
        return inside and not (without and without(character))

    return test
