"""The page of a record (K2): a new one with default values, or one that is there."""

from msgspec import Struct

from stepwell.forms.describe import RecordForm, record_schema
from stepwell.forms.kinds.made import Made, button


class RecordPage(Struct, frozen=True):
    """The form of the record type with the values of the record, or with the defaults of a new one.

    ``outcome_field`` is the lookup field whose value after the save steers the flows.
    """

    form: RecordForm
    values: dict[str, object] = {}
    outcome_field: str = ""


def record_page(record: RecordPage) -> Made:
    """The fields of the record type in their sections, with Save."""
    known = {field.name for field in record.form.fields}
    schema = {**record_schema(record.form), "buttons": [button("save", "Save")]}
    values = {name: value for name, value in record.values.items() if name in known}
    return Made(schema, values, outcome=record.outcome_field)
