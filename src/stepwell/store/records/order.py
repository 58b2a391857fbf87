"""Sorted lists that go on behind a place, at the same cost however far that is.

Empty fields come first, last when the order is turned round. A place is the values of the sort keys and the
id. What lies behind it is cut into ranges that an index knows: the same keys but for the last, which is
behind; then one key less; and so on. They are read one after the other until the page is full.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

Place = tuple[Any, ...]


class Key(Struct, frozen=True):
    """What a list is sorted by: an expression of SQL, and whether the largest comes first."""

    expression: str
    descending: bool = False
    nullable: bool = True


class Range(Struct, frozen=True):
    """Conditions with their values."""

    conditions: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()

    def also(self, condition: str, *values: Any) -> "Range":
        return Range((*self.conditions, condition), (*self.values, *values))


def order_by(keys: Sequence[Key], session_name: str) -> str:
    """The keys behind ``order by``."""
    return ", ".join(f"{key.expression}{_direction(key, session_name)}" for key in keys)


def _direction(key: Key, session_name: str) -> str:
    word = " desc" if key.descending else ""
    if session_name == "sqlite" or not key.nullable:
        return word
    return f"{word} nulls {'last' if key.descending else 'first'}"


def ranges(keys: Sequence[Key], place: Place | None) -> Iterator[Range]:
    """Where to look, in this order; without a place everywhere."""
    if place is None:
        yield Range()
        return
    for count in range(len(keys) - 1, -1, -1):
        same = Range()
        for key, value in zip(keys[:count], place, strict=False):
            same = _equal(same, key, value)
        yield from _behind(same, keys[count], place[count])


def _equal(found: Range, key: Key, value: Any) -> Range:
    if value is None:
        return found.also(f"{key.expression} is null")
    return found.also(f"{key.expression} = ?", value)


def _behind(found: Range, key: Key, value: Any) -> Iterator[Range]:
    if value is None:
        if not key.descending:
            yield found.also(f"{key.expression} is not null")
        return
    yield found.also(f"{key.expression} {'<' if key.descending else '>'} ?", value)
    if key.descending and key.nullable:
        yield found.also(f"{key.expression} is null")
