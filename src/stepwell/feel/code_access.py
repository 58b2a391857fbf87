"""Closures of paths and filters."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from stepwell.feel.compiler import Compiler, compiles
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Code, Frame, meter_of
from stepwell.feel.numbers import CONTEXT, is_number, whole
from stepwell.feel.syntax import (
    Between,
    Binary,
    Filter,
    InstanceOf,
    Literal,
    Membership,
    Path,
    Quantified,
    Syntax,
)  # fmt: skip
from stepwell.feel.temporal_math import MICROSECOND
from stepwell.feel.temporal_text import format_zone
from stepwell.feel.values import Range, YearsMonths, named

ITEM = "item"


@compiles(Path)
def path_code(compiler: Compiler, tree: Path) -> Code:
    """``value.name``: an entry (null without one), a part of a date, or that of every element of a list."""
    value, name, at, fail = compiler.code(tree.value), tree.name, tree.at, compiler.fail

    def run(frame: Frame) -> Any:
        found = value(frame)
        if type(found) is dict:
            return found.get(name)
        if found is None:
            return None
        try:
            if type(found) is list:
                meter_of(frame).work(len(found))
                return [part_of(item, name) for item in found]
            return part_of(found, name)
        except FeelError as error:
            return fail(error, at)

    return run


def part_of(value: Any, name: str) -> Any:
    """The entry or part ``name`` of ``value`` (10.3.2.5, table 65); FeelError when it has no such part."""
    if value is None or type(value) is dict:
        return None if value is None else value.get(name)
    parts = _parts(value)
    if name not in parts:
        raise FeelError(f"Expected a context before '.{name}', but got {named(value)}.")
    return parts[name]


def _parts(value: Any) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    if isinstance(value, date):
        parts = {"year": value.year, "month": value.month, "day": value.day, "weekday": value.isoweekday()}
    if isinstance(value, (datetime, time)):
        seconds = CONTEXT.divide(Decimal(value.second * 10**6 + value.microsecond), 10**6)
        clock = {
            "hour": value.hour,
            "minute": value.minute,
            "second": seconds if value.microsecond else value.second,
        }
        zone = format_zone(value.tzinfo, value.utcoffset()).removeprefix("@") or None
        parts |= clock | {"time offset": value.utcoffset(), "timezone": zone}
    if isinstance(value, YearsMonths):
        years, months = divmod(abs(value.months), 12)
        parts = {"years": years, "months": months}
        if value.months < 0:
            parts = {key: -part for key, part in parts.items()}
    if isinstance(value, timedelta):
        parts = _duration_parts(value)
    if isinstance(value, Range):
        parts = {
            "start": value.start, "end": value.end,
            "start included": value.start_included, "end included": value.end_included,
        }  # fmt: skip
    return parts


def _duration_parts(value: timedelta) -> dict[str, Any]:
    sign = -1 if value < timedelta() else 1
    total = abs(value // MICROSECOND)
    seconds, micro = divmod(total, 10**6)
    rest = CONTEXT.divide(Decimal(seconds % 60 * 10**6 + micro), 10**6) if micro else seconds % 60
    parts = {
        "days": seconds // 86400,
        "hours": seconds // 3600 % 24,
        "minutes": seconds // 60 % 60,
        "seconds": rest,
    }
    return {key: sign * part for key, part in parts.items()}


@compiles(Filter)
def filter_code(compiler: Compiler, tree: Filter) -> Code:
    """``value[n]``, the n-th element, or ``value[condition]``, the elements that meet it."""
    index = whole(tree.condition.value) if isinstance(tree.condition, Literal) else None
    value, at, fail = compiler.code(tree.value), tree.at, compiler.fail
    if index is not None:
        return _constant_index(value, index)
    slot = compiler.slot()
    compiler.enter(slot).slots[ITEM] = slot
    condition, boolean = compiler.code(tree.condition), _is_boolean(tree.condition)
    compiler.leave()

    def run(frame: Frame) -> Any:
        found = value(frame)
        if found is None:
            return None
        items = found if type(found) is list else [found]
        try:
            return _chosen(items, (condition, slot, boolean), frame)
        except FeelError as error:
            return fail(error, at)

    return run


def _constant_index(value: Code, index: int) -> Code:
    def run(frame: Frame) -> Any:
        found = value(frame)
        if found is None:
            return None
        return element(found if type(found) is list else [found], index)

    return run


def _is_boolean(tree: Syntax) -> bool:
    logical = {"and", "or", "=", "!=", "<", "<=", ">", ">="}
    return isinstance(tree, (Between, Membership, InstanceOf, Quantified)) or (
        isinstance(tree, Binary) and tree.operator in logical
    )


def element(items: list[Any], index: int) -> Any:
    """The element at ``index``, from 1, or from the end when it is negative; null outside of the list."""
    if 0 < index <= len(items):
        return items[index - 1]
    return items[index] if -len(items) <= index < 0 else None


def _chosen(items: list[Any], how: tuple[Code, int, bool], frame: Frame) -> Any:
    condition, slot, boolean = how
    meter = meter_of(frame)
    meter.work(len(items) + 1)
    if not boolean:
        frame[slot] = items[0] if items else None
        index = condition(frame)
        if is_number(index):
            return _at(items, index)
    results = []
    for item in items:
        frame[slot] = item
        value = condition(frame)
        if value is True:
            results.append(item)
        elif value is not False and value is not None:
            raise FeelError(f"Expected true, false or an index in '[…]', but got {named(value)}.")
    meter.grow(len(results))
    return results


def _at(items: list[Any], index: Any) -> Any:
    position = whole(index)
    if position is None:
        raise FeelError(f"Expected a whole number as index, but got {index}.")
    return element(items, position)
