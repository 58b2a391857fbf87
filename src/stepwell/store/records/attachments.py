"""Files beside records and other things: what is known of each; the files themselves lie elsewhere.

``owner`` is the public id of what the file belongs to, empty as long as it is only uploaded.
"""

from collections.abc import Sequence

from msgspec import Struct

from stepwell.store.session import Session

_COLUMNS = "id, owner, field, name, size, sha256, at, actor"
_INSERT = f"insert into attachment ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)"
_FETCH = f"select {_COLUMNS} from attachment where id = ? and deleted_at is null"
_OF = f"select {_COLUMNS} from attachment where owner = ? and deleted_at is null order by at, id limit ?"
_GIVE = "update attachment set owner = ?, field = ? where id = ? and deleted_at is null"
_MARK = "update attachment set deleted_at = ? where id = ? and deleted_at is null"
_MARK_OF = "update attachment set deleted_at = ? where owner = ? and deleted_at is null"
_MARK_TYPE = "update attachment set deleted_at = ? where owner > ? and owner < ? and deleted_at is null"
_GONE = (
    "select id from attachment where (deleted_at is not null or owner = '')"
    " and (deleted_at is not null or at < ?) order by at limit ?"
)
_FORGET = "delete from attachment where id = ? and (deleted_at is not null or owner = '')"
MOST = 1000


class Attachment(Struct, frozen=True):
    """What is known of one file. ``field`` is the file field that holds it, empty for one beside the record."""

    id: str
    owner: str
    field: str
    name: str
    size: int
    sha256: bytes
    at: int
    actor: str


def insert(session: Session, found: Attachment) -> None:
    """Keep what is known of a file that was stored."""
    session.run(
        _INSERT,
        found.id,
        found.owner,
        found.field,
        found.name,
        found.size,
        found.sha256,
        found.at,
        found.actor,
    )


def fetch(session: Session, id: str) -> Attachment | None:
    """One file that was not deleted."""
    found = session.read(_FETCH, id)
    return Attachment(*found[0]) if found else None


def of(session: Session, owner: str) -> list[Attachment]:
    """The files of a thing, the oldest first."""
    return [Attachment(*row) for row in session.read(_OF, owner, MOST)]


def give(session: Session, id: str, owner: str, field: str) -> None:
    """Let a file that was uploaded belong to something."""
    session.run(_GIVE, owner, field, id)


def mark(session: Session, id: str, now: int) -> int:
    """Let a file be gone; it is removed from its place later. Gives 0 if it was gone."""
    return session.run(_MARK, now, id)


def mark_of(session: Session, owners: Sequence[str], now: int) -> int:
    """Let all files of these things be gone; gives how many."""
    return sum(session.run(_MARK_OF, now, owner) for owner in owners)


def mark_of_type(session: Session, type_name: str, now: int) -> None:
    """Let all files of the records of a type be gone."""
    session.run(_MARK_TYPE, now, f"{type_name}/", f"{type_name}0")


def gone(session: Session, before: int, limit: int) -> list[str]:
    """Ids of files to be removed: those that were deleted, and uploads older than ``before`` that nothing took."""
    return [row[0] for row in session.read(_GONE, before, limit)]


def forget(session: Session, id: str) -> None:
    """The file is removed from its place."""
    session.run(_FORGET, id)
