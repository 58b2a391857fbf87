"""What steps and events do with records, as their author wrote it: declared once for the reader, the checks and the docs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from stepwell.engine.definition import Text
from stepwell.engine.work import Part, many, said, special, value_or_content

READ, ADD, CHANGE, DELETE = TYPES = ("records.read", "records.add", "records.change", "records.delete")
"""The job types of data steps."""

MEASURES = {"sum": "sum", "average": "average", "min": "minimum", "max": "maximum"}
SELECTED = "selected"
"""What an expression calls the record of the selection that it is evaluated for."""


@dataclass(frozen=True, slots=True)
class RecordValue(Part):
    """What a field becomes; without a value it becomes empty."""

    element: ClassVar[str] = "value"
    field: str = said("field", doc="The field of the record type.")
    value: Text | None = value_or_content(
        "value",
        "A constant, or FEEL; `selected` is the record that is changed or that a new one is made from.",
    )

    @property
    def is_of_each(self) -> bool:
        """Whether it depends on the record of the selection."""
        expression = self.value.expression if self.value is not None else None
        return expression is not None and SELECTED in expression.names


@dataclass(frozen=True, slots=True)
class Records(Part):
    """Which records a data step (a service task of the type `records.read`, `records.add`, `records.change` or
    `records.delete`) reads, adds, changes or deletes.
    """

    element: ClassVar[str] = "records"
    record_type: str = said("recordType", doc="The record type.")
    mode: str = said(
        "mode", default="first", doc="What is read: a record, several, how many, or a measure of the field."
    )
    field: str = said("field", default="", doc="The field of which the sum, average, min or max is taken.")
    sort: tuple[str, ...] = said(
        "sort", "names", default=(), doc="Fields; with `-` in front the largest comes first."
    )
    limit: int | None = said(
        "limit", "integer", default=None, doc="How many of a list are read, from 1 to 1000."
    )
    source: str = said(
        "from",
        default="",
        doc="Of `records.add`: the record type of the selection, one new record for each of it.",
    )
    at_most: int | None = said(
        "atMost",
        "integer",
        default=None,
        doc="With more records than this nothing is touched and it is an incident.",
    )
    all_or_nothing: bool = said(
        "allOrNothing",
        "boolean",
        default=False,
        doc="Whether it is an incident, with nothing touched, when there are more records than one transaction takes.",
    )
    values: tuple[RecordValue, ...] = many(RecordValue)
    filter: dict[str, Any] | None = special("filter", "Which records; without it all of them are read.")

    @property
    def is_of_each(self) -> bool:
        """Whether a value depends on the record of the selection."""
        return any(value.is_of_each for value in self.values)

    @property
    def selected_type(self) -> str:
        """The record type to which the filter belongs."""
        return self.source or self.record_type


@dataclass(frozen=True, slots=True)
class RecordSignal(Part):
    """On a signal event: it comes when a record is added, changed or deleted. The variables `record` (its id, such as
    `contact/17`) and `change` tell of it.
    """

    element: ClassVar[str] = "recordSignal"
    record_type: str = said("recordType", doc="The record type.")
    on: tuple[str, ...] = said("on", "names", doc="One or more of added, changed and deleted.")
    fields: tuple[str, ...] = said(
        "fields",
        "names",
        default=(),
        doc="Of changes only those of one of these fields count; all if not said.",
    )
    record: Text | None = said(
        "record",
        "value",
        default=None,
        doc="The id of the one record that is waited for; not on a start event.",
    )
    filter: dict[str, Any] | None = special(
        "filter",
        "What the record has to meet when the signal arrives; of one that is gone only the id is known.",
    )


def conditions(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every condition of a filter as it was written, from the left."""
    groups = [items for kind, items in found.items() if kind in ("all", "any")]
    if not groups:
        yield found
    for items in groups:
        for item in items:
            yield from conditions(item)


def has_empty_group(found: dict[str, Any]) -> bool:
    """Whether a group without a condition is anywhere in a filter: an empty ``all`` would mean everything."""
    for kind in ("all", "any"):
        if kind in found:
            return not found[kind] or any(map(has_empty_group, found[kind]))
    return False
