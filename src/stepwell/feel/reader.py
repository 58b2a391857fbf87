"""The moving part of the parser: a place among the lexemes, names of several words, and Pratt's loop."""

from collections.abc import Callable, Iterable
from typing import Final

from stepwell.feel.errors import FeelError, FeelSyntaxError
from stepwell.feel.lexer import Lexeme, lexemes_of
from stepwell.feel.limits import MAX_NESTING
from stepwell.feel.syntax import Syntax

Names = dict[str, list[tuple[str, ...]]]


def name_of(lexemes: Iterable[Lexeme]) -> str:
    """The name that these lexemes write, blanks made one space."""
    return "".join(lexeme.glued for lexeme in lexemes).strip()


def add_name(names: Names, lexemes: list[Lexeme]) -> None:
    """Make a name of several lexemes known; the longest of one beginning are tried first."""
    known = names.setdefault(lexemes[0].text, [])
    rest = tuple(lexeme.glued for lexeme in lexemes[1:])
    if rest not in known:
        known.append(rest)
        known.sort(key=len, reverse=True)


def names_of(texts: Iterable[str]) -> Names:
    """The names among ``texts`` that are more than one word."""
    names: Names = {}
    for text in texts:
        if not text.isidentifier():
            try:
                lexemes = lexemes_of(text.strip())[:-1]
            except FeelSyntaxError:
                continue
            if len(lexemes) > 1:
                add_name(names, lexemes)
    return names


