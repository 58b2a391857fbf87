"""Small pages for the stories in this folder, and somebody who knows records."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import pytest

from stepwell import forms
from stepwell.errors import Invalid, Problem

NOON = datetime(2030, 6, 15, 12, tzinfo=UTC)
DONE = [{"code": "done", "label": "Done"}]


class Shelf:
    """Records and attachments: what is not on it is missing. Remembers what it was asked."""

    def __init__(self, *known: str | int, files: Collection[str | int] = ()) -> None:
        self.known = set(known)
        self.files = set(files)
        self.asked: list[tuple[str, object, list[str | int]]] = []

    def missing(self, record_type: str, condition: object, ids: Collection[str | int]) -> list[str | int]:
        self.asked.append((record_type, condition, list(ids)))
        return [id for id in ids if id not in self.known]

    def missing_files(self, ids: Collection[str | int]) -> list[str | int]:
        return [id for id in ids if id not in self.files]


def field(kind: str, key: str = "x", **properties: Any) -> dict[str, Any]:
    """A component that has a value; ``hide`` and ``required`` are put where they belong."""
    component: dict[str, Any] = {"type": kind, "key": key}
    if "hide" in properties:
        component["conditional"] = {"hide": properties.pop("hide")}
    if kind == "datetime":
        component["subtype"] = "date"
    return component | properties


def text(key: str = "x", **rules: Any) -> dict[str, Any]:
    """A text field with these rules."""
    return field("textfield", key, validate=rules)


def group(*components: dict[str, Any], **properties: Any) -> dict[str, Any]:
    found = field("group", components=list(components), **properties)
    del found["key"]
    return found


def items(*components: dict[str, Any], path: str = "rows", **properties: Any) -> dict[str, Any]:
    """A dynamic list."""
    return {
        "type": "dynamiclist",
        "path": path,
        "isRepeating": True,
        "components": list(components),
    } | properties


def schema(*components: dict[str, Any], **top: Any) -> dict[str, Any]:
    return {"type": "default", "components": list(components), "buttons": DONE} | top


def page(*components: dict[str, Any], **top: Any) -> forms.Page:
    return forms.read(schema(*components, **top))


def around(
    shown: forms.Page, given: dict[str, Any] | None = None, shelf: Shelf | None = None
) -> forms.Around:
    """The page opened at noon with what is given."""
    return forms.Around(forms.begin(shown, given or {}, NOON), NOON, shelf or Shelf())


def taken(shown: forms.Page, values: dict[str, Any], button: str = "done", **given: Any) -> dict[str, Any]:
    """The values of a page that is left with these; it began with ``given``."""
    return forms.check(shown, forms.Sent(button, values), around(shown, given)).values


def refused(
    shown: forms.Page, values: dict[str, Any], button: str = "done", shelf: Shelf | None = None, **given: Any
) -> list[Problem]:
    """Everything that is wrong with these values."""
    with pytest.raises(Invalid) as refusal:
        forms.check(shown, forms.Sent(button, values), around(shown, given, shelf))
    return list(refusal.value.problems)


def codes(
    shown: forms.Page, values: dict[str, Any], button: str = "done", **given: Any
) -> list[tuple[str, str]]:
    """The rule and the field of each."""
    return [(problem.rule, problem.field) for problem in refused(shown, values, button, **given)]


def faults(written: object) -> list[Problem]:
    """Everything that is wrong with a schema."""
    with pytest.raises(Invalid) as refusal:
        forms.read(written)
    return list(refusal.value.problems)
