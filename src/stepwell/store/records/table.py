"""The table of a record type: which column holds what, and the statements that read and write its rows.

Every name is quoted; it was checked when it was made. A text that is compared without regard to case has a
second column with its folded form.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from stepwell.records.stored import fold
from stepwell.records.types import SYSTEM_FIELDS, Field, RecordType
from stepwell.store.columns import Column, Layout
from stepwell.store.tuples import Tuple
from stepwell.store.writes import Write

Row = dict[str, Any]
"""A record in stored form by the names of its fields, of several links their public ids."""

SYSTEM = tuple(SYSTEM_FIELDS)
_WANTED = "with wanted(first, second) as ({pairs})"


def quoted(name: str) -> str:
    """An identifier that was checked before, so that no word of SQL is in its way."""
    assert name.replace("_", "").isalnum() and name.isascii()
    return f'"{name}"'


class Table:
    """The table of one revision of a record type. It never changes: a change of the type gives another one."""

    def __init__(self, record_type: RecordType) -> None:
        self.type = record_type
        self.name = quoted(f"rec_{record_type.name}")
        self.fields = tuple(field for field in record_type.all_fields if field.type != "links")
        self.link_fields = tuple(field for field in record_type.all_fields if field.type == "links")
        self.mark = f"/* {record_type.number}.{record_type.revision} */"
        self.insert = Write("insert", self.layout)
        self.delete = Write("delete", self.layout)
        self._updates: dict[frozenset[str], Update] = {}

    @cached_property
    def layout(self) -> Layout:
        """Every column, in order: those of all records, the fields, their folded forms."""
        system = [Column(quoted(name), "text" if name.endswith("_by") else "integer") for name in SYSTEM]
        own = [
            Column(column(field), "integer" if field.is_stored_as_number else "text", True)
            for field in self.fields
        ]
        folded = [Column(folded_column(field), "text", True) for field in self.fields if field.is_folded]
        return Layout(self.name, 1, (*system, *own, *folded))

    @cached_property
    def selected(self) -> str:
        """The columns of a row, of the table ``t``; the mark keeps plans of other revisions apart."""
        names = [quoted(name) for name in SYSTEM] + [column(field) for field in self.fields]
        return self.mark + ", ".join(f"t.{name}" for name in names)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return (*SYSTEM, *(field.name for field in self.fields))

    @cached_property
    def by_ids(self) -> str:
        """The rows of many ids at once, in order."""
        return (
            f"{_WANTED} select {self.selected} from wanted cross join {self.name} t"
            " where t.id = wanted.first order by t.id"
        )

    def update(self, changed: Iterable[str]) -> "Update":
        """Writes these fields, and what says who changed the record and when."""
        key = frozenset(changed)
        found = self._updates.get(key)
        if found is None:
            names = ["revision", "changed_at", "changed_by"]
            fields = [field for field in self.fields if field.name in key]
            found = self._updates[key] = Update(self, names, fields)
        return found

    def row(self, found: Sequence[Any]) -> Row:
        """The row of a tuple of the selected columns."""
        row = dict(zip(self.names, found, strict=True))
        for field in self.link_fields:
            row[field.name] = ()
        return row

    def tuple(self, row: Row) -> Tuple:
        """A row as the layout has it."""
        folded = [folded_value(field, row[field.name]) for field in self.fields if field.is_folded]
        return (*(row[name] for name in self.names), *folded)


class Update:
    """A statement that writes some columns of rows, found by their ids."""

    def __init__(self, table: Table, system: Sequence[str], fields: Sequence[Field]) -> None:
        folded = [field for field in fields if field.is_folded]
        names = [*map(quoted, ("id", *system)), *map(column, fields), *map(folded_column, folded)]
        kinds = {item.name: item for item in table.layout.columns}
        layout = Layout(table.name, 1, tuple(kinds[name] for name in names))
        self.write = Write("update", layout, tuple(range(1, len(names))))
        self._names = ("id", *system, *(field.name for field in fields))
        self._folded = folded

    def tuple(self, row: Row) -> Tuple:
        """A row as the statement takes it."""
        folded = [folded_value(field, row[field.name]) for field in self._folded]
        return (*(row[name] for name in self._names), *folded)


def column(field: Field) -> str:
    """The column that holds a field."""
    return quoted(field.name if field.name in SYSTEM_FIELDS else f"usr_{field.name}")


def folded_column(field: Field) -> str:
    """The column that holds the folded form of a text."""
    return quoted(f"low_{field.name}")


def compared_column(field: Field) -> str:
    """The column in which a field is looked for and by which it is sorted."""
    return folded_column(field) if field.is_folded else column(field)


def folded_value(_field: Field, raw: Any) -> str | None:
    """What stands in the folded column beside a value."""
    return None if raw is None else fold(raw)
