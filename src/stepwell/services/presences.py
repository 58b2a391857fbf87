"""Who has a step open: told by the page from time to time, over by itself when the page is silent."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from stepwell.engine.rows import UserTask
from stepwell.errors import Forbidden
from stepwell.identity import Actor
from stepwell.services import contents
from stepwell.services.ids import inner_id
from stepwell.services.live.event import LiveEvent, everybody_of
from stepwell.services.moments import moment
from stepwell.store import Store, presence
from stepwell.store.presence import Present
from stepwell.store.queries import user_tasks as queries
from stepwell.store.session import Session

LASTS = 45_000_000  # microseconds that somebody is there after a sign of life


class PresentPerson(Struct, frozen=True):
    """Somebody who has a step open since then; ``until`` the next sign of life is to come."""

    person: str
    since: datetime
    until: datetime


class Presence(Struct, frozen=True):
    """Who has a step open, who came first before the others."""

    items: tuple[PresentPerson, ...]


class Put(Struct, frozen=True):
    """Who is there now, and what there is to tell others of it."""

    presence: Presence
    news: tuple[LiveEvent, ...] = ()


def put(store: Store, task_id: str, actor: Actor, *, is_here: bool) -> Put:
    """Say that one has an open step open for another 45 seconds, or has closed it.

    Raises ``NotFound`` and ``Forbidden`` as its contents do; ``Conflict`` when it is done.
    """
    if not actor.name:
        raise Forbidden("me.nobody", "Expected a person, but the token of the installation names none.")
    with store.transaction() as tx:
        step = contents.seen(tx.session, task_id, actor)
        if is_here:
            contents.expect_open(step)
            row = Present(*step.place, actor.name, tx.now, tx.now + LASTS)
            has_changed = presence.put(tx.session, row)
        else:
            has_changed = presence.leave(tx.session, step.place, actor.name)
        found = presence.of(tx.session, step.place, tx.now)
        news = (_news(step.place, found, step.task),) if has_changed else ()
    return Put(_view(found), news)


def load(store: Store, task_id: str, actor: Actor) -> Presence:
    """Who has a step open; raises what its contents do."""
    with store.reading() as session:
        step = contents.seen(session, task_id, actor)
        return _view(presence.of(session, step.place, session.now()))


def tidy(store: Store) -> list[LiveEvent]:
    """Forget those who are silent for too long; gives what there is to tell of it."""
    with store.reading() as session:
        if not presence.is_outdated(session, session.now()):
            return []
    with store.transaction() as tx:
        gone = presence.sweep(tx.session, tx.now)
        places = sorted({(row.instance_id, row.key) for row in gone})
        return [_of_place(tx.session, place, tx.now) for place in places]


def everybody(store: Store) -> dict[str, dict[str, int]]:
    """Who has which steps open, and until when."""
    found: dict[str, dict[str, int]] = {}
    with store.reading() as session:
        for row in presence.everybody(session, session.now()):
            found.setdefault(inner_id(row.instance_id, row.key), {})[row.person] = row.ends_at
    return found


def _of_place(session: Session, place: tuple[int, int], now: int) -> LiveEvent:
    view = queries.fetch(session, *place)
    return _news(place, presence.of(session, place, now), view.task if view else None)


def _news(place: tuple[int, int], found: Iterable[Present], task: UserTask | None) -> LiveEvent:
    people = [row.person for row in found]
    to = everybody_of(task) | {f"user:{name}" for name in people}
    return LiveEvent("presence", to, {"id": inner_id(*place), "people": people})


def _view(found: Iterable[Present]) -> Presence:
    return Presence(
        tuple(PresentPerson(row.person, moment(row.began_at), moment(row.ends_at)) for row in found)
    )
