"""Idempotency keys: a request that is repeated with its key is done once, and answered as the first time."""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from stepwell.errors import Invalid
from stepwell.services.batch import Batch
from stepwell.services.requests import Done, Request
from stepwell.store.idempotency import StoredReply


def once(batch: Batch, request: Request, verb: Callable[[Batch, Any], Done]) -> Done:
    """Do what a request with a key asks for, unless it was answered before; the batch has claimed the key."""
    place = (request.actor, request.idempotency_key)
    asked = [repr(getattr(request, name)) for name in request.__struct_fields__ if name != "by"]
    digest = hashlib.sha256(msgspec.msgpack.encode([type(request).__name__, *asked])).digest()
    known = batch.replies.get(place)
    if known is None:
        done = verb(batch, request)
        reply = msgspec.msgpack.encode([done.instance_id, done.revision, done.at])
        batch.answer(place, StoredReply(digest, reply))
        return done
    if known.hash != digest:
        message = f"Expected the idempotency key '{request.idempotency_key}' to come with the same request."
        raise Invalid("idempotency.other-request", message)
    instance_id, revision, at = msgspec.msgpack.decode(known.reply)
    return Done(instance_id, revision, batch.events(instance_id, revision), at, repeated=True)
