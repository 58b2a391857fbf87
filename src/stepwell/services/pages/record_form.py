"""The page of a record type, made of its fields."""

from stepwell.forms.describe import FieldShown, RecordForm
from stepwell.records.types import Field, RecordType

HOLDERS = {"person": "User", "role": "Role"}
"""What is chosen for a text that names a person or a role."""


def form_of(record_type: RecordType) -> RecordForm:
    """All fields of the type, in order, but for links to records of any type: no list could offer these."""
    fields = tuple(shown(field) for field in record_type.all_fields if field.type != "links" or field.to)
    return RecordForm(record_type.name, record_type.label or record_type.name, fields)


def shown(field: Field) -> FieldShown:
    """One field as a page shows it."""
    return FieldShown(
        name=field.name,
        kind="lookup" if field.holds else field.type,
        label=field.title,
        required=field.required,
        record_type=HOLDERS.get(field.holds, field.to),
        longest=field.length if field.type == "text" else None,
        digits=field.digits,
    )
