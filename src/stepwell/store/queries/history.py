"""What happened to an instance."""

from stepwell.store.history import HistoryRow, decode_events
from stepwell.store.session import Session

_SELECT = (
    "select revision, at, actor, command, reason, format, events from history"
    " where instance_id = ? and revision > ? order by revision limit ?"
)


def page(session: Session, instance_id: int, after: int = 0, limit: int = 1000) -> list[HistoryRow]:
    """What commands did, in order, behind the revision ``after``."""
    found = session.read(_SELECT, instance_id, after, limit)
    return [HistoryRow(*(*row[:5], decode_events(row[5], bytes(row[6])))) for row in found]
