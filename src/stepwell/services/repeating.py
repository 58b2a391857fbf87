"""Idempotency keys: a request that is repeated with its key is done once, and answered as the first time."""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from stepwell.errors import Invalid
from stepwell.services import given
from stepwell.services.batch import Batch
from stepwell.services.requests import Done, Request
from stepwell.store.idempotency import Place, StoredReply
from stepwell.store.transaction import Transaction

Answer = TypeVar("Answer")


def once(batch: Batch, request: Request, verb: Callable[[Batch, Any], Done]) -> Done:
    """Do what a request with a key asks for, unless it was answered before; the batch has claimed the key."""
    place = (request.actor, request.idempotency_key)
    asked = [repr(getattr(request, name)) for name in request.__struct_fields__ if name != "by"]
    digest = hashlib.sha256(msgspec.msgpack.encode([type(request).__name__, *asked])).digest()
    known = batch.replies.get(place)
    if known is None:
        done = verb(batch, request)
        reply = msgspec.msgpack.encode(
            [done.instance_id, done.revision, done.at, done.answer, bool(done.events)]
        )
        batch.answer(place, StoredReply(digest, reply))
        return done
    if known.hash != digest:
        raise other_request(request.idempotency_key)
    instance_id, revision, at, *rest = msgspec.msgpack.decode(known.reply)
    answer, has_events = (*rest, True)[:2] if rest else (b"", True)
    events = batch.events(instance_id, revision) if instance_id and has_events else ()
    return Done(instance_id, revision, events, at, repeated=True, answer=answer)


def repeatable(
    tx: Transaction, place: Place, content: object, carry_out: Callable[[], Answer], kind: type[Answer]
) -> Answer:
    """Carry something out once for a (principal, key) in a transaction of its own; without a key every time.

    ``content`` says what was asked for: the same key with another one is ``Invalid``. The answer is kept.
    """
    if not given.text(place[1], "Idempotency-Key"):
        return carry_out()
    digest = hashlib.sha256(repr(content).encode()).digest()
    known = tx.claim_keys([place]).get(place)
    if known is None:
        answer = carry_out()
        tx.answer_keys({place: StoredReply(digest, msgspec.json.encode(answer))})
        return answer
    if known.hash != digest:
        raise other_request(place[1])
    return msgspec.json.decode(known.reply, type=kind)


def other_request(key: str) -> Invalid:
    """That the key came with something else before."""
    message = f"Expected the idempotency key '{key}' to come with the same request."
    return Invalid("idempotency.other-request", message)
