"""Fields described without a page: those of a record type, or the parameters of an auto-generated page.

What the records room knows of a field is handed over as a ``FieldShown``, so that neither room needs the other.
"""

from collections.abc import Iterable
from typing import Any, Final, Literal

from msgspec import Struct

Kind = Literal[
    "text", "long_text", "integer", "decimal", "money", "yes_no", "date", "time", "date_time", "lookup", "link",
    "links", "file", "calculated", "note", "block",
]  # fmt: skip
KINDS: Final[tuple[str, ...]] = Kind.__args__  # type: ignore[attr-defined]


class FieldShown(Struct, frozen=True):
    """A field on a page. ``record_type``: whose records may be chosen in a lookup or link, under ``condition``.

    The kinds are those of the fields of record types (D1) and two more: a ``note`` is a text without a value, a
    ``block`` the heading of the fields behind it.
    """

    name: str
    kind: Kind = "text"
    label: str = ""
    required: bool = False
    readonly: bool = False
    record_type: str = ""
    condition: object = None
    longest: int | None = None
    digits: int | None = None


class Section(Struct, frozen=True):
    """Fields under a common title."""

    title: str
    fields: tuple[str, ...]


class RecordForm(Struct, frozen=True):
    """The page of a record type: its fields, and how they are arranged if that is said. ``begun`` are the values that a
    new record begins with.
    """

    record_type: str
    label: str
    fields: tuple[FieldShown, ...]
    sections: tuple[Section, ...] = ()
    arranged: Literal["", "tabs", "steps"] = ""
    begun: dict[str, object] = {}


def literal(text: str) -> str:
    """A text that the renderer shows as it is: what looks like FEEL or a template becomes a FEEL string."""
    if not text.lstrip().startswith("=") and "{{" not in text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'="{escaped}"'


def component(field: FieldShown) -> dict[str, Any]:
    """The component that shows the field."""
    if field.kind == "note":
        return {"type": "text", "text": literal(field.label)}
    found: dict[str, Any] = {
        "key": field.name,
        "label": literal(field.label or field.name),
        **_BY_KIND[field.kind],
    }
    if field.record_type:
        found |= {"recordType": field.record_type, "multiple": field.kind == "links"}
        found |= {"filter": field.condition} if field.condition is not None else {}
    if field.kind in ("decimal", "money") and field.digits is not None:
        found["decimalDigits"] = field.digits
    rules: dict[str, Any] = {"required": True} if field.required else {}
    if field.longest is not None and field.kind in ("text", "long_text"):
        rules["maxLength"] = field.longest
    readonly = {"readonly": True} if field.readonly or field.kind == "calculated" else {}
    return found | readonly | ({"validate": rules} if rules else {})


_BY_KIND: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": "textfield"},
    "long_text": {"type": "textarea"},
    "integer": {"type": "number", "decimalDigits": 0},
    "decimal": {"type": "number", "serializeToString": True},
    "money": {"type": "number", "serializeToString": True, "decimalDigits": 2},
    "yes_no": {"type": "checkbox"},
    "date": {"type": "datetime", "subtype": "date"},
    "time": {"type": "datetime", "subtype": "time", "timeSerializingFormat": "no_timezone"},
    "date_time": {"type": "datetime", "subtype": "datetime", "timeSerializingFormat": "utc_offset"},
    "lookup": {"type": "lookup"},
    "link": {"type": "lookup"},
    "links": {"type": "lookup"},
    "file": {"type": "filepicker", "multiple": True},
    "calculated": {"type": "textfield"},
}


def components(fields: Iterable[FieldShown]) -> list[dict[str, Any]]:
    """The components of the fields; those behind a block stand in a group."""
    found: list[dict[str, Any]] = []
    into = found
    for field in fields:
        if field.kind == "block":
            into = []
            found.append(
                {
                    "type": "group",
                    "id": f"block_{field.name}",
                    "label": literal(field.label),
                    "components": into,
                }
            )
        else:
            into.append(component(field))
    return found


def record_schema(form: RecordForm) -> dict[str, Any]:
    """The components of a record's page and its layout, still without buttons; fields in no section come first."""
    named = {name for section in form.sections for name in section.fields}
    by_name = {field.name: field for field in form.fields}
    groups = [
        {
            "type": "group",
            "id": f"section_{number}",
            "label": literal(section.title),
            "components": components(by_name[name] for name in section.fields if name in by_name),
        }
        for number, section in enumerate(form.sections, 1)
    ]
    loose = components(field for field in form.fields if field.name not in named)
    schema: dict[str, Any] = {"type": "default", "components": [*loose, *groups]}
    if form.arranged and groups:
        parts = [
            {"title": section.title, "groups": [group["id"]]}
            for section, group in zip(form.sections, groups, strict=True)
        ]
        schema["layout"] = {form.arranged: parts}
    return schema
