"""Text with ``{FEEL}`` inside braces."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from stepwell.feel.errors import FeelError, FeelSyntaxError
from stepwell.feel.expression import Expression, Lookup, compile
from stepwell.feel.lexer import skip_expression
from stepwell.feel.limits import DEFAULT_LIMITS, Limits
from stepwell.feel.text import format_value


class Hole(msgspec.Struct, frozen=True):
    """An expression in a template, whose text begins at ``start``."""

    start: int
    expression: Expression


class Template:
    """A text with expressions in it; ``names`` are the variables that they may read."""

    __slots__ = ("names", "parts", "text")

    def __init__(self, text: str, parts: tuple[str | Hole, ...]) -> None:
        self.text = text
        self.parts = parts
        holes = [part.expression for part in parts if isinstance(part, Hole)]
        self.names = frozenset[str]().union(*(expression.names for expression in holes))

    def evaluate(
        self, lookup: Lookup, *, now: datetime | None = None, limits: Limits = DEFAULT_LIMITS
    ) -> str:
        """The text with the values in place; null is nothing.

        Raises FeelError as an expression does, with the place in the whole text.
        """
        texts: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                texts.append(part)
                continue
            try:
                value = part.expression.evaluate(lookup, now=now, limits=limits)
            except FeelError as error:
                error.move(part.start, self.text)
                raise
            texts.append("" if value is None else format_value(value))
        return "".join(texts)


def compile_template(text: str, *, names: Iterable[str] = (), lenient: bool = False) -> Template:
    """The template that ``text`` writes: ``{…}`` is an expression, ``{{`` and ``}}`` are braces.

    FeelSyntaxError, with the place in ``text``, for a brace without end and for a wrong expression.
    """
    known = frozenset(names)
    parts: list[str | Hole] = []
    plain: list[str] = []
    at = 0
    while at < len(text):
        if text.startswith(("{{", "}}"), at):
            plain.append(text[at])
            at += 2
        elif text[at] == "{":
            end = skip_expression(text, at + 1)
            parts += ["".join(plain), _hole(text, (at + 1, end), known, lenient=lenient)]
            plain.clear()
            at = end + 1
        else:
            plain.append(text[at])
            at += 1
    parts.append("".join(plain))
    return Template(text, tuple(part for part in parts if part != ""))


def _hole(text: str, place: tuple[int, int], names: frozenset[str], *, lenient: bool) -> Hole:
    start, end = place
    try:
        return Hole(start, compile(text[start:end], names=names, lenient=lenient))
    except FeelSyntaxError as error:
        raise FeelSyntaxError(error.message, text, start + error.position) from None
