"""Which records: conditions on fields, all or any of them, nested. Data that lists, steps and signals share.

In JSON a condition is ``{"field": "account.city", "op": "=", "value": "Oslo"}``, a group ``{"all": […]}`` or
``{"any": […]}``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol

from msgspec import Struct

from stepwell.errors import Invalid, Problem
from stepwell.records.naming import nearest, shown

Op = Literal[
    "=", "!=", "<", "<=", ">", ">=", "contains", "not contains", "starts with", "in", "not in", "between",
    "within", "is empty", "is not empty", "is me", "is my role",
]  # fmt: skip
OPS: tuple[Op, ...] = Op.__args__  # type: ignore[attr-defined]
WITHOUT_VALUE = frozenset({"is empty", "is not empty", "is me", "is my role"})
MOST_CONDITIONS = 100
DEEPEST = 10
LONGEST_PATH = 200


class Condition(Struct, frozen=True):
    """A field, of the record or along its links (``account.city``), compared with a value."""

    field: str
    op: Op
    value: Any = None


class Group(Struct, frozen=True):
    """All of its items have to hold, or any one of them. Without items, all hold and none holds."""

    kind: Literal["all", "any"]
    items: tuple["Filter", ...] = ()


Filter = Condition | Group


class Mark(Protocol):
    """An element of XML, as far as a filter needs it."""

    @property
    def tag(self) -> str: ...

    @property
    def attrib(self) -> Mapping[str, str]: ...

    def __iter__(self) -> Iterator["Mark"]: ...


def read(data: object) -> Filter:
    """The filter that plain data describes; raises ``Invalid`` (``filter.invalid``) with every problem."""
    reading = _Reading()
    found = reading.read(data, "filter", 0)
    return reading.finished(found)


def read_xml(element: Mark) -> Filter:
    """The filter inside an element: ``all``, ``any`` and ``condition field op value``; several mean all of them.

    Values are texts, which the fields know how to read. Raises ``Invalid`` as ``read`` does.
    """
    reading = _Reading()
    items = [reading.read(_of_xml(child, 0), f"filter[{place}]", 1) for place, child in enumerate(element)]
    only = items[0] if len(items) == 1 else Group("all", tuple(item for item in items if item is not None))
    return reading.finished(only)


def to_plain(found: Filter) -> dict[str, Any]:
    """The filter as JSON has it."""
    if isinstance(found, Group):
        return {found.kind: [to_plain(item) for item in found.items]}
    value = {} if found.op in WITHOUT_VALUE else {"value": found.value}
    return {"field": found.field, "op": found.op, **value}


def conditions(found: Filter) -> Iterator[Condition]:
    """Every condition, from the left."""
    if isinstance(found, Condition):
        yield found
    else:
        for item in found.items:
            yield from conditions(item)


def with_values(found: Filter, change: Callable[[Condition], Any]) -> Filter:
    """The same filter, with another value in each condition: that of an expression, for example."""
    if isinstance(found, Group):
        return Group(found.kind, tuple(with_values(item, change) for item in found.items))
    return Condition(found.field, found.op, change(found))


class _Reading:
    """One filter being read, and what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.count = 0

    def finished(self, found: Filter | None) -> Filter:
        if self.count > MOST_CONDITIONS:
            self.wrong("filter.too-large", "filter", f"Expected at most {MOST_CONDITIONS} conditions.")
        if self.problems or found is None:
            message = "Expected a filter that can be read, but it has problems."
            raise Invalid("filter.invalid", message, self.problems)
        return found

    def wrong(self, rule: str, where: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(rule, message, field=where, hint=hint))

    def read(self, data: object, where: str, depth: int) -> Filter | None:
        if depth > DEEPEST:
            self.wrong("filter.too-deep", where, f"Expected at most {DEEPEST} groups within each other.")
        elif not isinstance(data, Mapping):
            self.wrong("filter.shape", where, f"Expected a condition or a group, but found {shown(data)}.")
        elif len(data) == 1 and (kind := next(iter(data))) in {"all", "any"}:
            return self.group(kind, data[kind], (where, depth))
        else:
            return self.condition(data, where)
        return None

    def group(self, kind: Literal["all", "any"], items: object, place: tuple[str, int]) -> Filter | None:
        where, depth = f"{place[0]}.{kind}", place[1]
        if not isinstance(items, Sequence) or isinstance(items, str):
            self.wrong("filter.shape", where, f"Expected a list, but found {shown(items)}.")
            return None
        found = [self.read(item, f"{where}[{number}]", depth + 1) for number, item in enumerate(items)]
        return Group(kind, tuple(item for item in found if item is not None))

    def condition(self, data: Mapping[Any, Any], where: str) -> Filter | None:
        self.count += 1
        field, op = data.get("field"), data.get("op", "=")
        before = len(self.problems)
        for name in data:
            if name not in {"field", "op", "value"}:
                hint = nearest(str(name), ("field", "op", "value", "all", "any"))
                self.wrong(
                    "filter.shape", where, f"Expected field, op and value, but found {shown(name)}.", hint
                )
        if not isinstance(field, str) or not 0 < len(field) <= LONGEST_PATH:
            self.wrong(
                "filter.field", f"{where}.field", f"Expected the name of a field, but found {shown(field)}."
            )
        if op not in OPS:
            message = f"Expected an operator such as {', '.join(OPS[:6])}, but found {shown(op)}."
            self.wrong("filter.operator", f"{where}.op", message, nearest(str(op), OPS))
        if len(self.problems) > before:
            return None
        return Condition(str(field), op, data.get("value"))


def _of_xml(element: Mark, depth: int) -> object:
    """An element as the plain data that it means."""
    name = str(element.tag).rpartition("}")[2]
    if name in {"all", "any"} and depth <= DEEPEST:
        return {name: [_of_xml(child, depth + 1) for child in element]}
    return dict(element.attrib) if name == "condition" else f"<{name}>"
