"""Replies that are given again when a request is repeated with the same key."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from stepwell.store.session import Session
from stepwell.store.writes import ANSWER_KEY

Place = tuple[str, str]  # who asks, and the key that he gave

_PUT = "insert into idempotency_key (principal, key, hash, reply, at)"
_LOCK = (
    "on conflict (principal, key) do update set at = idempotency_key.at returning principal, key, hash, reply"
)
CLAIM = {
    "sqlite": f"{_PUT} select value ->> 0, value ->> 1, x'', x'', 0 from json_each(?) where true {_LOCK}",
    "postgresql": (
        f"{_PUT} select value ->> 0, value ->> 1, ''::bytea, ''::bytea, 0 from jsonb_array_elements(?::jsonb)"
        f" order by 1, 2 {_LOCK}"
    ),
}
SWEEP = "delete from idempotency_key where at < ?"


class StoredReply(Struct, frozen=True):
    """What was answered before, and the hash of the request that it answered."""

    hash: bytes
    reply: bytes


def claim(session: Session, places: Iterable[Place]) -> dict[Place, StoredReply]:
    """Have keys for this transaction alone, and learn the replies of those that were answered before.

    Waits for other transactions with one of these keys; all take theirs in the same order. A key without a
    reply was new, or its request was rejected: it is free for another one, and goes with the next sweep.
    """
    given = msgspec.json.encode(sorted(set(places))).decode()
    found = session.read(CLAIM[session.name], given)
    return {(row[0], row[1]): StoredReply(bytes(row[2]), bytes(row[3])) for row in found if row[3]}


def forget(session: Session, place: Place) -> None:
    """Let a key be free again."""
    session.run("delete from idempotency_key where principal = ? and key = ?", *place)


def answer(session: Session, replies: Mapping[Place, StoredReply], now: int) -> None:
    """Remember the replies to keys that were claimed before, from ``now`` on."""
    session.write(
        [(ANSWER_KEY, [(*place, reply.hash, reply.reply, now) for place, reply in replies.items()])]
    )