class Reader:
    """Where the parser is in ``text``. ``local`` are the names that the text itself declares."""

    def __init__(self, text: str, names: tuple[Names, ...], *, lenient: bool) -> None:
        self.text = text
        self.lenient = lenient
        self.lexemes = lexemes_of(text)
        self.index = 0
        self.local: Names = {}
        self.names = (*names, self.local)
        self.nesting = 0
        self.filters = 0

    def peek(self, ahead: int = 0) -> Lexeme:
        """The lexeme that comes next, or ``ahead`` of it."""
        at = self.index + ahead
        return self.lexemes[at] if at < len(self.lexemes) else self.lexemes[-1]

    def take(self) -> Lexeme:
        """The next lexeme, passed over; the end stays."""
        lexeme = self.lexemes[self.index]
        if lexeme.kind != "end":
            self.index += 1
        return lexeme

    def at_mark(self, text: str) -> bool:
        """Whether the mark or keyword ``text`` comes next."""
        lexeme = self.lexemes[self.index]
        return lexeme.text == text and lexeme.kind in {"mark", "keyword"}

    def skip(self, text: str) -> bool:
        """Pass over the mark or keyword ``text`` if it comes next."""
        found = self.at_mark(text)
        self.index += found
        return found

    def expect(self, text: str) -> Lexeme:
        """Pass over the mark or keyword ``text``; FeelSyntaxError if something else comes."""
        if not self.at_mark(text):
            raise self.wrong(f"'{text}'")
        return self.take()

    def wrong(self, expected: str, lexeme: Lexeme | None = None) -> FeelSyntaxError:
        """The error that something else than ``expected`` comes next (or stands at ``lexeme``)."""
        found = lexeme or self.peek()
        what = "the text ends" if found.kind == "end" else f"found '{found.text[:40]}'"
        return FeelSyntaxError(f"Expected {expected}, but {what}.", self.text, found.at)

    def known_name(self) -> int:
        """How many of the next lexemes are a known name of several words; 0 when none is.

        The names of built-in functions, which come first, count only where they are called.
        """
        first = self.lexemes[self.index].text
        best = 0
        for names in self.names:
            for rest in names.get(first, ()):
                if len(rest) + 1 <= best:
                    break
                if names is self.names[0] and self.peek(1 + len(rest)).text != "(":
                    continue
                if all(self.peek(1 + at).glued == text for at, text in enumerate(rest)):
                    best = len(rest) + 1
                    break
        return best

    def declared_name(self, *ends: str) -> str:
        """A name that is declared here, up to one of the marks ``ends``."""
        start = self.index
        while not (self.peek().kind in {"mark", "keyword"} and self.peek().text in ends):
            if self.peek().kind in {"end", "string", "moment"} or self.peek().text in {
                "(",
                "[",
                "{",
                "}",
                "]",
            }:
                break
            self.index += 1
        lexemes = self.lexemes[start : self.index]
        if not lexemes or lexemes[0].kind not in {"word", "keyword"}:
            self.index = start
            raise self.wrong("a name")
        if len(lexemes) > 1:
            add_name(self.local, lexemes)
        return name_of(lexemes)

    def following_words(self) -> int:
        """How many words, without a keyword or mark between them, come next."""
        count = 0
        while self.peek(count).kind == "word" or (count and self.peek(count).kind == "number"):
            count += 1
        return count

    def take_name(self, count: int) -> str:
        """The name that the next ``count`` lexemes write, passed over."""
        start, self.index = self.index, self.index + count
        return name_of(self.lexemes[start : self.index])

    def expression(self, power: int = 0) -> Syntax:
        """The expression that comes next, as far as its operators bind stronger than ``power``."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise FeelSyntaxError(
                f"Expected at most {MAX_NESTING} expressions within each other, but there are more.",
                self.text,
                self.peek().at,
            )
        left = self._first()
        chain = 0
        while True:
            lexeme = self.lexemes[self.index]
            operator = INFIX.get(lexeme.text) if lexeme.kind in {"mark", "keyword"} else None
            if operator is None or operator[0] <= power:
                break
            if operator[0] >= CHAINED or operator[0] == COMPARED:
                chain += 1
                if chain > MAX_NESTING:
                    raise self.wrong(f"at most {MAX_NESTING} of these after each other")
            before = self.index
            self.index += 1
            following = operator[1](self, left, lexeme)
            if following is None:
                self.index = before
                break
            left = following
        self.nesting -= 1
        return left

    def _first(self) -> Syntax:
        lexeme = self.lexemes[self.index]
        if lexeme.kind == "keyword" and self.known_name():
            start: Prefix | None = PREFIX["word"]
        else:
            start = PREFIX.get(lexeme.text if lexeme.kind in {"mark", "keyword"} else lexeme.kind)
        if start is None:
            raise self.wrong("an expression")
        self.index += 1
        return start(self, lexeme)

    def guarded(self, read: Callable[[], Syntax]) -> Syntax:
        """``read()``, then the end of the text; any trouble is a FeelSyntaxError."""
        try:
            tree = read()
        except FeelError as error:
            raise FeelSyntaxError(error.message, self.text, max(error.position, 0)) from None
        except RecursionError:
            raise FeelSyntaxError("Expected fewer expressions within each other.", self.text, 0) from None
        if self.peek().kind != "end":
            raise self.wrong("an operator or the end")
        return tree


Prefix = Callable[[Reader, Lexeme], Syntax]
Infix = Callable[[Reader, Syntax, Lexeme], Syntax | None]

OR, AND, COMPARED, ADDED, MULTIPLIED, RAISED, NEGATED, CHAINED = range(1, 9)
"""How strong operators bind, weakest first; chained are paths, filters and calls."""

PREFIX: Final[dict[str, Prefix]] = {}
INFIX: Final[dict[str, tuple[int, Infix]]] = {}


def prefix(*texts: str) -> Callable[[Prefix], Prefix]:
    """Register how an expression is read that begins with one of the marks, keywords or kinds ``texts``."""

    def register(function: Prefix) -> Prefix:
        PREFIX.update(dict.fromkeys(texts, function))
        return function

    return register


def infix(power: int, *texts: str) -> Callable[[Infix], Infix]:
    """Register how an expression goes on with one of ``texts``; None from the function: it does not."""

    def register(function: Infix) -> Infix:
        INFIX.update(dict.fromkeys(texts, (power, function)))
        return function

    return register
