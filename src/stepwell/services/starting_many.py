"""Starting a process once for each of many records."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from stepwell.errors import Conflict, NotFound
from stepwell.identity import Actor
from stepwell.records.values import parse_reference
from stepwell.services import definitions, instances
from stepwell.services.ids import shown
from stepwell.services.records.titles import connections_of
from stepwell.services.records.viewer import ask
from stepwell.services.requests import Start
from stepwell.store import Store
from stepwell.store.queries import processes as queries


class Plan(Struct, frozen=True):
    """Which version is started for whom; ``parameters`` by record type, and the records that the actor sees."""

    definition_id: int
    process_id: str
    parameters: Mapping[str, str]
    records: frozenset[str]
    actor: Actor


def plan(store: Store, definition_id: str, records: tuple[str, ...], actor: Actor) -> Plan:
    """What is known beforehand; raises ``NotFound`` for a version that the actor does not see."""
    found = definitions.load(store, definition_id, actor)
    number = int(found.id)
    with store.reading() as session:
        parameters = queries.parameters(session, number)
    seen = ask(store, actor, lambda viewer: frozenset(connections_of(viewer, records)))
    return Plan(number, found.process_id, parameters, seen, actor)


def start(plan: Plan, record: str, values: Mapping[str, Any], key: str = "") -> Start:
    """The start for one record. ``NotFound``: it is not seen; ``Conflict``: the process is not offered on its type."""
    if record not in plan.records:
        raise NotFound("record.unknown", f"Expected a record that you may see, but {shown(record)} is none.")
    found = parse_reference(record)
    parameter = plan.parameters.get(found[0] if found else "")
    if parameter is None:
        message = f"Expected process {plan.process_id} to be offered on {record}, but it is not."
        raise Conflict("process.not-offered", message)
    return instances.start(
        plan.process_id,
        {**values, parameter: record},
        actor=plan.actor,
        definition_id=plan.definition_id,
        idempotency_key=key,
    )
