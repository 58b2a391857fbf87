"""The processes that a person may run: all, those offered on a record type, favourites and recent ones."""

from msgspec import Struct

from stepwell.identity import Actor
from stepwell.store import policies
from stepwell.store.queries.page import Where
from stepwell.store.session import Session
from stepwell.store.statements import NEWEST

MOST = 2_000
RECENT = 200
"""The newest starts of a person that are looked at."""

_SELECT = "select d.id, d.process_id, d.version, d.name, d.description{more} from definition d{joined}"
_LATEST = f"d.active = 1 and d.version = {NEWEST}"
_STARTS = (
    "select d.process_id, s.started_at from (select id, definition_id, started_at from process_instance"
    " where starter = ? and starter != '' and calling_instance is null order by id desc limit ?) s"
    " join definition d on d.id = s.definition_id order by s.id desc"
)
_FAVOURITES = "select process_id from favourite_process where person = ?"
_ADD = "insert into favourite_process (person, process_id) values (?, ?) on conflict do nothing"
_REMOVE = "delete from favourite_process where person = ? and process_id = ?"
_PARAMETERS = "select record_type, parameter from definition_record_type where definition_id = ?"


class ProcessView(Struct, frozen=True):
    """The latest version of a process; ``parameter`` gets the record where it is offered on one."""

    definition_id: int
    process_id: str
    version: int
    name: str
    description: str
    parameter: str = ""


def runnable(session: Session, actor: Actor, record_type: str | None = None) -> list[ProcessView]:
    """What the actor may run: every process, or those that are offered on records of a type."""
    where = Where()
    where.add(_LATEST)
    where.add_condition(policies.definition_run(actor))
    more, joined = "", ""
    if record_type is not None:
        more, joined = ", r.parameter", " join definition_record_type r on r.definition_id = d.id"
        where.add("r.record_type = ?", record_type)
    statement = f"{_SELECT.format(more=more, joined=joined)}{where.text()} order by d.id desc limit ?"
    return [ProcessView(*row) for row in session.read(statement, *where.values, MOST)]


def recent(session: Session, person: str) -> dict[str, int]:
    """When the person last started each process, the last one first."""
    found: dict[str, int] = {}
    for process_id, started_at in session.read(_STARTS, person, RECENT):
        found.setdefault(process_id, started_at)
    return found


def favourites(session: Session, person: str) -> set[str]:
    """The ids of the person's favourite processes."""
    return {row[0] for row in session.read(_FAVOURITES, person)}


def set_favourite(session: Session, person: str, process_id: str, is_favourite: bool) -> None:
    """Let a process be one of the person's favourites, or not any more."""
    session.run(_ADD if is_favourite else _REMOVE, person, process_id)


def parameters(session: Session, definition_id: int) -> dict[str, str]:
    """The parameter that gets the record, by the record types on which a version is offered."""
    return dict(session.read(_PARAMETERS, definition_id))
