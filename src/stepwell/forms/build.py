"""From the components of a schema to what the server checks of them; their properties are in order already."""

from collections.abc import Iterable, Iterator
from typing import Any

from stepwell import feel
from stepwell.feel.builtins.pattern_machine import pattern_of
from stepwell.forms.components import COMPONENTS
from stepwell.forms.draft import Draft, compiled, complain
from stepwell.forms.page import (
    Bound,
    Choice,
    Component,
    DynamicList,
    Group,
    Input,
    Names,
    Numeric,
    Options,
    Path,
    Rules,
    Switch,
)
from stepwell.forms.paths import claim, dotted, path_of
from stepwell.forms.properties import number_in
from stepwell.forms.values import chosen, key_of

Written = dict[str, Any]
_SEVERAL = frozenset({"checklist", "taglist", "filepicker"})


class Place:
    """Where a component stands: in the schema, in the values, and the names around it that are taken."""

    __slots__ = ("names", "path", "where")

    def __init__(self, where: str, path: Path, names: Names) -> None:
        self.where = where
        self.path = path
        self.names = names


def build(draft: Draft, written: Iterable[Written], place: Place) -> Iterator[tuple[str, Component]]:
    """The components that have values or hold such, each with its id; complains of places that are taken."""
    for number, component in enumerate(written):
        here = Place(f"{place.where}[{number}]", place.path, place.names)
        found = _built(draft, component, here)
        if found is not None:
            yield component.get("id") or "", found


def _built(draft: Draft, written: Written, place: Place) -> Component | None:
    if written["type"] == "group":
        return _group(draft, written, place)
    if written["type"] == "dynamiclist":
        return _list(draft, written, place)
    shown_only = written["type"] == "recordlist" and written.get("choice", "none") == "none"
    if not COMPONENTS[written["type"]].keyed or shown_only:
        return None
    return _input(draft, written, place)


def _inner(draft: Draft, written: Written, place: Place) -> tuple[Component, ...]:
    inside = Place(f"{place.where}.components", place.path, place.names)
    return tuple(component for _, component in build(draft, written["components"], inside))


def _group(draft: Draft, written: Written, place: Place) -> Group:
    inside = Place(place.where, path_of(place.path, written.get("path") or ""), place.names)
    return Group(written.get("id") or "", _hide(written), _inner(draft, written, inside))


def _list(draft: Draft, written: Written, place: Place) -> DynamicList:
    names: Names = {}
    path = path_of(place.path, written["path"])
    inner = _inner(draft, written, Place(place.where, (), names))
    _take(draft, place, (path, "path"), names)
    return DynamicList(
        key=written["path"],
        path=path,
        hide=_hide(written),
        inner=inner,
        names=names,
        label=plain(written.get("label")),
        least=int(written.get("minRepetitions", 0)),
        most=int(written.get("maxRepetitions", 1_000)),
        repetitions=int(written.get("defaultRepetitions", 1)),
        fixed=written.get("allowAddRemove") is False,
    )


def _input(draft: Draft, written: Written, place: Place) -> Input:
    kind, key = written["type"], written["key"]
    path = path_of(place.path, key)
    _take(draft, place, (path, "key"))
    return Input(
        type=kind,
        key=key,
        path=path,
        label=plain(written.get("label")) or plain(written.get("dateLabel")),
        hide=_hide(written),
        readonly=_switch(written.get("readonly")),
        disabled=_switch(written.get("disabled")),
        rules=_rules(written.get("validate") or {}),
        options=_options(written),
        choice=_choice(written),
        numeric=_numeric(written) if kind == "number" else None,
        subtype=written.get("subtype") or "date",
        not_past=bool(written.get("disallowPassedDates")),
        several=kind in _SEVERAL or _many_records(written),
        multiple=_switch(written.get("multiple")) if kind == "filepicker" else True,
        default=written.get("defaultValue"),
        formula=compiled(written.get("expression")),
    )


def _take(draft: Draft, place: Place, told: tuple[Path, str], inside: Names | None = None) -> None:
    path, name = told
    where = f"{place.where}.{name}"
    if not claim(place.names, path, inside):
        message = f"Expected a place of its own for each value but {dotted(path)} is there more than once."
        complain(draft, "page.key-doubled", where, message, hint="Give the field another key.")


def _hide(written: Written) -> feel.Expression | None:
    return compiled((written.get("conditional") or {}).get("hide"))


def plain(text: object) -> str:
    """A label as messages show it; nothing when the renderer computes it."""
    return text if isinstance(text, str) and not text.lstrip().startswith("=") and "{{" not in text else ""


def _switch(value: object) -> Switch:
    return compiled(value) or value is True


def bound(value: object) -> Bound:
    """A limit: a number, the number that a text writes, or FEEL."""
    if isinstance(value, str):
        found = compiled(value) or number_in(value)
        return None if isinstance(found, str) else found
    return None if value is None else feel.from_json(value)  # type: ignore[return-value]


def _rules(written: Written) -> Rules:
    pattern = written.get("pattern") or ""
    named = written.get("validationType")
    return Rules(
        required=bool(written.get("required")),
        min_length=bound(written.get("minLength")),
        max_length=bound(written.get("maxLength")),
        min=bound(written.get("min")),
        max=bound(written.get("max")),
        pattern=pattern_of(pattern, "") if pattern else None,
        pattern_text=pattern,
        pattern_message=written.get("patternErrorMessage") or "",
        validation_type=named if named in ("email", "phone") else "",
    )


def _options(written: Written) -> Options | None:
    if "values" not in COMPONENTS[written["type"]].properties:
        return None
    expression = compiled(written.get("valuesExpression"))
    if expression is not None:
        return Options(expression=expression)
    if written.get("valuesKey"):
        return Options(key=written["valuesKey"])
    values = chosen(feel.from_json(written.get("values") or []))
    return Options(fixed={key_of(value): value for value in values})


def _choice(written: Written) -> Choice | None:
    if written["type"] not in ("lookup", "recordlist"):
        return None
    return Choice(written["recordType"], written.get("filter"))


def _many_records(written: Written) -> bool:
    return written.get("choice") == "multiple" or (
        written["type"] == "lookup" and written.get("multiple") is True
    )


def _numeric(written: Written) -> Numeric:
    digits = written.get("decimalDigits")
    return Numeric(
        None if digits is None else int(digits),
        bound(written.get("increment")),
        written.get("serializeToString") is True,
    )
