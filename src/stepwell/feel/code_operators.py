"""Closures of the operators: two short ints go the short way, everything else through the tables of FEEL."""

import operator
from collections.abc import Callable
from typing import Any, Final

from stepwell.feel.arithmetic import OPERATIONS, negate
from stepwell.feel.comparison import compare, equal_strictly
from stepwell.feel.compiler import Compiler, compiles
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Code, Fail, Frame, meter_of
from stepwell.feel.numbers import EXACT
from stepwell.feel.syntax import Between, Binary, InstanceOf, Literal, Negation, Syntax
from stepwell.feel.types import is_instance
from stepwell.feel.values import MISSING

Slow = Callable[[Any, Any, Frame], Any]

SHORT_WAYS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
ORDERINGS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
EQUALITIES: Final = {"=": operator.eq, "!=": operator.ne}
LONG_CHAIN: Final = 16


def compiled(compiler: Compiler, tree: Binary) -> Code:
    """``left operator right``, whichever it is."""
    name = tree.operator
    if name in SHORT_WAYS:
        chain = _chain(tree)
        if len(chain) > LONG_CHAIN:
            return _long_chain(compiler, chain)
    slow = slow_way(name, compiler.fail, tree.at)
    if name in SHORT_WAYS:
        return _arithmetic(compiler, tree, SHORT_WAYS[name], slow)
    if name in ORDERINGS:
        return _ordering(compiler, tree, ORDERINGS[name], slow)
    left, right = compiler.code(tree.left), compiler.code(tree.right)
    if name in EQUALITIES:
        return _equality(left, right, tree, slow)
    return lambda frame: slow(left(frame), right(frame), frame)


def slow_way(name: str, fail: Fail, at: int) -> Slow:
    """The operator ``name`` on any two values, failing at ``at``."""
    operation = _plain_way(name)

    def run(left: Any, right: Any, frame: Frame) -> Any:
        try:
            return operation(None if left is MISSING else left, None if right is MISSING else right, frame)
        except FeelError as error:
            return fail(error, at)

    return run


def _plain_way(name: str) -> Slow:
    if name in OPERATIONS:
        return OPERATIONS[name]
    if name == "=":
        return lambda left, right, frame: equal_strictly(left, right, meter_of(frame))
    if name == "!=":
        return lambda left, right, frame: not equal_strictly(left, right, meter_of(frame))
    ordering = ORDERINGS[name]
    return lambda left, right, _frame: compare(ordering, left, right)


def _arithmetic(compiler: Compiler, tree: Binary, short: Callable[[Any, Any], Any], slow: Slow) -> Code:
    if isinstance(tree.right, Literal) and type(tree.right.value) is int:
        return _with_number(compiler, tree.left, tree.right.value, (short, slow))
    left, right = compiler.code(tree.left), compiler.code(tree.right)

    def run(frame: Frame) -> Any:
        one, other = left(frame), right(frame)
        if type(one) is int and type(other) is int:
            result = short(one, other)
            if -EXACT < result < EXACT:
                return result
        return slow(one, other, frame)

    return run


def _with_number(
    compiler: Compiler, tree: Syntax, number: int, ways: tuple[Callable[..., Any], Slow]
) -> Code:
    short, slow = ways
    name = compiler.global_name(tree)
    if name is not None:

        def read(frame: Frame) -> Any:
            one = frame[0](name)
            if type(one) is int:
                result = short(one, number)
                if -EXACT < result < EXACT:
                    return result
            return slow(one, number, frame)

        return read
    left = compiler.code(tree)

    def run(frame: Frame) -> Any:
        one = left(frame)
        if type(one) is int:
            result = short(one, number)
            if -EXACT < result < EXACT:
                return result
        return slow(one, number, frame)

    return run


def _ordering(compiler: Compiler, tree: Binary, short: Callable[[Any, Any], bool], slow: Slow) -> Code:
    name = compiler.global_name(tree.left)
    if name is not None and isinstance(tree.right, Literal) and type(tree.right.value) is int:
        number = tree.right.value

        def read(frame: Frame) -> Any:
            one = frame[0](name)
            return short(one, number) if type(one) is int else slow(one, number, frame)

        return read
    left, right = compiler.code(tree.left), compiler.code(tree.right)

    def run(frame: Frame) -> Any:
        one, other = left(frame), right(frame)
        if type(one) is int and type(other) is int:
            return short(one, other)
        return slow(one, other, frame)

    return run


def _equality(left: Code, right: Code, tree: Binary, slow: Slow) -> Code:
    short = EQUALITIES[tree.operator]

    def run(frame: Frame) -> Any:
        one, other = left(frame), right(frame)
        kind = type(one)
        if kind is type(other) and (kind is str or kind is int or kind is bool):
            return short(one, other)
        return slow(one, other, frame)

    return run


def _chain(tree: Binary) -> list[Binary]:
    chain: list[Binary] = []
    left: Syntax = tree
    while isinstance(left, Binary) and left.operator in SHORT_WAYS:
        chain.append(left)
        left = left.left
    return chain[::-1]


def _long_chain(compiler: Compiler, chain: list[Binary]) -> Code:
    first = compiler.code(chain[0].left)
    links = [(slow_way(link.operator, compiler.fail, link.at), compiler.code(link.right)) for link in chain]

    def run(frame: Frame) -> Any:
        value = first(frame)
        for way, right in links:
            value = way(value, right(frame), frame)
        return value

    return run


@compiles(Negation)
def negation_code(compiler: Compiler, tree: Negation) -> Code:
    """``-operand``."""
    operand, fail, at = compiler.code(tree.operand), compiler.fail, tree.at

    def run(frame: Frame) -> Any:
        value = operand(frame)
        try:
            return negate(value)
        except FeelError as error:
            return fail(error, at)

    return run


@compiles(Between)
def between_code(compiler: Compiler, tree: Between) -> Code:
    """``value between low and high``, the bounds included."""
    value, low, high = compiler.code(tree.value), compiler.code(tree.low), compiler.code(tree.high)
    fail, at = compiler.fail, tree.at

    def run(frame: Frame) -> Any:
        one = value(frame)
        try:
            return compare(operator.ge, one, low(frame)) and compare(operator.le, one, high(frame))
        except FeelError as error:
            return fail(error, at)

    return run


@compiles(InstanceOf)
def instance_code(compiler: Compiler, tree: InstanceOf) -> Code:
    """``value instance of type``."""
    value, wanted = compiler.code(tree.value), tree.type
    return lambda frame: is_instance(value(frame), wanted, meter_of(frame))
