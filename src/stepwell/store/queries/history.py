"""What happened to an instance."""

from stepwell.engine.events import ElementTerminated
from stepwell.engine.user_task_events import UserTaskCompleted
from stepwell.store.history import HistoryRow, decode_events
from stepwell.store.session import Session
from stepwell.store.tuples import Tuple

_SELECT = (
    "select revision, at, actor, command, reason, format, events from history"
    " where instance_id = ? and revision > ? order by revision limit ?"
)
_LATEST = (
    "select revision, at, actor, command, reason, format, events from history"
    " where instance_id = ? order by revision desc limit 1000"
)


def page(session: Session, instance_id: int, after: int = 0, limit: int = 1000) -> list[HistoryRow]:
    """What commands did, in order, behind the revision ``after``."""
    return [_row(row) for row in session.read(_SELECT, instance_id, after, limit)]


def ending(session: Session, instance_id: int, key: int) -> tuple[HistoryRow, bool] | None:
    """The command that ended user task ``key``, if it is among the last thousand, and whether it completed it."""
    for row in map(_row, session.read(_LATEST, instance_id)):
        for event in row.events:
            if isinstance(event, UserTaskCompleted | ElementTerminated) and event.key == key:
                return row, isinstance(event, UserTaskCompleted)
    return None


def _row(found: Tuple) -> HistoryRow:
    return HistoryRow(*(*found[:5], decode_events(found[5], bytes(found[6]))))
