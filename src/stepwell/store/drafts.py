"""Half-filled pages: rows beside the state, without lock or history."""

from msgspec import Struct

from stepwell.store.columns import layout
from stepwell.store.session import Session
from stepwell.store.writes import Write

_PUT = (
    "insert into draft (instance_id, key, at, actor, data) values (?, ?, ?, ?, ?)"
    " on conflict (instance_id, key) do update set at = excluded.at, actor = excluded.actor, data = excluded.data"
)
_FETCH = "select at, actor, data from draft where instance_id = ? and key = ?"
_DROP = Write("delete", layout("draft", 2, "instance_id:int key:int at:int actor:text data:blob"))
_STRAY = (
    "delete from draft where at < ? and not exists (select 1 from user_task t"
    " where t.instance_id = draft.instance_id and t.key = draft.key)"
)


class DraftRow(Struct, frozen=True):
    """What was typed so far, as JSON, when, and by whom."""

    at: int
    actor: str
    data: bytes


def put(session: Session, place: tuple[int, int], row: DraftRow) -> None:
    """Keep what was typed for a step, in place of what was typed before."""
    session.run(_PUT, *place, row.at, row.actor, row.data)


def fetch(session: Session, place: tuple[int, int]) -> DraftRow | None:
    """What was typed for a step, if anything was kept."""
    found = session.read(_FETCH, *place)
    return DraftRow(found[0][0], found[0][1], bytes(found[0][2])) if found else None


def drop(session: Session, place: tuple[int, int]) -> None:
    """The step is done: what was typed is not needed any more."""
    session.write([(_DROP, [place])])


def sweep(session: Session, before: int) -> int:
    """Delete what was typed for steps that ended in another way; gives how many."""
    return session.run(_STRAY, before)
