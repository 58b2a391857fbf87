"""Half-filled pages, of each person their own: rows beside the state, without lock or history."""

from msgspec import Struct

from stepwell.store.columns import layout
from stepwell.store.session import Session
from stepwell.store.writes import Write

_PUT = (
    "insert into draft (instance_id, key, person, at, data) values (?, ?, ?, ?, ?)"
    " on conflict (instance_id, key, person) do update set at = excluded.at, data = excluded.data"
)
_FETCH = "select person, at, data from draft where instance_id = ? and key = ? and person = ?"
_DRAFT = layout("draft", 3, "instance_id:int key:int person:text at:int data:blob")
_DROP = Write("delete", _DRAFT._replace(keys=2))
_DROP_ONE = Write("delete", _DRAFT)
_STRAY = (
    "delete from draft where at < ? and not exists (select 1 from user_task t"
    " where t.instance_id = draft.instance_id and t.key = draft.key)"
)


class DraftRow(Struct, frozen=True):
    """What a person (empty: Stepwell itself) typed so far, as JSON, and when."""

    person: str
    at: int
    data: bytes


def put(session: Session, place: tuple[int, int], row: DraftRow) -> None:
    """Keep what a person typed for a step, in place of what that person typed before."""
    session.run(_PUT, *place, row.person, row.at, row.data)


def fetch(session: Session, place: tuple[int, int], person: str) -> DraftRow | None:
    """What a person typed for a step, if anything was kept."""
    found = session.read(_FETCH, *place, person)
    return DraftRow(found[0][0], found[0][1], bytes(found[0][2])) if found else None


def drop(session: Session, place: tuple[int, int]) -> None:
    """The page is done: what anybody typed is not needed any more."""
    session.write([(_DROP, [place])])


def drop_one(session: Session, place: tuple[int, int], person: str) -> None:
    """What a person typed is saved, and the page stays for the others."""
    session.write([(_DROP_ONE, [(*place, person)])])


def sweep(session: Session, before: int) -> int:
    """Delete what was typed for steps that ended in another way; gives how many."""
    return session.run(_STRAY, before)
