"""Lists that people keep: which subject, whose, and what they show."""

from msgspec import Struct

from stepwell.store.session import Session

_COLUMNS = "id, subject, owner, shared, label, content, changed_at"
_INSERT = f"insert into saved_view ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)"
_UPDATE = "update saved_view set shared = ?, label = ?, content = ?, changed_at = ? where id = ?"
_DELETE = "delete from saved_view where id = ?"
_FETCH = f"select {_COLUMNS} from saved_view where id = ?"
_OF = (
    f"select {_COLUMNS} from saved_view where subject = ? and (owner = ? or shared = 1)"
    " order by shared, label, id limit ?"
)
_COUNT = "select count(*) from saved_view where subject = ? and owner = ?"
MOST = 500


class SavedView(Struct, frozen=True):
    """One list; ``content`` is JSON."""

    id: int
    subject: str
    owner: str
    shared: bool
    label: str
    content: str
    changed_at: int


def of(session: Session, subject: str, person: str) -> list[SavedView]:
    """The lists of a subject that are the person's or everybody's, the person's first."""
    return [_view(row) for row in session.read(_OF, subject, person, MOST)]


def count(session: Session, subject: str, person: str) -> int:
    """How many a person has of a subject."""
    return int(session.read(_COUNT, subject, person)[0][0])


def fetch(session: Session, id: int) -> SavedView | None:
    """One list."""
    found = session.read(_FETCH, id)
    return _view(found[0]) if found else None


def insert(session: Session, found: SavedView) -> int:
    """Keep a new list; gives its id."""
    id = session.numbers("saved_view_id", 1)[0]
    session.run(
        _INSERT,
        id,
        found.subject,
        found.owner,
        int(found.shared),
        found.label,
        found.content,
        found.changed_at,
    )
    return id


def update(session: Session, found: SavedView) -> None:
    """Keep a list as it is now."""
    session.run(_UPDATE, int(found.shared), found.label, found.content, found.changed_at, found.id)


def delete(session: Session, id: int) -> None:
    """Forget a list."""
    session.run(_DELETE, id)


def _view(row: tuple[object, ...]) -> SavedView:
    id, subject, owner, shared, label, content, changed_at = row
    return SavedView(id, subject, owner, bool(shared), label, content, changed_at)  # type: ignore[arg-type]
