"""What happened to an instance."""

from stepwell.engine.user_task_events import UserTaskCompleted
from stepwell.store.history import HistoryRow, decode_events
from stepwell.store.session import Session
from stepwell.store.tuples import Tuple

_SELECT = (
    "select revision, at, actor, command, reason, format, events from history"
    " where instance_id = ? and revision > ? order by revision limit ?"
)
_COMPLETIONS = (
    "select revision, at, actor, command, reason, format, events from history"
    " where instance_id = ? and command = 'CompleteUserTask' order by revision desc limit 1000"
)


def page(session: Session, instance_id: int, after: int = 0, limit: int = 1000) -> list[HistoryRow]:
    """What commands did, in order, behind the revision ``after``."""
    return [_row(row) for row in session.read(_SELECT, instance_id, after, limit)]


def completion(session: Session, instance_id: int, key: int) -> HistoryRow | None:
    """The command that completed user task ``key``, if it is among the last thousand of its kind."""
    for row in map(_row, session.read(_COMPLETIONS, instance_id)):
        if any(isinstance(event, UserTaskCompleted) and event.key == key for event in row.events):
            return row
    return None


def _row(found: Tuple) -> HistoryRow:
    return HistoryRow(*(*found[:5], decode_events(found[5], bytes(found[6]))))
