"""Closures of ``and``, ``or`` and tests; null is «not known» (DMN 1.5, table 50)."""

from collections.abc import Callable, Iterable
from typing import Any

from stepwell.feel.code_operators import ORDERINGS, compiled
from stepwell.feel.comparison import compare, equal, equal_strictly, within
from stepwell.feel.compiler import INPUT, Compiler, compiles
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Code, Fail, Frame, meter_of
from stepwell.feel.syntax import Binary, Membership, RangeOf, Syntax, Test, Tests
from stepwell.feel.values import Range, kind_of, named

Met = Callable[[Any, Frame], Any]


@compiles(Binary)
def binary_code(compiler: Compiler, tree: Binary) -> Code:
    """``left operator right``."""
    if tree.operator not in {"and", "or"}:
        return compiled(compiler, tree)
    parts = _parts(tree)
    codes = [compiler.code(part) for part in parts]
    if len(codes) == 2:
        return _pair(codes[0], codes[1], tree, compiler.fail)
    return _many(codes, tree, compiler.fail)


def _parts(tree: Binary) -> list[Syntax]:
    parts: list[Syntax] = []
    left: Syntax = tree
    while isinstance(left, Binary) and left.operator == tree.operator:
        parts.append(left.right)
        left = left.left
    parts.append(left)
    return parts[::-1]


def _pair(left: Code, right: Code, tree: Binary, fail: Fail) -> Code:
    decided = tree.operator == "or"

    def run(frame: Frame) -> Any:
        one = left(frame)
        if one is decided:
            return decided
        other = right(frame)
        if one is (not decided) and (other is True or other is False):
            return other
        return _settled((one, other), tree, fail)

    return run


def _many(codes: list[Code], tree: Binary, fail: Fail) -> Code:
    decided = tree.operator == "or"

    def run(frame: Frame) -> Any:
        values = []
        for code in codes:
            value = code(frame)
            if value is decided:
                return decided
            values.append(value)
        return _settled(values, tree, fail)

    return run


def _settled(values: Iterable[Any], tree: Binary, fail: Fail) -> bool | None:
    """The value that decides, if there is one; else null if one of ``values`` was null."""
    decided = tree.operator == "or"
    result: bool | None = not decided
    for value in values:
        if value is decided:
            return bool(decided)
        if value is not (not decided):
            result = None
            if value is not None:
                problem = f"Expected true or false beside '{tree.operator}', but got {named(value)}."
                fail(FeelError(problem), tree.at)
    return result


@compiles(Test)
def test_code(compiler: Compiler, tree: Test) -> Code:
    """``< bound`` and its like, on the value of ``?``."""
    value, bound = compiler.read(INPUT), compiler.code(tree.bound)
    fail, at, name = compiler.fail, tree.at, tree.operator

    def run(frame: Frame) -> Any:
        try:
            return meets(name, value(frame), bound(frame), frame)
        except FeelError as error:
            return fail(error, at)

    return run


def meets(name: str, value: Any, bound: Any, frame: Frame) -> bool:
    """Whether ``value name bound`` holds; FeelError when they cannot be compared."""
    if name in ORDERINGS:
        return compare(ORDERINGS[name], value, bound)
    return equal_strictly(value, bound, meter_of(frame)) is (name == "=")


@compiles(Tests)
def tests_code(compiler: Compiler, tree: Tests) -> Code:
    """Unary tests on the value of ``?``; without any, every value passes."""
    if not tree.tests:
        return lambda _frame: True
    met = _any_met([_test(compiler, test) for test in tree.tests])
    value, negated = compiler.read(INPUT), tree.negated

    def run(frame: Frame) -> Any:
        result = met(value(frame), frame)
        return not result if negated and result is not None else result

    return run


@compiles(Membership)
def membership_code(compiler: Compiler, tree: Membership) -> Code:
    """``value in (test, …)``."""
    value, slot = compiler.code(tree.value), compiler.slot()
    compiler.enter().slots[INPUT] = slot
    met = _any_met([_test(compiler, test) for test in tree.tests])
    compiler.leave()

    def run(frame: Frame) -> Any:
        found = frame[slot] = value(frame)
        return met(found, frame)

    return run


def _any_met(tests: list[Met]) -> Met:
    if len(tests) == 1:
        return tests[0]

    def run(value: Any, frame: Frame) -> bool | None:
        results = [test(value, frame) for test in tests]
        return True if True in results else None if None in results else False

    return run


def _test(compiler: Compiler, tree: Syntax) -> Met:
    """One test: a comparison, an expression that asks about ``?``, or a value, list or range to be met."""
    before = compiler.inputs
    code, fail = compiler.code(tree), compiler.fail
    if isinstance(tree, Test):
        return lambda _value, frame: code(frame)
    asks = compiler.inputs > before
    unknown = asks or isinstance(tree, RangeOf)

    def run(value: Any, frame: Frame) -> Any:
        found = code(frame)
        if (found is None and unknown) or (asks and type(found) is bool):
            return found
        try:
            return _holds(value, found, frame)
        except FeelError as error:
            return fail(error, tree.at)

    return run


def _holds(value: Any, test: Any, frame: Frame) -> bool:
    """Whether ``value`` is in the range or list ``test``, or equals it (10.3.2.8)."""
    if type(test) is Range and type(value) is not Range:
        return within(value, test)
    if type(test) is not list:
        return equal_strictly(value, test, meter_of(frame))
    meter = meter_of(frame)
    meter.work(len(test))
    for item in test:
        inside = type(item) is Range and kind_of(value) == kind_of(
            item.start if item.end is None else item.end
        )
        if within(value, item) if inside else equal(value, item, meter):
            return True
    return type(value) is list and equal(value, test, meter)
