"""Small questions that a transaction asks on its way."""

from stepwell.engine.event import Event
from stepwell.store.history import decode_events
from stepwell.store.session import Session
from stepwell.store.statements import EPOCH, NEWEST

_CALLED = (
    "select id from process_instance where calling_instance = ? and calling_key = ? and status = 'running'"
)
_EVENTS = "select format, events from history where instance_id = ? and revision = ?"
_LATEST = f"select d.process_id, d.id from definition d where d.active = 1 and d.version = {NEWEST}"


def called_instance(session: Session, instance_id: int, key: int) -> int | None:
    """The running instance that call activity ``key`` of an instance started."""
    found = session.read(_CALLED, instance_id, key)
    return found[0][0] if found else None


def events(session: Session, instance_id: int, revision: int) -> list[Event]:
    """What the command did that made this revision."""
    found = session.read(_EVENTS, instance_id, revision)
    return decode_events(found[0][0], bytes(found[0][1])) if found else []


def epoch(session: Session) -> int:
    """Counts the changes of what is current, up to now."""
    return int(session.read(EPOCH)[0][0])


def latest_definitions(session: Session) -> dict[str, int]:
    """The number of the latest version by process id."""
    return {row[0]: row[1] for row in session.read(_LATEST)}
