"""The conditions that a record does not meet yet, as people read them (K2)."""

from collections.abc import Mapping
from typing import Any

from stepwell import feel
from stepwell.errors import Problem
from stepwell.records import filters
from stepwell.records.binding import resolve
from stepwell.records.filters import WITHOUT_VALUE, Condition, Filter, Group
from stepwell.records.types import RecordType
from stepwell.services.records.reading import bound_of
from stepwell.services.records.viewer import Viewer
from stepwell.store.records import queries, rows
from stepwell.store.records.queries import Scope

_ENGLISH: Mapping[str, str] = {
    "=": "is", "!=": "is not", "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least",
    "contains": "contains", "not contains": "does not contain", "starts with": "begins with", "in": "is one of",
    "not in": "is none of", "between": "is between", "within": "is within", "is empty": "is empty",
    "is not empty": "has a value", "is me": "is you", "is my role": "is a role of yours", "all": " and ", "any": " or ",
}  # fmt: skip
_GERMAN: Mapping[str, str] = {
    "=": "ist", "!=": "ist nicht", "<": "ist kleiner als", "<=": "ist höchstens", ">": "ist größer als",
    ">=": "ist mindestens", "contains": "enthält", "not contains": "enthält nicht", "starts with": "beginnt mit",
    "in": "ist eines von", "not in": "ist keines von", "between": "liegt zwischen", "within": "liegt in",
    "is empty": "ist leer", "is not empty": "hat einen Wert", "is me": "sind Sie", "is my role": "ist eine Ihrer Rollen",
    "all": " und ", "any": " oder ",
}  # fmt: skip


def open_conditions(viewer: Viewer, type_name: str, id: int, wanted: object) -> tuple[str, ...]:
    """What is left to be met by a record, 0: by one that was not added yet; nothing without conditions. In the language of
    the viewer.
    """
    if not isinstance(wanted, dict):
        return ()
    found = filters.read(wanted)
    parts = found.items if isinstance(found, Group) and found.kind == "all" else (found,)
    table = viewer.known.tables[type_name]
    left = [part for part in parts if not _is_met(viewer, type_name, id, part)]
    return tuple(_said(viewer, table.type, part) for part in left)


def _is_met(viewer: Viewer, type_name: str, id: int, part: Filter) -> bool:
    if not id:
        return False
    table = viewer.known.tables[type_name]
    scope = Scope(table, viewer.known.tables, bound_of(viewer, table.type, part))
    return id in queries.meeting(viewer.session, scope, [id])


def _said(viewer: Viewer, record_type: RecordType, part: Filter) -> str:
    if isinstance(part, Group):
        return _words(viewer)[part.kind].join(_said(viewer, record_type, item) for item in part.items)
    return _condition(viewer, record_type, part)


def _condition(viewer: Viewer, record_type: RecordType, part: Condition) -> str:
    says = _words(viewer)[part.op]
    way = resolve(part.field, record_type, viewer.known.types)
    if isinstance(way, Problem):
        return f"{part.field} {says}"
    hops, field = way
    label = ", ".join([*(hop.field.title for hop in hops), field.title])
    if part.op in WITHOUT_VALUE:
        return f"{label} {says}"
    return f"{label} {says} {_value(viewer, field.to if field.type == 'lookup' else '', part.value)}"


def _words(viewer: Viewer) -> Mapping[str, str]:
    return _GERMAN if viewer.actor.language.partition("-")[0] == "de" else _ENGLISH


def _value(viewer: Viewer, lookup: str, value: Any) -> str:
    several = list(value) if isinstance(value, list | tuple) else [value]
    texts = [feel.format_value(one) for one in several]
    if lookup:
        labels = rows.labels(viewer.session, viewer.known.tables[lookup], texts)
        texts = [labels.get(text, text) for text in texts]
    return ", ".join(texts)
