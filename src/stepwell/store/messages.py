"""Messages: kept until somebody who waits for their name and correlation key has them.

Publisher and subscriber both write their row and then look for the other while they hold the lock of the
name and key, so that one of them finds the other. A match stamps the message and makes a delivery; the
transaction that carries it out takes the message, or frees it again when the receiver is gone.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

from stepwell.store.deliveries import Delivery, MessageArgs, deliver, starts
from stepwell.store.session import Session
from stepwell.store.tuples import pack

FREE, UNDER_WAY, TAKEN = 0, 1, 2
DeliveryLock = tuple[str | None, int | None]
NO_LOCKS: Mapping[int, DeliveryLock] = MappingProxyType({})

_PUT = (
    "insert into message (id, name, correlation_key, data, message_id, published_at, expires_at, stamped, depth)"
    " values (?, ?, ?, ?, ?, ?, ?, 0, ?) on conflict do nothing"
)
_FORGET = "delete from message where name = ? and message_id = ? and expires_at < ? and stamped != 1"
_OLDEST = (
    "select id, depth from message where name = ? and correlation_key = ? and stamped = 0 and expires_at >= ?"
    " order by id limit 1"
)
_WAITING = (
    "select s.instance_id, s.key, s.element from subscription s where s.kind = 'message' and s.name = ?"
    " and s.correlation_key = ? and not exists (select 1 from job j where j.instance_id = s.instance_id"
    " and j.element_key = s.key and j.key < 0) order by s.created_at, s.instance_id, s.key limit 1"
)
_STARTING = (
    "select distinct m.name, m.correlation_key from start_subscription s join message m on m.name = s.name"
    " where s.kind = 'message' and m.stamped = 0 and m.expires_at >= ?"
)
_STAMP = "update message set stamped = ? where id = ?"
_READ = "select name, correlation_key, data, message_id, expires_at from message where id = ?"
_DELETE = "delete from message where id = ?"
_KEEP_ID = "update message set stamped = 2, data = ? where id = ?"
SWEEP = "delete from message where expires_at < ? and stamped != 1"


class Message(Struct, frozen=True):
    """What is published: encoded ``values`` for who waits for the name and key until ``expires_at``.

    ``message_id`` is the sender's own; the same one is accepted once until it expires.
    """

    name: str
    correlation_key: str
    values: bytes
    expires_at: int
    message_id: str = ""
    depth: int = 0


def put(session: Session, message: Message, now: int) -> int | None:
    """Keep a message; gives its number, or None if one with its id was accepted before."""
    if message.message_id:
        session.run(_FORGET, message.name, message.message_id, now)
    number = session.numbers("message_row_id", 1)[0]
    place = (number, message.name, message.correlation_key, message.values, message.message_id)
    kept = session.run(_PUT, *place, now, message.expires_at, message.depth)
    return number if kept else None


def starting(session: Session, now: int) -> list[tuple[str, str]]:
    """The places of free messages that would start a process: they came before it was deployed."""
    return [(row[0], row[1]) for row in session.read(_STARTING, now)]


def correlate(
    session: Session,
    places: Iterable[tuple[str, str]],
    now: int,
    locks: Mapping[int, DeliveryLock] = NO_LOCKS,
) -> list[tuple[int, Delivery]]:
    """Bring free messages and those who wait together, by (name, correlation key).

    Call it after everything else of the transaction. Gives the deliveries made, with their keys; those to an instance of
    ``locks`` a worker has until a time.
    """
    made: list[tuple[int, Delivery]] = []
    for name, key in sorted(set(places)):
        session.lock_name(f"{len(name)} {name} {key}")
        while True:
            delivery = _match(session, name, key, now)
            if delivery is None:
                break
            lock = locks.get(delivery.instance_id, (None, None))
            made += [(number, delivery) for number in deliver(session, [delivery], now, lock)]
    return made


def _match(session: Session, name: str, key: str, now: int) -> Delivery | None:
    """Stamp the oldest free message for the receiver that waits longest, else for a start."""
    found = session.read(_OLDEST, name, key, now)
    if not found:
        return None
    number, depth = found[0]
    args = pack(MessageArgs(number, name, depth))
    waiting = session.read(_WAITING, name, key)
    if waiting:
        delivery = Delivery(waiting[0][0], "message", args, waiting[0][1], waiting[0][2])
    else:
        first = starts(session, "message", name)[:1]
        if not first:
            return None
        delivery = Delivery(0, "start_message", args, *first[0])
    session.run(_STAMP, UNDER_WAY, number)
    return delivery


def take(session: Session, number: int, now: int) -> bytes | None:
    """The values of a message that reached its receiver; it is gone then, but its id is remembered."""
    found = session.read(_READ, number)
    if not found:
        return None
    _, _, values, message_id, expires_at = found[0]
    if message_id and expires_at >= now:
        session.run(_KEEP_ID, b"", number)
    else:
        session.run(_DELETE, number)
    return bytes(values)


def free(session: Session, number: int) -> tuple[str, str] | None:
    """Let the message wait again, its receiver being gone; gives its place for ``correlate``."""
    found = session.read(_READ, number)
    session.run(_STAMP, FREE, number)
    return (found[0][0], found[0][1]) if found else None
