"""Open incidents."""

from collections.abc import Collection

from msgspec import Struct

from stepwell.engine.rows import Incident
from stepwell.identity import STEPWELL, Actor
from stepwell.store import policies
from stepwell.store.columns import INCIDENT
from stepwell.store.queries.page import CAPTION, LAST, Where
from stepwell.store.session import Session

_COLUMNS = ", ".join(f"t.{name}" for name in INCIDENT.names)
_SELECT = (
    f"select {_COLUMNS}, p.business_key, d.id, d.process_id, d.name, d.version, {CAPTION} from incident t"
    " cross join process_instance p cross join definition d where p.id = t.instance_id and d.id = p.definition_id"
)


class IncidentView(Struct, frozen=True):
    """An incident and the instance it belongs to."""

    instance_id: int
    incident: Incident
    business_key: str
    definition_id: int
    process_id: str
    process_name: str
    version: int
    caption: str


class IncidentFilter(Struct, frozen=True, kw_only=True):
    """Which incidents; the list goes on behind the (instance id, key) ``after``."""

    process_id: str | None = None
    definition_id: int | None = None
    instance_id: int | None = None
    element: str | None = None
    code: str | None = None
    limit: int = 50
    after: tuple[int, int] | None = None


def fetch(session: Session, instance_id: int, key: int, actor: Actor = STEPWELL) -> IncidentView | None:
    """One open incident of an instance that the actor may see."""
    where = Where()
    where.add("t.instance_id = ? and t.key = ?", instance_id, key)
    where.add_condition(policies.instance_seen(actor))
    found = session.read(f"{_SELECT}{where.text('and')}", *where.values)
    return _view(found[0]) if found else None


def messages(session: Session, places: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """What is expected and found at keys of instances, for those that are stuck still."""
    if not places:
        return {}
    instances = sorted({instance for instance, _ in places})
    marks = ", ".join("?" * len(instances))
    found = session.read(
        f"select instance_id, key, message from incident where instance_id in ({marks})", *instances
    )
    return {(instance, key): message for instance, key, message in found if (instance, key) in places}


def page(session: Session, asked: IncidentFilter, actor: Actor = STEPWELL) -> list[IncidentView]:
    """Open incidents of instances that the actor may see, those of the newest instances first."""
    where = Where()
    where.add("(t.instance_id, t.key) < (?, ?)", *(asked.after or LAST[:2]))
    where.equal("t.instance_id", asked.instance_id)
    where.equal("t.element", asked.element)
    where.equal("t.code", asked.code)
    where.equal("d.process_id", asked.process_id)
    where.equal("d.id", asked.definition_id)
    where.add_condition(policies.instance_seen(actor))
    statement = f"{_SELECT}{where.text('and')} order by t.instance_id desc, t.key desc limit ?"
    return [_view(row) for row in session.read(statement, *where.values, asked.limit)]


def _view(row: tuple[object, ...]) -> IncidentView:
    incident = Incident(*row[1:8])  # type: ignore[arg-type]
    return IncidentView(row[0], incident, *row[8:])  # type: ignore[arg-type]
