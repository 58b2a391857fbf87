"""A page schema while it is read: what is wrong with it so far, and how much of it there is."""

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches

from stepwell import feel
from stepwell.errors import Problem

MOST_PROBLEMS = 200
_SHOWN = 60
_MOST_NEAR = 100


@dataclass(slots=True)
class Draft:
    """What everyone who reads a part of a schema is given; ``problems`` grows, ``components`` counts."""

    problems: list[Problem] = field(default_factory=list)
    components: int = 0

    @property
    def is_full(self) -> bool:
        """Whether enough has been said: whoever writes thousands of faults gets no more."""
        return len(self.problems) >= MOST_PROBLEMS


def complain(draft: Draft, rule: str, where: str, message: str, **more: str | int) -> None:
    """Note what an author has to mend; ``where`` is the place in the schema. Of very many only the first count."""
    if not draft.is_full:
        draft.problems.append(Problem(rule, message, field=where, **more))  # type: ignore[arg-type]


def near(name: str, known: Collection[str]) -> str:
    """`` (did you mean …?)`` with the nearest known name, or nothing; nobody is helped out of very many."""
    if len(known) > _MOST_NEAR:
        return ""
    close = get_close_matches(name[:_SHOWN], sorted(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def show(value: object) -> str:
    """A value of a schema or a submission in a message, shortened."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    plain = value is None or isinstance(value, bool)
    text = {None: "null", True: "true", False: "false"}[value] if plain else _text(value)  # type: ignore[index]
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _text(value: object) -> str:
    return repr(value[: _SHOWN + 1]) if isinstance(value, str) else str(value)


def is_feel(value: object) -> bool:
    """Whether a text of a schema is FEEL: it begins with ``=``."""
    return isinstance(value, str) and value.lstrip().startswith("=")


def compiled(source: object) -> feel.Expression | None:
    """The expression of a text that begins with ``=``, lenient as the viewer's; None for any other value.

    Raises ``FeelSyntaxError``.
    """
    if not isinstance(source, str) or not is_feel(source):
        return None
    return feel.compile(source.lstrip()[1:], lenient=True)


def check_feel(draft: Draft, where: str, source: str) -> None:
    """Complain of what is no FEEL, with its line and column in the text."""
    try:
        compiled(source)
    except feel.FeelSyntaxError as fault:
        before = len(source) - len(source.lstrip()) + 1
        column = fault.column + (before if fault.line == 1 else 0)
        message = f"Expected FEEL in {where} but in its line {fault.line}, column {column}: {fault.message}"
        hint = 'FEEL compares with = and !=, says not(...), and puts text in double quotes: status = "open".'
        complain(draft, "expression.syntax", where, message, line=fault.line, column=column, hint=hint)
