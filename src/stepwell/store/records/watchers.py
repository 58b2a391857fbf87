"""Who waits for records: start events, and events and steps of running instances."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from stepwell.engine.record_signal import Watch, unpack
from stepwell.records.changes import Change
from stepwell.store.records.rows import marks, padded, parts
from stepwell.store.session import Session

MOST = 1000
FIRST = (-1, 0, 0)
_STARTS = (
    "select name, definition_id, element, args from start_subscription where kind = 'record'"
    " order by name, definition_id, element"
)
_COLUMNS = "created_at, instance_id, key, element, correlation_key, args"
_OF_ANY = (
    f"select {_COLUMNS} from subscription where kind = 'record' and name = ? and correlation_key = ''"
    " and (created_at, instance_id, key) > (?, ?, ?) and created_at <= ?"
    " order by created_at, instance_id, key limit ?"
)
_OF_SOME = (
    f"select {_COLUMNS} from subscription where kind = 'record' and name = ? and correlation_key in ({{}})"
    " order by created_at, instance_id, key"
)


class RecordStart(Struct, frozen=True):
    """A start event that waits for records of a type."""

    type: str
    definition_id: int
    element: str
    watch: Watch


class Watcher(Struct, frozen=True):
    """A subscription of a running instance; ``number`` is that of the record meant, empty for any."""

    instance_id: int
    key: int
    element: str
    number: str
    watch: Watch
    place: tuple[int, int, int] = FIRST

    def is_reached(self, change: Change) -> bool:
        """Whether the change is one that is waited for, as far as it is known without looking at the record."""
        return self.number in ("", str(change.id)) and self.watch.counts(change)


def starts(session: Session) -> list[RecordStart]:
    """The start events of current versions that wait for records."""
    return [RecordStart(row[0], row[1], row[2], unpack(row[3])) for row in session.read(_STARTS)]


def of_any(session: Session, type: str, after: tuple[int, int, int], before: int) -> list[Watcher]:
    """Who waits for any record of a type since ``before`` at the latest, 1,000 behind a place."""
    return list(_found(session.read(_OF_ANY, type, *after, before, MOST)))


def of_some(session: Session, type: str, ids: Iterable[int]) -> list[Watcher]:
    """Who waits for one of these records."""
    found: list[Watcher] = []
    for part in parts([str(id) for id in sorted(set(ids))]):
        found += _found(session.read(_OF_SOME.format(marks(len(part))), type, *padded(part)))
    return found


def _found(rows: Iterable[tuple[object, ...]]) -> Iterator[Watcher]:
    for at, instance_id, key, element, number, args in rows:
        yield Watcher(instance_id, key, element, number, unpack(args), (at, instance_id, key))  # type: ignore[arg-type]
