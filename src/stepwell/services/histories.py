"""What happened to an instance, in order, as people read it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from stepwell import feel
from stepwell.engine.event import Event
from stepwell.engine.events import VariablesSet
from stepwell.engine.rows import TaskDetails
from stepwell.engine.user_task_events import UserTaskHalfDone, UserTaskOpened, UserTaskSaved
from stepwell.engine.values import Values
from stepwell.identity import STEPWELL, Actor
from stepwell.identity.policies import user_task as task_policy
from stepwell.services import past_steps
from stepwell.services.ids import inner_id
from stepwell.services.instances import fetch
from stepwell.services.moments import moment
from stepwell.services.past_steps import PastStep
from stepwell.store import Store
from stepwell.store.history import HistoryRow, Omitted
from stepwell.store.queries import history as queries
from stepwell.store.session import Session

PAGE = 1000
_WITH_PAGE = (UserTaskOpened, UserTaskHalfDone, UserTaskSaved)
_ROWS = ("task", "job", "subscription", "incident", "instance")


class HistoryEvent(Struct, frozen=True):
    """A fact: ``type`` is its name in the past tense, ``element`` and ``id`` what it is about, if anything.

    ``details`` is the rest, by name: values are FEEL values, times are dates with a zone. ``hidden`` stands
    for values that the reader may not see.
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


def history(store: Store, instance_id: str | int, actor: Actor = STEPWELL) -> tuple[HistoryEntry, ...]:
    """Everything that happened to an instance; raises ``NotFound``, also when the actor may not see it.

    Values of a step are left out for those who may not see its contents.
    """
    return tuple(_all(store, instance_id, actor))


def page(
    store: Store, instance_id: str | int, after: int = 0, limit: int = 200, actor: Actor = STEPWELL
) -> tuple[HistoryEntry, ...]:
    """A part of it, behind the revision ``after``. Elements are named if they were entered in this part."""
    with store.reading() as session:
        reader = _Reader(session, fetch(session, instance_id, actor).id, actor)
        return tuple(reader.entries(queries.page(session, reader.instance, after, limit)))


def _all(store: Store, instance_id: str | int, actor: Actor) -> Iterator[HistoryEntry]:
    after = 0
    with store.reading() as session:
        reader = _Reader(session, fetch(session, instance_id, actor).id, actor)
        while rows := queries.page(session, reader.instance, after, PAGE):
            yield from reader.entries(rows)
            after = rows[-1].revision


class _Reader:
    """Reads the history of one instance; knows its elements by key, and learns on the way."""

    def __init__(self, session: Session, instance: int, actor: Actor) -> None:
        self.session = session
        self.instance = instance
        self.actor = actor
        self.elements: dict[int, str] = {}
        self.hidden: dict[int, bool] = {}

    def entries(self, rows: Sequence[HistoryRow]) -> Iterator[HistoryEntry]:
        self.judge(rows)
        for row in rows:
            events = tuple(
                _hidden(event)
                if isinstance(event, VariablesSet) and self.hidden.get(event.scope)
                else _event(self.instance, event, self.elements)
                for event in row.events
            )
            yield HistoryEntry(row.revision, moment(row.at), row.command, row.actor, row.reason, events)

    def judge(self, rows: Sequence[HistoryRow]) -> None:
        """Find out which scopes are steps whose contents are not to be seen; so is what lies too far back to know."""
        if self.actor.looks_at("operate"):
            return
        scopes = {event.scope for row in rows for event in row.events if isinstance(event, VariablesSet)}
        unknown = frozenset(scopes - self.hidden.keys() - {0})
        found = past_steps.of(self.session, self.instance, unknown) if unknown else {}
        for scope in unknown:
            self.hidden[scope] = scope not in found or self.hides(found[scope])

    def hides(self, step: PastStep | None) -> bool:
        """Whether a scope is a step whose contents are not to be seen."""
        if step is None:
            return False
        return not task_policy.may_see_contents(self.actor, step.task, is_completed=step.is_completed)


def _hidden(event: VariablesSet) -> HistoryEvent:
    return HistoryEvent("VariablesSet", details={"scope": event.scope, "hidden": True})


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
    if isinstance(event, _WITH_PAGE):  # the page itself is for those who may see what is in the step
        return {name: value for name, value in asdict(event).items() if not isinstance(value, Values)}
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
