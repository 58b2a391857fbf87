"""A filter ready to be carried out: fields found, values in stored form, nothing relative left.

SQL is made from it and memory evaluates it, so that both say the same. Two-valued: an empty field is not
equal to anything, and unequal to everything.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from msgspec import Struct

from stepwell.records.stored import Raw, fold
from stepwell.records.types import Field

TestOp = Literal["=", "!=", "<", "<=", ">", ">=", "contains", "starts", "in", "empty", "has"]


class Hop(Struct, frozen=True):
    """A link or lookup that a path follows, and the record type it leads to."""

    field: Field
    to: str


class Test(Struct, frozen=True):
    """A field, behind links, and what it is compared with. ``has``: several links lead to one of the values."""

    hops: tuple[Hop, ...]
    field: Field
    op: TestOp
    values: tuple[Raw, ...] = ()


class Not(Struct, frozen=True):
    """The item does not hold."""

    item: Test


class Every(Struct, frozen=True):
    """All items hold."""

    items: tuple["Bound", ...] = ()


class Either(Struct, frozen=True):
    """At least one item holds."""

    items: tuple["Bound", ...] = ()


Bound = Test | Not | Every | Either
ALWAYS, NEVER = Every(), Either()
RawRecord = Mapping[str, Any]
Linked = Callable[[str, Raw], RawRecord | None]
"""Gives the record of a type by its id (a lookup by its code), None if it is not there or not to be seen."""


def nobody_linked(_type: str, _id: Raw) -> RawRecord | None:
    """For filters that follow no link."""
    return None


def matches(found: Bound, record: RawRecord, linked: Linked = nobody_linked) -> bool:
    """Whether a record meets the filter; it holds stored forms by field, of several links their ids."""
    if isinstance(found, Every):
        return all(matches(item, record, linked) for item in found.items)
    if isinstance(found, Either):
        return any(matches(item, record, linked) for item in found.items)
    if isinstance(found, Not):
        return not matches(found.item, record, linked)
    for hop in found.hops:
        id = record.get(hop.field.name)
        followed = None if id is None else linked(hop.to, id)
        if followed is None:
            return found.op in {"empty", "!="}
        record = followed
    return _holds(found, record.get(found.field.name))


def _holds(test: Test, raw: Any) -> bool:
    if test.field.type == "links":
        return not raw if test.op == "empty" else not set(test.values).isdisjoint(raw or ())
    if raw is None:
        return test.op in {"empty", "!="}
    value = fold(raw) if test.field.is_folded else raw
    return _COMPARE[test.op](value, test.values)


_COMPARE: dict[str, Callable[[Any, tuple[Any, ...]], bool]] = {
    "=": lambda value, given: bool(value == given[0]),
    "!=": lambda value, given: bool(value != given[0]),
    "<": lambda value, given: bool(value < given[0]),
    "<=": lambda value, given: bool(value <= given[0]),
    ">": lambda value, given: bool(value > given[0]),
    ">=": lambda value, given: bool(value >= given[0]),
    "contains": lambda value, given: given[0] in value,
    "starts": lambda value, given: bool(value.startswith(given[0])),
    "in": lambda value, given: value in given,
    "empty": lambda _value, _given: False,
}
