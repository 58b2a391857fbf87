"""A record type as pages and programs see it."""

from typing import Any

from msgspec import Struct

from stepwell.identity.policies.record import Access, narrower
from stepwell.records import definition
from stepwell.records.binding import OPERATORS
from stepwell.records.types import SYSTEM_FIELDS, Field, RecordType
from stepwell.services.records.viewer import Viewer


class FieldView(Struct, frozen=True, kw_only=True):
    """A field as pages need it; ``operators`` are those that a filter may use. ``is_system``: every record has it."""

    name: str
    label: str
    type: str
    kind: str
    required: bool = False
    unique: bool = False
    indexed: bool = False
    default: Any = None
    length: int | None = None
    digits: int | None = None
    minimum: Any = None
    maximum: Any = None
    to: str = ""
    on_delete: str = ""
    formula: str = ""
    holds: str = ""
    is_system: bool = False
    is_read_only: bool = False
    operators: tuple[str, ...] = ()


class RecordTypeView(Struct, frozen=True, kw_only=True):
    """A record type, and what the person may do with its records. ``plural`` is what lists of them are called;
    ``definition`` is what an author writes.
    """

    name: str
    label: str
    plural: str
    kind: str
    title: str
    key: str
    owner: str
    owner_role: str
    revision: int
    fields: tuple[FieldView, ...]
    access: Access
    definition: dict[str, Any]


def view(viewer: Viewer, found: RecordType) -> RecordTypeView:
    """A type as the person sees it."""
    access = viewer.access(found.name)
    may = Access(
        access.see, access.add, narrower(access.see, access.change), narrower(access.see, access.delete)
    )
    fields = [_field(field, is_system=False) for field in found.all_fields]
    fields += [_field(field, is_system=True) for field in SYSTEM_FIELDS.values()]
    label = found.label or found.name.replace("_", " ").capitalize()
    return RecordTypeView(
        name=found.name, label=label, plural=found.plural or label, kind=found.kind,
        title=found.title_field, key=found.key_field, owner=found.owner, owner_role=found.owner_role,
        revision=found.revision,
        fields=tuple(fields), access=may, definition=definition.to_plain(found),
    )  # fmt: skip


def _field(field: Field, *, is_system: bool) -> FieldView:
    operators = tuple(sorted(OPERATORS[field.holds or field.kind]))
    is_fixed = is_system or field.type == "calculated"
    return FieldView(
        name=field.name, label=field.title, type=field.type, kind=field.kind, required=field.required,
        unique=field.unique, indexed=field.has_index, default=field.default,
        length=field.length if field.kind == "text" else None,
        digits=field.digits if field.kind in {"decimal", "money"} else None,
        minimum=field.minimum, maximum=field.maximum, to=field.to,
        on_delete=field.on_delete if field.type in {"link", "links"} else "", formula=field.formula,
        holds=field.holds, is_system=is_system, is_read_only=is_fixed, operators=operators,
    )  # fmt: skip
