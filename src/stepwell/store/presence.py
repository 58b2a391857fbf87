"""Who has a step open right now: each row ends by itself unless the page renews it."""

from msgspec import Struct

from stepwell.store.columns import layout
from stepwell.store.session import Session

PRESENCE = layout("presence", 3, "instance_id:int key:int person:text began_at:int ends_at:int")
_PUT = (
    "insert into presence (instance_id, key, person, began_at, ends_at) values (?, ?, ?, ?, ?)"
    " on conflict (instance_id, key, person) do update set ends_at = excluded.ends_at"
)
_BEGAN = "select began_at, ends_at from presence where instance_id = ? and key = ? and person = ?"
_LEAVE = "delete from presence where instance_id = ? and key = ? and person = ?"
_OF = (
    "select instance_id, key, person, began_at, ends_at from presence"
    " where instance_id = ? and key = ? and ends_at > ? order by began_at, person limit 200"
)
_ALL = "select instance_id, key, person, began_at, ends_at from presence where ends_at > ? limit 10000"
_SWEEP = "delete from presence where ends_at <= ? returning instance_id, key, person, began_at, ends_at"


class Present(Struct, frozen=True):
    """A person has the step with a key of an instance open, since when, and until when at least."""

    instance_id: int
    key: int
    person: str
    began_at: int
    ends_at: int


def put(session: Session, found: Present) -> bool:
    """Note that somebody has a step open; gives whether that is new."""
    place = (found.instance_id, found.key, found.person)
    before = session.read(_BEGAN, *place)
    if before and before[0][1] <= found.began_at:
        session.run(_LEAVE, *place)
        before = []
    session.run(_PUT, *place, found.began_at, found.ends_at)
    return not before


def leave(session: Session, place: tuple[int, int], person: str) -> bool:
    """Note that somebody has closed a step; gives whether it was open."""
    return bool(session.run(_LEAVE, *place, person))


def of(session: Session, place: tuple[int, int], now: int) -> list[Present]:
    """Who has a step open, who came first before the others."""
    return [Present(*row) for row in session.read(_OF, *place, now)]


def everybody(session: Session, now: int) -> list[Present]:
    """Who has any step open."""
    return [Present(*row) for row in session.read(_ALL, now)]


def sweep(session: Session, now: int) -> list[Present]:
    """Forget those whose time is over, and give them."""
    return [Present(*row) for row in session.read(_SWEEP, now)]


def is_outdated(session: Session, now: int) -> bool:
    """Whether somebody's time is over."""
    return bool(session.read("select 1 from presence where ends_at <= ? limit 1", now))
