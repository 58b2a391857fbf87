"""From a filter as it was written to one that can be carried out: fields, values, periods, persons."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from stepwell.errors import Invalid, Problem
from stepwell.records.asking import Asking
from stepwell.records.bound import NEVER, Bound, Either, Every, Hop, Not, Test
from stepwell.records.comparing import NoSuchValueError, days_or_hours, number_bound, span_of, text_values
from stepwell.records.filters import WITHOUT_VALUE, Condition, Filter, Group
from stepwell.records.naming import nearest, shown
from stepwell.records.periods import EXAMPLES, Days, Hours, period
from stepwell.records.stored import Raw
from stepwell.records.types import MOMENTS, NUMBERS, SYSTEM_FIELDS, Field, RecordType, Types
from stepwell.records.values import LONGEST_TEXT, UnfitError, coerce

MOST_HOPS = 4
MOST_VALUES = 500
LATER: Any = object()
"""Stands for a value that only a run of the process knows; it fits wherever a value does."""

_EMPTY = frozenset({"is empty", "is not empty"})
_EQUAL = frozenset({"=", "!="})
_LISTED = _EQUAL | {"in", "not in"} | _EMPTY
_ORDERED = _LISTED | {"<", "<=", ">", ">=", "between"}
OPERATORS: Mapping[str, frozenset[str]] = {
    "text": _ORDERED | {"contains", "not contains", "starts with"},
    "long_text": _ORDERED | {"contains", "not contains", "starts with"},
    "person": _LISTED | {"is me"},
    "role": _LISTED | {"is my role"},
    "integer": _ORDERED,
    "decimal": _ORDERED,
    "money": _ORDERED,
    "date": _ORDERED | {"within"},
    "date_time": _ORDERED | {"within"},
    "time": _ORDERED,
    "yes_no": _EQUAL,
    "lookup": _LISTED,
    "link": _LISTED,
    "links": frozenset({"contains", "not contains", "in", "not in"}) | _EMPTY,
    "file": _EMPTY,
}
"""Which operators a field of each kind has."""


def bind(found: Filter, record_type: RecordType, types: Types, asking: Asking) -> Bound:
    """The filter for records of a type; ``types`` are those that may be seen.

    Raises ``Invalid`` (``filter.invalid``) with every problem: an unknown field, an operator the field does
    not have, a value that is missing or of another kind.
    """
    binder = _Binder(record_type, types, asking)
    bound = binder.bind(found)
    if binder.problems:
        message = f"Expected a filter for records of '{record_type.name}', but it has problems."
        raise Invalid("filter.invalid", message, binder.problems)
    return bound


def check(found: Filter, record_type: RecordType, types: Types, asking: Asking) -> Sequence[Problem]:
    """What is wrong with a filter; values may be ``LATER``."""
    binder = _Binder(record_type, types, asking)
    binder.bind(found)
    return binder.problems


def resolve(path: str, record_type: RecordType, types: Types) -> tuple[tuple[Hop, ...], Field] | Problem:
    """The links that a path follows and the field at its end, or what is wrong with it."""
    *links, last = path.split(".")
    hops: list[Hop] = []
    if len(links) > MOST_HOPS:
        return Problem("filter.path", f"Expected at most {MOST_HOPS} links in {shown(path)}.", field=path)
    for name in links:
        field = record_type.field(name)
        if field is None or field.type not in {"link", "lookup"} or field.to not in types:
            return _unknown(path, name, record_type, "a link")
        hops.append(Hop(field, field.to))
        record_type = types[field.to]
    field = record_type.field(last)
    return (tuple(hops), field) if field else _unknown(path, last, record_type, "a field")


def _unknown(path: str, name: str, record_type: RecordType, what: str) -> Problem:
    hint = nearest(name, [field.name for field in record_type.all_fields])
    message = f"Expected {what} of '{record_type.name}', but found {shown(name)}."
    return Problem("field.unknown", message, field=path, hint=hint)


class _Binder:
    """One filter on its way, and what is wrong with it."""

    def __init__(self, record_type: RecordType, types: Types, asking: Asking) -> None:
        self.record_type = record_type
        self.types = types
        self.asking = asking
        self.problems: list[Problem] = []

    def bind(self, found: Filter) -> Bound:
        if isinstance(found, Group):
            items = tuple(self.bind(item) for item in found.items)
            return Every(items) if found.kind == "all" else Either(items)
        resolved = resolve(found.field, self.record_type, self.types)
        if isinstance(resolved, Problem):
            self.problems.append(resolved)
            return NEVER
        try:
            return self.condition(found, *resolved)
        except UnfitError as unfit:
            message = (
                f"Expected {found.field} {found.op} with {unfit.expected}, but found {shown(found.value)}."
            )
            self.problems.append(Problem(unfit.rule, message, field=found.field))
            return NEVER

    def condition(self, found: Condition, hops: tuple[Hop, ...], field: Field) -> Bound:
        known = OPERATORS[field.holds or field.kind]
        if found.op not in known:
            message = f"Expected {found.field} with one of {', '.join(sorted(known))}, but found {found.op}."
            self.problems.append(Problem("filter.operator", message, field=found.field))
            return NEVER
        if found.op not in WITHOUT_VALUE and found.value is LATER:
            return NEVER
        if field is SYSTEM_FIELDS["id"]:
            type_name = hops[-1].to if hops else self.record_type.name
            found = Condition(found.field, found.op, _numbers(found.value, f"{type_name}/"))
        return _Condition(found, hops, field, self.asking).bound()


def _numbers(given: object, prefix: str) -> object:
    """The numbers of records that are named by their public ids, such as ``contact/17``."""
    if isinstance(given, str):
        return ",".join(part.strip().removeprefix(prefix) for part in given.split(","))
    return [_numbers(item, prefix) for item in given] if isinstance(given, list | tuple) else given


class _Condition:
    """One condition whose field is known."""

    def __init__(self, found: Condition, hops: tuple[Hop, ...], field: Field, asking: Asking) -> None:
        self.op, self.given, self.asking, self.field, self.hops = found.op, found.value, asking, field, hops

    def bound(self) -> Bound:
        return _BOUND.get(self.op, _Condition.compared)(self)

    def test(self, op: Any, *values: Raw) -> Test:
        return Test(self.hops, self.field, op, values)

    def span(self, start: Raw, end: Raw) -> Bound:
        return Every((self.test(">=", start), self.test("<", end)))

    def is_empty(self) -> Bound:
        empty = self.test("empty")
        return empty if self.op == "is empty" else Not(empty)

    def is_mine(self) -> Bound:
        names = [self.asking.person] if self.op == "is me" else sorted(self.asking.roles)
        values = [name for name in names if name]
        return self.test("in", *values) if values else NEVER

    def listed(self) -> Bound:
        """``in``, ``not in``, and for several links ``contains``."""
        given = self.given
        if isinstance(given, str):
            given = [part.strip() for part in given.split(",")] if self.op.endswith("in") else [given]
        if not isinstance(given, Sequence) or len(given) > MOST_VALUES:
            raise UnfitError("value.type", f"a list of at most {MOST_VALUES} values")
        values: set[Raw] = set()
        for item in given:
            values |= set(self.raw_values(item))
        if not values:
            return NEVER if not self.op.startswith("not") else Every()
        found = self.test("has" if self.field.type == "links" else "in", *sorted(values))  # type: ignore[type-var]
        return Not(found) if self.op.startswith("not") else found

    def raw_values(self, item: object) -> Sequence[Raw]:
        if item is None or item == "":
            raise UnfitError("value.missing", "a value")
        if self.field.type == "links":
            found = coerce(self.field, item if isinstance(item, str) else [item])
            assert isinstance(found, tuple)
            return found
        if self.field.kind in NUMBERS:
            return self.number_values(item)
        return text_values(self.field, self.value(item))

    def number_values(self, item: object) -> Sequence[Raw]:
        """The number; nothing for one that no field of this kind can have."""
        try:
            return number_bound(self.field, item, "=")[1]
        except NoSuchValueError:
            return ()

    def value(self, item: object) -> object:
        """The value as the field has it; its own limits do not matter for what is only looked for."""
        loose = Field(name=self.field.name, type=self.field.kind, length=LONGEST_TEXT, to=self.field.to)
        found = coerce(loose, item, self.asking.zone)
        if found is None:
            raise UnfitError("value.missing", "a value")
        return found

    def part(self) -> Bound:
        """``contains`` and ``starts with``."""
        if self.field.type == "links":
            return self.listed()
        if not isinstance(self.given, str) or not self.given:
            raise UnfitError("value.missing" if not self.given else "value.type", "some text")
        [raw] = text_values(self.field, self.value(self.given) if self.given.strip() else self.given)
        found = self.test("starts" if self.op == "starts with" else "contains", raw)
        return Not(found) if self.op.startswith("not") else found

    def between(self) -> Bound:
        given = self.given.split(",") if isinstance(self.given, str) else self.given
        if not isinstance(given, Sequence) or len(given) != 2:
            raise UnfitError("value.type", "two values")
        low, high = given
        at = Condition(self.field.name, ">=", low), Condition(self.field.name, "<=", high)
        return Every(tuple(_Condition(one, self.hops, self.field, self.asking).bound() for one in at))

    def within(self) -> Bound:
        found = period(self.given, self.asking) if isinstance(self.given, str) else None
        if found is None:
            raise UnfitError("filter.period", f"a period such as {EXAMPLES}")
        if isinstance(found, Hours) and self.field.kind == "date":
            raise UnfitError("filter.period", "a period of days for a date")
        return self.span(*days_or_hours(self.field, found, self.asking))

    def compared(self) -> Bound:
        if self.given is None or self.given == "":
            raise UnfitError("value.missing", "a value")
        if self.field.kind in MOMENTS:
            span = span_of(self.field, self.given, self.asking)
            if span is not None:
                return self.against(span)
        if self.field.kind in NUMBERS:
            return self.number()
        [raw] = text_values(self.field, self.value(self.given))
        return self.test(self.op, raw)

    def number(self) -> Bound:
        try:
            op, values = number_bound(self.field, self.given, self.op)
        except NoSuchValueError:
            return NEVER if self.op == "=" else Every()
        return self.test(op, *values)

    def against(self, days: Days) -> Bound:
        """A moment compared with a whole day."""
        start, end = days_or_hours(self.field, days, self.asking)
        if self.op in {"<", ">="}:
            return self.test(self.op, start)
        if self.op in {"<=", ">"}:
            return self.test("<" if self.op == "<=" else ">=", end)
        if self.op == "=":
            return self.span(start, end)
        return Either((self.test("empty"), self.test("<", start), self.test(">=", end)))


_BOUND: dict[str, Callable[[_Condition], Bound]] = {
    "is empty": _Condition.is_empty,
    "is not empty": _Condition.is_empty,
    "is me": _Condition.is_mine,
    "is my role": _Condition.is_mine,
    "in": _Condition.listed,
    "not in": _Condition.listed,
    "contains": _Condition.part,
    "not contains": _Condition.part,
    "starts with": _Condition.part,
    "between": _Condition.between,
    "within": _Condition.within,
}
