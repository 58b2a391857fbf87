"""Incidents: see what is stuck and why, and let it try again after repair."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from stepwell import feel
from stepwell.engine.commands import RetryIncident
from stepwell.errors import NotFound
from stepwell.identity import STEPWELL, Actor
from stepwell.services import cursors, given
from stepwell.services.directory import Directory
from stepwell.services.given import LONGEST_REASON
from stepwell.services.ids import inner_id, inner_key, instance_number
from stepwell.services.moments import moment
from stepwell.services.requests import OnInstance
from stepwell.store.queries import incidents as queries
from stepwell.store.queries.incidents import IncidentFilter, IncidentView

LARGEST_SHOWN = 16_384  # bytes of a kept result


def retry(
    incident_id: str, values: Mapping[str, Any] | None = None, *, actor: Actor = STEPWELL, reason: str = ""
) -> OnInstance:
    """Let the stuck element try again what it could not do.

    ``values`` take the place of those by these names in the result that the incident keeps; carried out,
    ``Conflict`` if it keeps none.
    """
    instance, key = inner_key(incident_id, "incident")
    command = RetryIncident(
        key,
        given.variables(values, "values"),
        actor=actor.name,
        reason=given.text(reason, "reason", LONGEST_REASON),
    )
    return OnInstance(instance, command, key, by=actor)


class Incident(Struct, frozen=True):
    """A stuck element: what was expected and what was found stands in its ``message``; ``repairers`` are the roles
    whose members can repair it.

    ``values`` is what the element gave and could not be taken over, as JSON; a retry may replace it. None
    where there is nothing, and where it is large.
    """

    id: str
    instance_id: str
    instance_caption: str
    process_id: str
    process_name: str
    version: int
    business_key: str
    element: str
    code: str
    message: str
    raised_at: datetime
    values: Any = None
    repairers: tuple[str, ...] = ()


class IncidentPage(Struct, frozen=True):
    """Incidents, those of the newest instances first; ``after`` asks for the next ones."""

    items: tuple[Incident, ...]
    after: str | None = None


class Filter(Struct, frozen=True, kw_only=True):
    """Which incidents."""

    process_id: str | None = None
    instance: str | int | None = None
    element: str | None = None
    code: str | None = None
    limit: int = 50
    after: str | None = None


def load(directory: Directory, incident_id: str, actor: Actor = STEPWELL) -> Incident:
    """One open incident; raises ``NotFound``, also when the actor may not see it."""
    instance, key = inner_key(incident_id, "incident")
    with directory.store.reading() as session:
        found = queries.fetch(session, instance, key, actor)
    if found is None:
        raise NotFound("incident.unknown", f"Expected incident {incident_id} to be open, but it is not.")
    return view(found, directory.repairers())


def page(directory: Directory, asked: Filter, actor: Actor = STEPWELL) -> IncidentPage:
    """Open incidents that the actor may see; raises ``Invalid`` for a wrong limit or ``after``."""
    count = cursors.limit(asked.limit)
    place = cursors.decode(asked.after, 2)
    found = IncidentFilter(
        process_id=given.asked(asked.process_id, "process_id"),
        instance_id=None if asked.instance is None else instance_number(asked.instance),
        element=given.asked(asked.element, "element"),
        code=given.asked(asked.code, "code"),
        limit=count + 1,
        after=None if place is None else (place[0], place[1]),
    )
    with directory.store.reading() as session:
        rows = queries.page(session, found, actor)
    last = rows[count - 1] if len(rows) > count else None
    more = cursors.encode((last.instance_id, last.incident.key)) if last else None
    repairers = directory.repairers()
    return IncidentPage(tuple(view(row, repairers) for row in rows[:count]), more)


def view(row: IncidentView, repairers: tuple[str, ...]) -> Incident:
    """An incident as people see it."""
    incident = row.incident
    return Incident(
        inner_id(row.instance_id, incident.key),
        str(row.instance_id),
        row.caption,
        row.process_id,
        row.process_name,
        row.version,
        row.business_key,
        incident.element,
        incident.code,
        incident.message,
        moment(incident.raised_at),
        feel.to_json(feel.decode(incident.result)) if 0 < len(incident.result) <= LARGEST_SHOWN else None,
        repairers,
    )
