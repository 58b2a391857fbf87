"""Process instances: start them, cancel them, set their variables, and see how they are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from stepwell.engine.commands import CancelInstance, SetVariables
from stepwell.errors import Invalid, NotFound, Problem
from stepwell.services import cursors, given
from stepwell.services.given import LONGEST_REASON
from stepwell.services.ids import inner_id, instance_number
from stepwell.services.moments import moment, perhaps
from stepwell.services.requests import OnInstance, Start
from stepwell.store import Store
from stepwell.store.queries import instances as queries
from stepwell.store.queries import variables as variable_queries
from stepwell.store.queries.instances import InstanceFilter, InstanceView
from stepwell.store.session import Session

Status = Literal["running", "terminating", "completed", "cancelled"]


def start(
    process_id: str,
    values: Mapping[str, Any] | None = None,
    *,
    actor: str = "",
    business_key: str = "",
    definition_id: int | None = None,
    idempotency_key: str = "",
) -> Start:
    """Start a process: its latest version, unless ``definition_id`` is that of another one.

    Raises ``Invalid``; carried out, ``NotFound`` when there is no such process.
    """
    return Start(
        process_id=given.name(process_id, "process_id"),
        values=given.variables(values),
        definition_id=definition_id,
        business_key=given.text(business_key, "business_key"),
        actor=given.text(actor, "actor"),
        idempotency_key=given.text(idempotency_key, "Idempotency-Key"),
    )


def cancel(instance_id: str | int, *, actor: str = "", reason: str = "") -> OnInstance:
    """End the instance without going on anywhere."""
    command = CancelInstance(
        actor=given.text(actor, "actor"), reason=given.text(reason, "reason", LONGEST_REASON)
    )
    return OnInstance(instance_number(instance_id), command, actor=actor)


def set_variables(
    instance_id: str | int, values: Mapping[str, Any], *, reason: str, actor: str = "", scope: int = 0
) -> OnInstance:
    """Give variables new values; ``reason`` goes into the history. ``scope`` 0 is the instance itself."""
    if not reason.strip():
        missing = Problem("text.missing", "Expected a reason, but found nothing.", field="reason")
        raise Invalid("input.invalid", "Expected a reason for the change of variables.", [missing])
    command = SetVariables(
        scope,
        given.variables(values),
        actor=given.text(actor, "actor"),
        reason=given.text(reason, "reason", LONGEST_REASON),
    )
    return OnInstance(instance_number(instance_id), command, scope, actor=actor)


class Instance(Struct, frozen=True):
    """One run of a version of a process. ``caption`` is how people call it; ``incidents`` counts what is stuck;
    ``called_by`` is the id of the element instance that called it, empty if none did.
    """

    id: str
    caption: str
    process_id: str
    process_name: str
    version: int
    status: str
    incidents: int
    business_key: str
    starter: str
    started_at: datetime
    ended_at: datetime | None = None
    called_by: str = ""


class InstancePage(Struct, frozen=True):
    """Instances, the newest first; ``after`` asks for the next ones, None if there are none."""

    items: tuple[Instance, ...]
    after: str | None = None


class Filter(Struct, frozen=True, kw_only=True):
    """Which instances; what is None does not matter."""

    status: Status | None = None
    process_id: str | None = None
    business_key: str | None = None
    starter: str | None = None
    limit: int = 50
    after: str | None = None


def page(store: Store, asked: Filter) -> InstancePage:
    """Instances; raises ``Invalid`` for a wrong limit or ``after``."""
    count = cursors.limit(asked.limit)
    place = cursors.decode(asked.after, 1)
    found = InstanceFilter(
        status=asked.status,
        process_id=given.asked(asked.process_id, "process_id"),
        business_key=given.asked(asked.business_key, "business_key"),
        starter=given.asked(asked.starter, "starter"),
        limit=count + 1,
        after=place[0] if place else None,
    )
    with store.reading() as session:
        rows = queries.page(session, found)
    more = cursors.encode((rows[count - 1].id,)) if len(rows) > count else None
    return InstancePage(tuple(map(view, rows[:count])), more)


def variables(store: Store, instance_id: str | int, scope: int = 0) -> dict[str, object]:
    """The variables of one scope (0: of the instance itself) as FEEL values; raises ``NotFound``."""
    with store.reading() as session:
        row = fetch(session, instance_id)
        return variable_queries.of_scope(session, row.id, scope)


def fetch(session: Session, instance_id: str | int) -> InstanceView:
    """The row of an instance; raises ``NotFound``."""
    number = instance_number(instance_id)
    found = queries.fetch(session, number)
    if found is None:
        raise NotFound("instance.unknown", f"Expected instance {number} to exist, but it does not.")
    return found


def view(row: InstanceView) -> Instance:
    """An instance as people see it."""
    caller, key = row.calling_instance, row.calling_key
    return Instance(
        str(row.id),
        row.caption,
        row.process_id,
        row.process_name,
        row.version,
        row.status,
        row.incidents,
        row.business_key,
        row.starter,
        moment(row.started_at),
        perhaps(row.ended_at),
        "" if caller is None or key is None else inner_id(caller, key),
    )
