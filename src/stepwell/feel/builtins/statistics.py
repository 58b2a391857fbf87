"""Functions that make one value of many (DMN 1.5, 10.3.4.4)."""

import operator
from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from stepwell.feel import arithmetic
from stepwell.feel.builtins.registry import builtin
from stepwell.feel.comparison import compare
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Frame, meter_of
from stepwell.feel.numbers import CONTEXT, Number, is_number
from stepwell.feel.values import named


@builtin("count(list: list)")
def count(items: list[Any]) -> int:
    """How many elements there are."""
    return len(items)


@builtin("min(list: any...)")
def least(items: list[Any]) -> Any:
    """The least element; null of an empty list."""
    return _extreme(items, operator.lt)


@builtin("max(list: any...)")
def greatest(items: list[Any]) -> Any:
    """The greatest element; null of an empty list."""
    return _extreme(items, operator.gt)


def _extreme(items: list[Any], better: Callable[[Any, Any], bool]) -> Any:
    best = items[0] if items else None
    for item in items:
        if compare(better, item, best):
            best = item
    return best


def _added(frame: Frame, items: list[Any]) -> Any:
    total = items[0]
    if len(items) == 1 and type(total) is str:
        raise FeelError("Expected numbers or durations, but got a string.")
    for item in items[1:]:
        if type(item) is str:
            raise FeelError("Expected numbers or durations, but got a string.")
        total = arithmetic.add(total, item, frame)
    return total if len(items) > 1 else arithmetic.negate(arithmetic.negate(total))


@builtin("sum(list: any...)", framed=True)
def sum_of(frame: Frame, items: list[Any]) -> Any:
    """The sum of numbers or durations; null of an empty list."""
    return _added(frame, items) if items else None


@builtin("mean(list: any...)", framed=True)
def mean(frame: Frame, items: list[Any]) -> Any:
    """The average of numbers or durations; null of an empty list."""
    return arithmetic.divide(_added(frame, items), len(items), frame) if items else None


@builtin("product(list: any...)", framed=True)
def product(frame: Frame, items: list[Any]) -> Any:
    """The product of numbers; null of an empty list."""
    result: Any = 1
    for number in _numbers(items):
        result = arithmetic.multiply(result, number, frame)
    return result if items else None


def _numbers(items: list[Any]) -> list[Number]:
    for item in items:
        if not is_number(item):
            raise FeelError(f"Expected numbers, but got {named(item)}.")
    return items


@builtin("median(list: any...)", framed=True)
def median(frame: Frame, items: list[Any]) -> Any:
    """The middle number, or the average of the two middle ones; null of an empty list."""
    numbers = sorted(_numbers(items))
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return arithmetic.divide(arithmetic.add(numbers[middle - 1], numbers[middle], frame), 2, frame)


@builtin("stddev(list: any...)", framed=True)
def standard_deviation(frame: Frame, items: list[Any]) -> Any:
    """The standard deviation of a sample of at least two numbers; null of fewer."""
    numbers = _numbers(items)
    if len(numbers) < 2:
        return None
    average = mean(frame, numbers)
    squares = [arithmetic.power(arithmetic.subtract(number, average, frame), 2, frame) for number in numbers]
    variance = arithmetic.divide(sum_of(frame, squares), len(numbers) - 1, frame)
    return CONTEXT.sqrt(Decimal(variance))


@builtin("mode(list: any...)")
def mode(items: list[Any]) -> list[Any]:
    """The numbers that occur most often, in ascending order."""
    counts: dict[Number, int] = {}
    for number in _numbers(items):
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(number for number, times in counts.items() if times == most)


@builtin("sort(list: list, precedes: function?)", framed=True)
def sort(frame: Frame, items: list[Any], precedes: Any = None) -> list[Any]:
    """The elements in order: the natural one, or that of ``precedes(a, b)``."""

    def before(left: Any, right: Any) -> bool:
        if precedes is None:
            return compare(operator.lt, left, right)
        answer = precedes.call(frame, [left, right])
        if answer is not True and answer is not False:
            raise FeelError(f"Expected true or false from the function of sort(), but got {named(answer)}.")
        return bool(answer)

    def order(left: Any, right: Any) -> int:
        meter_of(frame).work(1)
        return -1 if before(left, right) else 1 if before(right, left) else 0

    return sorted(items, key=cmp_to_key(order))
