"""What a record type is: its fields, and what all records have."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct

Kind = Literal[
    "text", "long_text", "integer", "decimal", "money", "yes_no", "date", "time", "date_time",
    "lookup", "link", "links", "file", "calculated",
]  # fmt: skip
OnDelete = Literal["refuse", "clear", "delete"]
Holds = Literal["", "person", "role"]

TEXTS = frozenset({"text", "long_text"})
NUMBERS = frozenset({"integer", "decimal", "money"})
EXACT = frozenset({"decimal", "money"})
MOMENTS = frozenset({"date", "date_time"})
RESULTS = frozenset({"text", "integer", "decimal", "money", "yes_no", "date", "time", "date_time"})
"""What a calculated field may give."""


class Field(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known about each record of a type.

    ``length``: the most characters of a text. ``digits``: those after the point of a decimal or an amount
    of money. ``to``: the record type that a lookup or link leads to (of ``links`` empty for any).
    ``on_delete``: what becomes of the link when the record it leads to is deleted. ``formula``: the FEEL
    text of a calculated field, which gives a ``result`` of that kind. ``holds``: the text names a person or
    a role.
    """

    name: str
    type: Kind
    label: str = ""
    required: bool = False
    unique: bool = False
    indexed: bool = False
    default: Any = None
    length: int = 250
    digits: int = 2
    minimum: Any = None
    maximum: Any = None
    to: str = ""
    on_delete: OnDelete = "refuse"
    formula: str = ""
    result: Kind = "text"
    holds: Holds = ""
    number: int = 0

    @property
    def kind(self) -> Kind:
        """The kind of its values: of a calculated field that of its result."""
        return self.result if self.type == "calculated" else self.type

    @property
    def title(self) -> str:
        """How people read it."""
        return self.label or self.name.replace("_", " ").capitalize()

    @property
    def is_stored_as_number(self) -> bool:
        return self.kind in {"integer", "decimal", "money", "yes_no", "date_time", "link"}

    @property
    def has_index(self) -> bool:
        """Whether records are found by it at once; where links come from has to be found when records go."""
        return self.indexed or self.unique or self.type in {"lookup", "link"}

    @property
    def is_folded(self) -> bool:
        """Whether it is compared without regard to case, by a second column."""
        return self.kind in TEXTS and not self.holds


class RecordType(Struct, frozen=True, kw_only=True, omit_defaults=True, dict=True):
    """A kind of thing. ``number`` and ``revision`` are the catalogue's: which one, and how often it changed.

    ``plural`` is what lists of it are called, ``title`` the field by which people know a record, ``key`` the unique
    field by which files name one, ``owner`` the field that holds the person to whom a record belongs beside the one
    who made it, ``owner_role`` the field that holds a role to whose members it belongs as well.
    """

    name: str
    label: str = ""
    plural: str = ""
    kind: Literal["records", "lookup"] = "records"
    fields: tuple[Field, ...] = ()
    title: str = ""
    key: str = ""
    owner: str = ""
    owner_role: str = ""
    number: int = 0
    revision: int = 0

    @cached_property
    def all_fields(self) -> tuple[Field, ...]:
        """The fields in order; a lookup begins with those that every lookup has."""
        return LOOKUP_FIELDS + self.fields if self.kind == "lookup" else self.fields

    @property
    def title_field(self) -> str:
        """The field by which people know a record; empty if there is none that could be it."""
        if self.kind == "lookup":
            return "label"
        return self.title or next((field.name for field in self.fields if field.kind == "text"), "")

    @property
    def key_field(self) -> str:
        """The unique field by which files name a record; empty: its id."""
        return "code" if self.kind == "lookup" else self.key

    def field(self, name: str) -> Field | None:
        """A field by its name, also one that all records have."""
        return self._by_name.get(name) or SYSTEM_FIELDS.get(name)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.all_fields}

    def linking(self) -> Iterator[Field]:
        """The fields that lead to other records."""
        return (field for field in self.all_fields if field.type in {"lookup", "link", "links"})


Types = Mapping[str, RecordType]

LOOKUP_FIELDS = (
    Field(name="code", type="text", required=True, unique=True, length=60),
    Field(name="label", type="text", required=True, length=250),
    Field(name="order", type="integer", default=0),
    Field(name="active", type="yes_no", default=True),
)
SYSTEM_FIELDS = {
    field.name: field
    for field in (
        Field(name="id", type="integer", label="Id"),
        Field(name="revision", type="integer"),
        Field(name="created_at", type="date_time"),
        Field(name="created_by", type="text", holds="person"),
        Field(name="changed_at", type="date_time"),
        Field(name="changed_by", type="text", holds="person"),
    )
}
"""What all records have; nobody can give a field of these names."""
