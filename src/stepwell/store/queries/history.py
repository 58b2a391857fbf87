"""What happened to an instance."""

from collections.abc import Iterator

from stepwell.store.history import HistoryRow, decode_events
from stepwell.store.session import Session
from stepwell.store.tuples import Tuple

MOST = 50_000
"""Commands of an instance that are looked at."""

_COLUMNS = "revision, at, actor, command, reason, format, events"
_SELECT = f"select {_COLUMNS} from history where instance_id = ? and revision > ? order by revision limit ?"
_BACK = (
    f"select {_COLUMNS} from history where instance_id = ? and revision < ? order by revision desc limit ?"
)
_PARTS = (50, 1000)
_BEHIND_ALL = 2**62


def page(session: Session, instance_id: int, after: int = 0, limit: int = 1000) -> list[HistoryRow]:
    """What commands did, in order, behind the revision ``after``."""
    return [_row(row) for row in session.read(_SELECT, instance_id, after, limit)]


def backwards(session: Session, instance_id: int) -> Iterator[HistoryRow]:
    """What the last ``MOST`` commands did, the last one first."""
    part, largest = _PARTS
    before, count = _BEHIND_ALL, 0
    while count < MOST and (rows := session.read(_BACK, instance_id, before, part)):
        yield from map(_row, rows)
        before, count, part = rows[-1][0], count + len(rows), largest


def _row(found: Tuple) -> HistoryRow:
    return HistoryRow(*(*found[:5], decode_events(found[5], bytes(found[6]))))
