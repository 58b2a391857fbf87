"""A record type as its author writes it: plain data in, a record type out, or everything that is wrong."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import msgspec
from msgspec import Struct

from stepwell.errors import Invalid, Problem
from stepwell.records.field_rules import field_problems
from stepwell.records.naming import LONGEST_LABEL, LONGEST_NAME, is_clean, is_name, nearest, shown
from stepwell.records.types import (
    LOOKUP_FIELDS,
    SYSTEM_FIELDS,
    Field,
    Holds,
    Kind,
    OnDelete,
    RecordType,
    Types,
)

MOST_FIELDS = 200
_CHOICES = {
    "type": get_args(Kind),
    "on_delete": get_args(OnDelete),
    "holds": get_args(Holds),
    "result": get_args(Kind),
}
_FIELD = {
    "name": str, "type": str, "label": str, "to": str, "on_delete": str, "formula": str, "result": str, "holds": str,
    "was": str, "required": bool, "unique": bool, "indexed": bool, "length": int, "digits": int,
    "default": object, "minimum": object, "maximum": object,
}  # fmt: skip
_TYPE = {
    "name": str, "label": str, "plural": str, "kind": str, "fields": list, "title": str, "key": str, "owner": str,
    "owner_role": str,
}  # fmt: skip
_HOLDING = {"owner": "person", "owner_role": "role"}
_WORDS = {str: "a text", bool: "true or false", int: "a whole number", list: "a list"}


class Read(Struct, frozen=True):
    """What was written: the type, and the former name of each field that was renamed."""

    record_type: RecordType
    renamed: dict[str, str]


def read(data: Mapping[str, Any], types: Types) -> Read:
    """The record type that plain data describes; ``types`` are those that there are.

    Raises ``Invalid`` (``record-type.invalid``) with every problem. A formula is only text here.
    """
    problems = [*_shape("", data, _TYPE)]
    fields = _fields(data.get("fields"), problems)
    kind = data.get("kind", "records")
    if kind not in ("records", "lookup"):  # a list may come, which no set can look for
        problems.append(
            _wrong("record-type.kind", "kind", f"Expected kind records or lookup, but found {shown(kind)}.")
        )
    if not problems:
        found = RecordType(
            name=data.get("name", ""), label=data.get("label", ""), kind=kind, fields=tuple(fields),
            title=data.get("title", ""), key=data.get("key", ""), owner=data.get("owner", ""),
            owner_role=data.get("owner_role", ""), plural=data.get("plural", ""),
        )  # fmt: skip
        problems += _type_problems(found, {**types, found.name: found})
    if problems:
        name = shown(data.get("name", ""))
        raise Invalid("record-type.invalid", f"Expected a record type, but {name} has problems.", problems)
    written = data.get("fields") or []
    return Read(found, {item["name"]: item["was"] for item in written if item.get("was")})


def to_plain(record_type: RecordType) -> dict[str, Any]:
    """A record type as an author writes it; what is as always is left out."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record_type))
    plain.pop("number", None)
    plain.pop("revision", None)
    for field in plain.get("fields", ()):
        field.pop("number", None)
    return plain


def _fields(given: Any, problems: list[Problem]) -> list[Field]:
    found = []
    for place, item in enumerate(given if isinstance(given, list) else []):
        where = f"fields[{place}]"
        if not isinstance(item, Mapping):
            problems.append(_wrong("field.invalid", where, f"Expected a field, but found {shown(item)}."))
            continue
        wrong = [
            *_shape(f"{where}.", item, _FIELD),
            *_choices(where, item),
            *_name(f"{where}.name", item.get("name")),
        ]
        problems += wrong
        if not wrong:
            found.append(Field(**{key: value for key, value in item.items() if key != "was"}))
    return found


def _shape(where: str, given: Mapping[str, Any], known: Mapping[str, type]) -> Iterator[Problem]:
    """What has no place there, or another type than it should."""
    for key, value in given.items():
        kind = known.get(key)
        if kind is None:
            message = f"Expected {where or 'a record type '}with what it can have, but found {shown(key)}."
            yield Problem(
                "definition.unknown", message, field=f"{where}{str(key)[:60]}", hint=nearest(str(key), known)
            )
        elif kind is not object and type(value) is not kind:
            message = f"Expected {where}{key} to be {_WORDS[kind]}, but found {shown(value)}."
            yield _wrong("definition.type", f"{where}{key}", message)
        elif isinstance(value, str) and not is_clean(value):
            yield _wrong("text.nul", f"{where}{key}", f"Expected {where}{key} without the character NUL.")


def _choices(where: str, item: Mapping[str, Any]) -> Iterator[Problem]:
    for key, choices in _CHOICES.items():
        value = item.get(key, "" if key != "type" else None)
        if value not in choices and (value or key == "type"):
            message = (
                f"Expected {key} to be one of {', '.join(filter(None, choices))}, but found {shown(value)}."
            )
            hint = nearest(str(value), choices)
            yield Problem("definition.choice", message, field=f"{where}.{key}", hint=hint)


def _name(where: str, name: Any) -> Iterator[Problem]:
    if not is_name(name):
        message = (
            f"Expected a name of at most {LONGEST_NAME} small letters, digits and _ that begins with a letter,"
            f" but found {shown(name)}."
        )
        yield Problem("name.invalid", message, field=where, hint="What people read is the label.")


def _type_problems(found: RecordType, types: Types) -> Iterator[Problem]:
    yield from _name("name", found.name)
    for name in ("label", "plural"):
        if len(getattr(found, name)) > LONGEST_LABEL:
            yield _wrong("text.too-long", name, f"Expected a {name} of at most {LONGEST_LABEL} characters.")
    if len(found.fields) > MOST_FIELDS:
        yield _wrong(
            "record-type.too-many",
            "fields",
            f"Expected at most {MOST_FIELDS} fields, but found {len(found.fields)}.",
        )
    taken = {*SYSTEM_FIELDS, *(field.name for field in LOOKUP_FIELDS if found.kind == "lookup")}
    for place, field in enumerate(found.fields):
        if field.name in taken:
            message = f"Expected a name that is free, but every record has '{field.name}' already or it stands here twice."
            yield _wrong("name.taken", f"fields[{place}].name", message)
        taken.add(field.name)
        yield from field_problems(f"fields[{place}]", field, types)
    yield from _roles_of_fields(found)


def _roles_of_fields(found: RecordType) -> Iterator[Problem]:
    """Title, key and owners name fields that can be that."""
    for role, what in (
        ("title", "a text"),
        ("key", "a unique field"),
        ("owner", "a text that holds a person"),
        ("owner_role", "a text that holds a role"),
    ):
        name = getattr(found, role)
        if name and found.kind == "lookup" and role in ("title", "key"):
            yield _wrong("definition.unfit", role, f"Expected no {role} for a lookup, but found '{name}'.")
        elif name and not any(item.name == name and _can_be(role, item) for item in found.fields):
            message = f"Expected {role} to name {what} of '{found.name}', but found {shown(name)}."
            yield _wrong("definition.unfit", role, message)


def _can_be(role: str, field: Field) -> bool:
    if role == "title":
        return field.kind == "text"
    if role in _HOLDING:
        return field.holds == _HOLDING[role]
    return field.unique and field.type != "lookup"


def _wrong(rule: str, field: str, message: str) -> Problem:
    return Problem(rule, message, field=field)
