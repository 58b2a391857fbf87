"""The page of a record type, made of its fields."""

from datetime import UTC, datetime

from msgspec.structs import replace

from stepwell.forms.describe import FieldShown, RecordForm
from stepwell.records.asking import Asking
from stepwell.records.filling import default_of, is_of_moment, writable
from stepwell.records.types import Field, RecordType
from stepwell.records.values import to_feel

HOLDERS = {"person": "User", "role": "Role"}
"""What is chosen for a text that names a person or a role."""
NOBODY = Asking(datetime(1970, 1, 1, tzinfo=UTC))
"""Who asks for a default that is the same for everybody at any time."""


def form_of(record_type: RecordType) -> RecordForm:
    """All fields of the type, in order, but for links to records of any type: no list could offer these."""
    fields = tuple(shown(field) for field in record_type.all_fields if field.type != "links" or field.to)
    return RecordForm(record_type.name, record_type.label or record_type.name, fields)


def new_form_of(record_type: RecordType) -> RecordForm:
    """The same for a new record, with the defaults of its fields. What depends on when and by whom it is made is empty
    and need not be filled in: the save does.
    """
    form = form_of(record_type)
    names = {field.name for field in writable(record_type) if is_of_moment(field)}
    fields = tuple(replace(one, required=False) if one.name in names else one for one in form.fields)
    begun = {
        field.name: to_feel(field, default_of(field, NOBODY))
        for field in writable(record_type)
        if field.default is not None and field.name not in names
    }
    return replace(form, fields=fields, begun=begun)


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
