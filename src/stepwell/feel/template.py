"""Text with ``{FEEL}`` inside braces."""

from collections.abc import Iterable
from datetime import datetime

from stepwell.feel.errors import FeelSyntaxError
from stepwell.feel.expression import Expression, Lookup, compile  # noqa: A004
from stepwell.feel.lexer import skip_expression
from stepwell.feel.limits import DEFAULT_LIMITS, Limits
from stepwell.feel.text import format_value


class Template:
    """A text with expressions in it; ``names`` are the variables that they may read."""

    __slots__ = ("names", "parts", "text")

    def __init__(self, text: str, parts: tuple[str | Expression, ...]) -> None:
        self.text = text
        self.parts = parts
        self.names = frozenset[str]().union(*(part.names for part in parts if isinstance(part, Expression)))

    def evaluate(
        self, lookup: Lookup, *, now: datetime | None = None, limits: Limits = DEFAULT_LIMITS
    ) -> str:
        """The text with the values in place; null is nothing. Raises FeelError as an expression does."""
        return "".join(
            part if isinstance(part, str) else _shown(part.evaluate(lookup, now=now, limits=limits))
            for part in self.parts
        )


def _shown(value: object) -> str:
    return "" if value is None else format_value(value)


def compile_template(text: str, *, names: Iterable[str] = (), lenient: bool = False) -> Template:
    """The template that ``text`` writes: ``{…}`` is an expression, ``{{`` and ``}}`` are braces.

    FeelSyntaxError, with the place in ``text``, for a brace without end and for a wrong expression.
    """
    known = frozenset(names)
    parts: list[str | Expression] = []
    plain: list[str] = []
    at = 0
    while at < len(text):
        if text.startswith(("{{", "}}"), at):
            plain.append(text[at])
            at += 2
        elif text[at] == "{":
            end = skip_expression(text, at + 1)
            parts += ["".join(plain), _expression(text, (at + 1, end), known, lenient=lenient)]
            plain.clear()
            at = end + 1
        else:
            plain.append(text[at])
            at += 1
    parts.append("".join(plain))
    return Template(text, tuple(part for part in parts if part != ""))


def _expression(text: str, place: tuple[int, int], names: frozenset[str], *, lenient: bool) -> Expression:
    start, end = place
    try:
        return compile(text[start:end], names=names, lenient=lenient)
    except FeelSyntaxError as error:
        raise FeelSyntaxError(error.message, text, start + error.position) from None
