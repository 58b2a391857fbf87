"""The page that asks for what a process is given at its start."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from stepwell import feel
from stepwell.engine.definition import Parameter, ProcessDefinition
from stepwell.forms.describe import FieldShown, Kind, component
from stepwell.forms.kinds.made import button, page
from stepwell.identity import Actor
from stepwell.identity.policies import process as policy
from stepwell.services import definitions
from stepwell.services.allowing import allow
from stepwell.services.catalogue import Catalogue
from stepwell.services.moments import moment
from stepwell.services.run_from import record_types
from stepwell.store import Store

START = "start"
_KINDS: dict[str, Kind] = {
    "any": "text", "text": "text", "number": "decimal", "integer": "integer", "boolean": "yes_no", "date": "date",
    "time": "time", "date-time": "date_time", "duration": "text",
}  # fmt: skip


class StartForm(Struct, frozen=True):
    """How a process is started. ``page`` is the schema of the page that asks for its parameters, null when there
    is nothing to ask; ``values`` are those that it begins with. ``left_out`` are parameters that no page can ask for:
    lists and contexts.
    """

    definition_id: str
    process_id: str
    name: str
    version: int
    description: str
    page: dict[str, Any] | None
    values: dict[str, Any]
    left_out: tuple[str, ...] = ()


def load(store: Store, definition_id: str, actor: Actor) -> StartForm:
    """The start form of a version; raises ``NotFound`` for one that is not seen, ``Forbidden`` if it may not be run."""
    found = definitions.load(store, definition_id, actor)
    definition = Catalogue(store).read(int(found.id))
    expected = f"Expected to be allowed to run process {found.process_id}"
    allow(policy.may_run(actor, definition), "process.forbidden", expected)
    asked = [item for item in definition.parameters if item.direction != "out" and item.type in _KINDS]
    left_out = [item.name for item in definition.parameters if item.direction != "out" and item not in asked]
    with store.reading() as session:
        now = moment(session.now())
    return StartForm(
        found.id, found.process_id, found.name, found.version, found.description,
        _page(definition, asked) if asked else None, _values(asked, now), tuple(left_out),
    )  # fmt: skip


def _page(definition: ProcessDefinition, asked: list[Parameter]) -> dict[str, Any]:
    types = record_types(definition)
    fields = [_component(item, types.get(item.name, "")) for item in asked]
    return page(fields, button(START, "Start"))


def _component(item: Parameter, record_type: str) -> dict[str, Any]:
    """A number comes back as JSON's, because a start takes no text for it."""
    kind: Kind = "link" if record_type else _KINDS[item.type]
    shown = component(
        FieldShown(item.name, kind, item.label, item.required and kind != "yes_no", record_type=record_type)
    )
    shown.pop("serializeToString", None)
    return shown


def _values(asked: list[Parameter], now: datetime) -> dict[str, Any]:
    """The defaults, each of which sees those before it; one that has no value yet is left out."""
    found: dict[str, object] = {}
    for item in asked:
        if item.default is not None:
            try:
                value = feel.fitting(item.type, item.default.value(found.get, now))
            except feel.FeelError:
                continue
            if value is not feel.MISSING:
                found[item.name] = value
    return {name: feel.to_json(value) for name, value in found.items()}
