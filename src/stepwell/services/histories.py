"""What happened to an instance, in order, as people read it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from stepwell import feel
from stepwell.engine.event import Event
from stepwell.engine.events import VariablesSet
from stepwell.engine.rows import TaskDetails
from stepwell.engine.values import Values
from stepwell.services.ids import inner_id
from stepwell.services.instances import fetch
from stepwell.services.moments import moment
from stepwell.store import Store
from stepwell.store.history import HistoryRow, Omitted
from stepwell.store.queries import history as queries

PAGE = 1000
_ROWS = ("task", "job", "subscription", "incident", "instance")


class HistoryEvent(Struct, frozen=True):
    """A fact: ``type`` is its name in the past tense, ``element`` and ``id`` what it is about, if anything.

    ``details`` is the rest, by name: values are FEEL values, times are dates with a zone.
    """

    type: str
    element: str = ""
    id: str = ""
    details: dict[str, Any] = {}


class HistoryEntry(Struct, frozen=True):
    """What one command did: which it was, when, who gave it and why; ``revision`` counts them."""

    revision: int
    at: datetime
    command: str
    actor: str
    reason: str
    events: tuple[HistoryEvent, ...]


def history(store: Store, instance_id: str | int) -> tuple[HistoryEntry, ...]:
    """Everything that happened to an instance; raises ``NotFound``."""
    return tuple(_all(store, instance_id))


def page(store: Store, instance_id: str | int, after: int = 0, limit: int = 200) -> tuple[HistoryEntry, ...]:
    """A part of it, behind the revision ``after``. Elements are named if they were entered in this part."""
    with store.reading() as session:
        number = fetch(session, instance_id).id
        return tuple(_entries(number, queries.page(session, number, after, limit), {}))


def _all(store: Store, instance_id: str | int) -> Iterator[HistoryEntry]:
    elements: dict[int, str] = {}
    after = 0
    with store.reading() as session:
        number = fetch(session, instance_id).id
        while rows := queries.page(session, number, after, PAGE):
            yield from _entries(number, rows, elements)
            after = rows[-1].revision


def _entries(instance: int, rows: Iterable[HistoryRow], elements: dict[int, str]) -> Iterator[HistoryEntry]:
    """``elements`` knows the elements by key and learns on the way."""
    for row in rows:
        events = tuple(_event(instance, event, elements) for event in row.events)
        yield HistoryEntry(row.revision, moment(row.at), row.command, row.actor, row.reason, events)


def _event(instance: int, event: Event, elements: dict[int, str]) -> HistoryEvent:
    fields = _fields(event)
    key = fields.pop("key", None) if fields.get("id") is None else None
    element = str(fields.pop("element", ""))
    if key is not None:
        element = element or elements.get(key, "")
        elements[key] = element
    details = {name: _shown(name, value) for name, value in fields.items() if _says_something(value)}
    id = "" if key is None else inner_id(instance, key)
    return HistoryEvent(type(event).__name__, element, id, details)


def _fields(event: Event) -> dict[str, Any]:
    """What the event says; a row in it is spread out."""
    if isinstance(event, VariablesSet):
        return {"scope": event.scope, "values": event.values}
    fields = asdict(event)
    for name in _ROWS:
        if name in fields:
            fields |= asdict(fields.pop(name))
    if isinstance(fields.get("details"), TaskDetails):
        fields |= asdict(fields.pop("details"))
    return fields


def _says_something(value: object) -> bool:
    return not isinstance(value, bytes) and value is not None and value not in ("", False, ())


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, Values):
        value = value.map
    if isinstance(value, dict):
        return {key: _shown("", item) for key, item in value.items()}
    if isinstance(value, Omitted):
        return {"omitted": True, "bytes": value.size, "sha256": value.sha256.hex()}
    if isinstance(value, int) and (name == "at" or name.endswith("_at")):
        return moment(value)
    if isinstance(value, float):
        return feel.from_json(value)
    return list(value) if isinstance(value, tuple) else value
