"""Closures of ``for``, ``some`` and ``every``; every round counts as a step."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from stepwell.feel.compiler import Compiler, compiles
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Code, Frame, meter_of
from stepwell.feel.limits import Meter
from stepwell.feel.numbers import whole
from stepwell.feel.syntax import For, Iterator, Quantified
from stepwell.feel.values import Range, named

Rounds = list[tuple[int, Callable[[Frame], Sequence[Any]]]]
PARTIAL = "partial"


@compiles(For)
def for_code(compiler: Compiler, tree: For) -> Code:
    """``for``: the list of the body's values; ``partial`` is that of the rounds before."""
    compiler.enter()
    rounds = [_round(compiler, iterator) for iterator in tree.iterators]
    partial = compiler.declare(PARTIAL)
    body, fail, at = compiler.code(tree.body), compiler.fail, tree.at
    wants_partial = partial in compiler.used
    compiler.leave()

    def run(frame: Frame) -> Any:
        results: list[Any] = []

        def collect(frame: Frame) -> None:
            if wants_partial:
                meter_of(frame).grow(len(results))
                frame[partial] = results[:]
            results.append(body(frame))

        try:
            _repeat(rounds, 0, frame, collect)
            meter_of(frame).grow(len(results))
        except FeelError as error:
            return fail(error, at)
        return results

    return run


def _repeat(rounds: Rounds, level: int, frame: Frame, act: Callable[[Frame], Any]) -> bool:
    """Do ``act`` for every combination, until it answers something true; whether it did."""
    slot, items = rounds[level]
    values = items(frame)
    meter_of(frame).work(len(values))
    inner = level + 1 < len(rounds)
    for value in values:
        frame[slot] = value
        if _repeat(rounds, level + 1, frame, act) if inner else act(frame):
            return True
    return False


@compiles(Quantified)
def quantified_code(compiler: Compiler, tree: Quantified) -> Code:
    """``some`` is the ``or`` and ``every`` the ``and`` over all rounds; null is «not known»."""
    compiler.enter()
    rounds = [_round(compiler, iterator) for iterator in tree.iterators]
    body, fail, every = compiler.code(tree.body), compiler.fail, tree.every
    compiler.leave()

    def run(frame: Frame) -> Any:
        unknown = False

        def decides(frame: Frame) -> bool:
            nonlocal unknown
            value = body(frame)
            if value is not True and value is not False:
                unknown = True
                if value is not None:
                    fail(
                        FeelError(f"Expected true or false after 'satisfies', but got {named(value)}."),
                        tree.body.at,
                    )
            return value is (not every)

        try:
            if _repeat(rounds, 0, frame, decides):
                return not every
        except FeelError as error:
            return fail(error, tree.at)
        return None if unknown else every

    return run


def _round(compiler: Compiler, iterator: Iterator) -> tuple[int, Callable[[Frame], Sequence[Any]]]:
    domain = compiler.code(iterator.domain)
    end = compiler.code(iterator.end) if iterator.end else None
    slot = compiler.declare(iterator.name)
    if end is None:
        return slot, lambda frame: elements(domain(frame), meter_of(frame))
    return slot, lambda frame: steps(domain(frame), end(frame), meter_of(frame))


def elements(value: Any, meter: Meter) -> Sequence[Any]:
    """What a loop over ``value`` visits; FeelError for null and endless ranges. Any other value is a list of it."""
    if type(value) is list:
        return value
    if value is None:
        raise FeelError("Expected a list after 'in', but got null.")
    if type(value) is not Range:
        return [value]
    visited = steps(value.start, value.end, meter)
    if not value.start_included:
        visited = visited[1:]
    return visited if value.end_included else visited[:-1]


def steps(start: Any, end: Any, meter: Meter) -> Sequence[Any]:
    """The whole numbers or the days from ``start`` to ``end``, upwards or downwards."""
    low, high = whole(start), whole(end)
    if low is not None and high is not None:
        visited = range(low, high + 1) if low <= high else range(low, high - 1, -1)
        if abs(high - low) > 10**15:
            raise FeelError("Expected a range with fewer numbers to go through, but it has more than 10**15.")
        return visited
    if type(start) is date and type(end) is date:
        days = (end - start).days
        meter.work(abs(days))
        return [start + timedelta(day) for day in (range(days + 1) if days >= 0 else range(0, days - 1, -1))]
    raise FeelError(
        f"Expected two whole numbers or two dates around '..', but got {named(start)} and {named(end)}."
    )
