"""Functions of lists (DMN 1.5, 10.3.4.4)."""

from decimal import Decimal
from typing import Any

from stepwell.feel.builtins.registry import builtin
from stepwell.feel.comparison import equal
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Frame, meter_of
from stepwell.feel.numbers import is_number
from stepwell.feel.values import Function, named


@builtin("list contains(list: list, element: any)", framed=True)
def contains(frame: Frame, items: list[Any], element: Any) -> bool:
    """Whether an element equals ``element``."""
    meter = meter_of(frame)
    return any(equal(item, element, meter) for item in items)


@builtin("index of(list: list, match: any)", framed=True)
def index_of(frame: Frame, items: list[Any], match: Any) -> list[int]:
    """The positions, from 1, of the elements that equal ``match``."""
    meter = meter_of(frame)
    return [at for at, item in enumerate(items, 1) if equal(item, match, meter)]


@builtin("sublist(list: list, start position: integer, length: integer?)")
def sublist(items: list[Any], start: int, length: int | None = None) -> list[Any]:
    """The elements from ``start`` on, from 1 or, when negative, from the end."""
    first = _place(items, start)
    if length is not None and (length < 1 or first + length > len(items)):
        raise FeelError(f"Expected a length of 1 to {len(items) - first} in sublist(), but got {length}.")
    return items[first:] if length is None else items[first : first + length]


def _place(items: list[Any], position: int) -> int:
    if not 0 < abs(position) <= len(items):
        raise FeelError(f"Expected a position from 1 to {len(items)} or from the end, but got {position}.")
    return position - 1 if position > 0 else len(items) + position


@builtin("append(list: list, item: any...)")
def append(items: list[Any], more: list[Any]) -> list[Any]:
    """The list with further elements at its end."""
    return [*items, *more]


@builtin("concatenate(list: list, lists: any...)", framed=True)
def concatenate(frame: Frame, first: list[Any], more: list[Any]) -> list[Any]:
    """One list of the elements of all."""
    joined = list(first)
    for items in more:
        if items is None:
            raise FeelError("Expected lists in concatenate(), but got null.")
        meter_of(frame).work(len(items) if type(items) is list else 1)
        joined.extend(items if type(items) is list else [items])
    return joined


@builtin("insert before(list: list, position: integer, newItem: any)")
def insert_before(items: list[Any], position: int, new: Any) -> list[Any]:
    """The list with ``new`` before the element at ``position``."""
    place = _place(items, position)
    return [*items[:place], new, *items[place:]]


@builtin("remove(list: list, position: integer)")
def remove(items: list[Any], position: int) -> list[Any]:
    """The list without the element at ``position``."""
    place = _place(items, position)
    return items[:place] + items[place + 1 :]


@builtin("list replace(list: list, position: any, newItem: any)", framed=True)
def replace(frame: Frame, items: list[Any], position: Any, new: Any) -> list[Any]:
    """The list with ``new`` at ``position``, or wherever the function ``position(item, newItem)`` is true."""
    if type(position) is Function:
        replaced: list[Any] = replace_matching(frame, items, position, new)
        return replaced
    if not is_number(position) or abs(position) > len(items):
        raise FeelError(f"Expected a position or a function in list replace(), but got {named(position)}.")
    place = _place(items, int(position))
    return [*items[:place], new, *items[place + 1 :]]


@builtin("list replace(list: list, match: function, newItem: any)", framed=True)
def replace_matching(frame: Frame, items: list[Any], match: Function, new: Any) -> list[Any]:
    """The list with ``new`` wherever ``match(item, newItem)`` is true."""
    results = []
    for item in items:
        answer = match.call(frame, [item, new])
        if answer is not True and answer is not False:
            raise FeelError(
                f"Expected true or false from the function of list replace(), but got {named(answer)}."
            )
        results.append(new if answer else item)
    return results


@builtin("reverse(list: list)")
def reverse(items: list[Any]) -> list[Any]:
    """The elements from the last to the first."""
    return items[::-1]


@builtin("distinct values(list: list)", framed=True)
def distinct(frame: Frame, items: list[Any]) -> list[Any]:
    """The elements without those that equal an earlier one."""
    meter = meter_of(frame)
    seen: set[Any] = set()
    others: list[Any] = []
    results: list[Any] = []
    for item in items:
        key = _key(item)
        if key is None:
            meter.work(len(others))
            known = any(equal(item, other, meter) for other in others)
            others.append(item)
        else:
            known = key in seen
            seen.add(key)
        if not known:
            results.append(item)
    return results


def _key(item: Any) -> Any:
    """What tells a plain value from others; None where only a comparison can."""
    if type(item) is int or isinstance(item, Decimal):
        return "number", item
    return (type(item), item) if type(item) in {str, bool, type(None)} else None


@builtin("union(list: any...)", framed=True)
def union(frame: Frame, lists: list[Any]) -> list[Any]:
    """The elements of all lists, each value once."""
    united: list[Any] = distinct(frame, concatenate(frame, [], lists))
    return united


@builtin("flatten(list: list)", framed=True)
def flatten(frame: Frame, items: list[Any]) -> list[Any]:
    """The elements of the list and of all lists within it."""
    meter = meter_of(frame)
    results: list[Any] = []
    rest = items[::-1]
    while rest:
        meter.work(1)
        item = rest.pop()
        if type(item) is list:
            meter.grow(len(item))
            rest.extend(item[::-1])
        else:
            results.append(item)
    return results
