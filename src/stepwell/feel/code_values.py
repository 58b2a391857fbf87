"""Closures of literals, names, lists, ranges, contexts and conditions."""

from typing import Any

from stepwell.feel.comparison import ORDERED
from stepwell.feel.compiler import Compiler, compiles
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Code, Frame
from stepwell.feel.syntax import Condition, ContextOf, FunctionOf, ListOf, Literal, Name, RangeOf
from stepwell.feel.values import Function, Range, kind_of, named


@compiles(Literal)
def literal_code(_compiler: Compiler, tree: Literal) -> Code:
    """A constant."""
    value = tree.value
    return lambda _frame: value


@compiles(Name)
def name_code(compiler: Compiler, tree: Name) -> Code:
    """What a name stands for; null when nothing has it."""
    return compiler.read(tree.name)


@compiles(ListOf)
def list_code(compiler: Compiler, tree: ListOf) -> Code:
    """A new list."""
    items = [compiler.code(item) for item in tree.items]
    return lambda frame: [item(frame) for item in items]


@compiles(RangeOf)
def range_code(compiler: Compiler, tree: RangeOf) -> Code:
    """A range; its bounds are of one ordered kind."""
    bounds = [compiler.code(bound) for bound in (tree.start, tree.end) if bound is not None]
    at, fail, first, last = tree.at, compiler.fail, tree.start is not None, tree.end is not None

    def run(frame: Frame) -> Any:
        values = [bound(frame) for bound in bounds]
        kinds = {kind_of(value) for value in values}
        if len(kinds) != 1 or not kinds <= ORDERED.keys():
            problem = f"Expected the bounds of a range, but got {' and '.join(map(named, values))}."
            return fail(FeelError(problem), at)
        start, end = values[0] if first else None, values[-1] if last else None
        return Range(start, end, tree.start_included, tree.end_included)

    return run


@compiles(ContextOf)
def context_code(compiler: Compiler, tree: ContextOf) -> Code:
    """A new context; an entry sees those before it, and a function also itself."""
    scope = compiler.enter()
    entries: list[tuple[str, Code, int]] = []
    for name, value in tree.entries:
        if isinstance(value, FunctionOf):
            slot = compiler.declare(name)
            entries.append((name, _own(slot, compiler.code(value)), slot))
        else:
            code = compiler.code(value)
            entries.append((name, code, compiler.declare(name)))
    compiler.leave()
    if compiler.used.isdisjoint(scope.slots.values()):
        return _plain_context([(name, code) for name, code, _slot in entries])

    def run(frame: Frame) -> Any:
        context = {}
        for name, code, slot in entries:
            frame[slot] = context[name] = code(frame)
        return context

    return run


def _plain_context(entries: list[tuple[str, Code]]) -> Code:
    if len(entries) == 1:
        only, code = entries[0]
        return lambda frame: {only: code(frame)}
    return lambda frame: {name: code(frame) for name, code in entries}


def _own(slot: int, code: Code) -> Code:
    def run(frame: Frame) -> Any:
        function = code(frame)
        if isinstance(function, Function):
            function.frame[slot] = function
        return function

    return run


@compiles(Condition)
def condition_code(compiler: Compiler, tree: Condition) -> Code:
    """``if``: strictly the test must be true or false, leniently everything but true is no."""
    test, yes, no = compiler.code(tree.test), compiler.code(tree.yes), compiler.code(tree.no)
    fail, at, lenient = compiler.fail, tree.test.at, compiler.lenient

    def run(frame: Frame) -> Any:
        value = test(frame)
        if value is True:
            return yes(frame)
        if value is False or lenient:
            return no(frame)
        return fail(FeelError(f"Expected true or false after 'if', but got {named(value)}."), at)

    return run
