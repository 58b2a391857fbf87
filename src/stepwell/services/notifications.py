"""What a person was told: read it, mark it as read, put it off. Written in ``telling.py``, where it happens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct, msgpack

from stepwell.errors import Forbidden, Invalid, NotFound, Problem
from stepwell.identity import Actor
from stepwell.services import cursors
from stepwell.services.ids import inner_id, inner_key, shown
from stepwell.services.moments import micros, moment, perhaps
from stepwell.store import Store
from stepwell.store import notifications as rows
from stepwell.store.deliveries import Delivery
from stepwell.store.notifications import NotificationFilter
from stepwell.store.queries import incidents
from stepwell.store.session import Session

Kind = Literal["reminder", "overdue", "step", "incident", "comment"]
LATEST = 366 * 24 * 3600 * 1_000_000  # microseconds for which one can be put off


class Notification(Struct, frozen=True):
    """What somebody was told, of which kind: about a ``user_task`` or an ``incident`` of an instance; ``by`` is who
    did it, empty for the process and Stepwell itself. ``shown_at`` is later than ``at`` when it was put off.
    ``message`` is what an incident expected and found, empty when it is repaired or gone.
    """

    id: str
    kind: Kind
    at: datetime
    shown_at: datetime
    title: str
    instance_id: str
    user_task: str = ""
    incident: str = ""
    message: str = ""
    by: str = ""
    read_at: datetime | None = None


class NotificationPage(Struct, frozen=True):
    """Notifications, the newest first. ``unread`` counts those that are shown and not read, exactly up to 99."""

    items: tuple[Notification, ...]
    unread: int
    after: str | None = None


class Unread(Struct, frozen=True):
    """How many are unread now, exactly up to 99."""

    unread: int


class Filter(Struct, frozen=True, kw_only=True):
    """Which of one's own."""

    is_unread: bool = False
    limit: int = 50
    after: str | None = None


def page(store: Store, asked: Filter, actor: Actor) -> NotificationPage:
    """One's own notifications, the newest first."""
    count = cursors.limit(asked.limit)
    place = cursors.decode(asked.after, 2)
    with store.reading() as session:
        now = session.now()
        wanted = NotificationFilter(
            person=actor.name, now=now, is_unread=asked.is_unread, limit=count + 1,
            after=None if place is None else (place[0], place[1]),
        )  # fmt: skip
        found = rows.page(session, wanted)
        unread = rows.unread(session, actor.name, now)
        items = _views(session, found[:count])
    last = found[count - 1] if len(found) > count else None
    more = None if last is None else cursors.encode((last.shown_at, last.id))
    return NotificationPage(items, unread, more)


def read(store: Store, id: str, actor: Actor) -> Notification:
    """Mark one as read; raises ``NotFound``, also for one of somebody else."""
    with store.transaction() as tx:
        found = _own(tx.session, id, actor)
        rows.read(tx.session, found.id, actor.name, tx.now)
        return _views(tx.session, [_own(tx.session, id, actor)])[0]


def read_all(store: Store, about: str, actor: Actor) -> Unread:
    """Mark all as read, or those about one user task."""
    _expect_somebody(actor)
    place = inner_key(about, "user task") if about else None
    with store.transaction() as tx:
        rows.read_all(tx.session, actor.name, tx.now, place)
        return Unread(rows.unread(tx.session, actor.name, tx.now))


def postpone(store: Store, id: str, until: datetime, actor: Actor) -> Notification:
    """Let one come back later, as unread. Raises ``NotFound``, ``Invalid`` for a time that is past or too far."""
    at = micros(until)
    with store.transaction() as tx:
        found = _own(tx.session, id, actor)
        if not tx.now < at <= tx.now + LATEST:
            message = f"Expected a time within a year from now, but found {until.isoformat()}."
            raise Invalid("input.invalid", message, [Problem("time.out-of-range", message, field="until")])
        rows.postpone(tx.session, found.id, actor.name, at)
        tx.deliver([Delivery(0, "notification", msgpack.encode(at), found.id)], due_at=at)
        return _views(tx.session, [_own(tx.session, id, actor)])[0]


def _own(session: Session, id: str, actor: Actor) -> rows.Notification:
    _expect_somebody(actor)
    found = rows.fetch(session, int(id)) if id.isascii() and id.isdigit() and len(id) < 19 else None
    if found is None or found.person != actor.name:
        raise NotFound(
            "notification.unknown", f"Expected one of your notifications, but there is no {shown(id)}."
        )
    return found


def _expect_somebody(actor: Actor) -> None:
    if not actor.name:
        raise Forbidden("me.nobody", "Expected a person, but the token of the installation names none.")


def _views(session: Session, found: Sequence[rows.Notification]) -> tuple[Notification, ...]:
    """Notifications as their person sees them."""
    stuck = {(row.instance_id, row.key) for row in found if row.kind == "incident"}
    messages = incidents.messages(session, stuck)
    return tuple([_view(row, messages.get((row.instance_id, row.key), "")) for row in found])


def _view(row: rows.Notification, message: str) -> Notification:
    place = inner_id(row.instance_id, row.key)
    is_stuck = row.kind == "incident"
    kind: Kind = row.kind  # type: ignore[assignment]
    return Notification(
        str(row.id), kind, moment(row.at), moment(row.shown_at), row.title, str(row.instance_id),
        "" if is_stuck else place, place if is_stuck else "", message if is_stuck else "", row.actor, perhaps(row.read_at),
    )  # fmt: skip
