"""Replies that are given again when a request is repeated with the same key."""

from msgspec import Struct

from stepwell.store.session import Session

_INSERT = (
    "insert into idempotency_key (principal, key, hash, reply, at) values (?, ?, ?, ?, ?)"
    " on conflict do nothing"
)
_READ = "select hash, reply from idempotency_key where principal = ? and key = ?"
_REPLY = "update idempotency_key set hash = ?, reply = ? where principal = ? and key = ?"
SWEEP = "delete from idempotency_key where at < ?"


class StoredReply(Struct, frozen=True):
    """What was answered before, and the hash of the request that it answered."""

    hash: bytes
    reply: bytes


def claim(session: Session, place: tuple[str, str], digest: bytes, now: int) -> StoredReply | None:
    """Take (principal, key) for this transaction; gives the reply if it was answered before."""
    if session.run(_INSERT, *place, digest, b"", now):
        return None
    found = session.read(_READ, *place)
    return StoredReply(bytes(found[0][0]), bytes(found[0][1]))


def answer(session: Session, place: tuple[str, str], stored: StoredReply) -> None:
    """Remember the reply to (principal, key), which was claimed before, and which request it answered."""
    session.run(_REPLY, stored.hash, stored.reply, *place)
