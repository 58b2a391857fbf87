"""What happened to each record: who changed what from what to what, and through which step of a process."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from stepwell.records.changes import Change
from stepwell.store.records.layouts import INSERT_HISTORY
from stepwell.store.session import Session
from stepwell.store.tuples import Tuple

_PAGE = (
    "select revision, at, actor, kind, instance_id, element, changes from record_history"
    " where type_id = ? and record_id = ? and revision < ? order by revision desc limit ?"
)
LAST = 1 << 62
Fields = dict[str, tuple[Any, Any]]
"""What each field was and is, in stored form."""


class Cause(Struct, frozen=True):
    """Who changes records; of a step of a process its instance and element too."""

    actor: str = ""
    instance_id: int = 0
    element: str = ""


class Entry(Struct, frozen=True):
    """One change of one record."""

    revision: int
    at: int
    actor: str
    kind: str
    instance_id: int
    element: str
    fields: Fields


def add(
    session: Session, type_id: int, found: Sequence[tuple[Change, Fields]], at: int, cause: Cause
) -> None:
    """Keep changes of records of one type."""
    rows = [
        (
            type_id, change.id, change.revision, at, cause.actor, change.kind, cause.instance_id, cause.element,
            msgspec.msgpack.encode(fields),
        )
        for change, fields in found
    ]  # fmt: skip
    session.write([(INSERT_HISTORY, rows)])


def page(session: Session, place: tuple[int, int], before: int, limit: int) -> list[Entry]:
    """The changes of a record (type, id), the newest first, below a revision."""
    return [_entry(row) for row in session.read(_PAGE, *place, before, limit)]


def _entry(row: Tuple) -> Entry:
    fields = {name: (old, new) for name, (old, new) in msgspec.msgpack.decode(row[6]).items()}
    return Entry(row[0], row[1], row[2], row[3], row[4], row[5], fields)
