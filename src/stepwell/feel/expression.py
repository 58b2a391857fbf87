"""From text to something that can be evaluated."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache

from stepwell.feel import (
    code_access,
    code_calls,
    code_logic,
    code_loops,
    code_operators,
    code_values,
    grammar,
)
from stepwell.feel.builtins import builtin_names, function_named
from stepwell.feel.compiler import Compiler
from stepwell.feel.errors import FeelError, FeelLimitError, FeelSyntaxError
from stepwell.feel.frame import FIRST_SLOT, Code
from stepwell.feel.limits import DEFAULT_LIMITS, Limits
from stepwell.feel.reader import Reader, names_of
from stepwell.feel.syntax import Syntax

Lookup = Callable[[str], object]

COMPILERS = (code_access, code_calls, code_logic, code_loops, code_operators, code_values)
BUILTIN_NAMES = names_of([*builtin_names(), code_calls.DEFINED])


class Expression:
    """A compiled text. ``names`` are the variables that it may read, of a path the first part only.

    It never changes and may be evaluated by several threads at once.
    """

    __slots__ = ("_code", "_slots", "names", "text")

    def __init__(self, text: str, names: frozenset[str], code: Code, slots: int) -> None:
        self.text = text
        self.names = names
        self._code = code
        self._slots = (None,) * slots

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"

    def evaluate(
        self, lookup: Lookup, *, now: datetime | None = None, limits: Limits = DEFAULT_LIMITS
    ) -> object:
        """The value; ``lookup`` gives a variable by its name, or MISSING.

        Raises FeelError when it cannot be computed, FeelLimitError when it would take too much.
        """
        try:
            return self._code([lookup, limits, now, *self._slots])
        except FeelError as error:
            error.locate(self.text)
            raise
        except RecursionError:
            raise FeelLimitError(
                "Expected fewer calls within each other, but the evaluation needs more."
            ) from None


def compile(text: str, *, names: Iterable[str] = (), lenient: bool = False) -> Expression:
    """The expression that ``text`` writes; FeelSyntaxError when it is none.

    ``names`` are variables whose names are more than one word. ``lenient``: what cannot be computed is null
    (DMN 1.5, section 10.3) instead of a FeelError.
    """
    return _compiled(text, _several_words(names), lenient)


def compile_unary_tests(text: str, *, names: Iterable[str] = (), lenient: bool = False) -> Expression:
    """The tests that ``text`` writes (``< 5, [7..9]``), on the value of the variable ``?``."""
    return _compiled_tests(text, _several_words(names), lenient)


def _several_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset([name for name in names if not name.isidentifier()])


@lru_cache(maxsize=1024)
def _compiled(text: str, names: frozenset[str], lenient: bool) -> Expression:
    reader = Reader(text, (BUILTIN_NAMES, names_of(names)), lenient=lenient)
    return _finished(reader, reader.guarded(reader.expression))


@lru_cache(maxsize=1024)
def _compiled_tests(text: str, names: frozenset[str], lenient: bool) -> Expression:
    reader = Reader(text, (BUILTIN_NAMES, names_of(names)), lenient=lenient)
    return _finished(reader, reader.guarded(lambda: grammar.read_unary_tests(reader)))


def _finished(reader: Reader, tree: Syntax) -> Expression:
    compiler = Compiler(function_named, lenient=reader.lenient)
    try:
        code = compiler.code(tree)
    except RecursionError:
        raise FeelSyntaxError("Expected fewer expressions within each other.", reader.text, 0) from None
    return Expression(reader.text, frozenset(compiler.free), code, compiler.size - FIRST_SLOT)
