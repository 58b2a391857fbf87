"""A command that is repeated with the same idempotency key is answered as the first time, and done once."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

import msgspec

from stepwell.errors import Invalid
from stepwell.services import given
from stepwell.store.idempotency import StoredReply
from stepwell.store.transaction import Transaction

Answer = TypeVar("Answer")


def repeatable(
    tx: Transaction,
    place: tuple[str, str],
    content: object,
    carry_out: Callable[[], Answer],
    kind: type[Answer],
) -> Answer:
    """Carry something out once for a (principal, key); without a key every time.

    ``content`` says what was asked for: the same key with another one is ``Invalid``. The answer is kept.
    """
    principal, key = place
    if not given.text(key, "Idempotency-Key"):
        return carry_out()
    digest = hashlib.sha256(repr(content).encode()).digest()
    known = tx.claim_key(principal, key, digest)
    if known is None or not known.reply:
        answer = carry_out()
        tx.answer_key(principal, key, StoredReply(digest, msgspec.json.encode(answer)))
        return answer
    if known.hash != digest:
        raise other_request(key)
    return msgspec.json.decode(known.reply, type=kind)


def other_request(key: str) -> Invalid:
    """That the key came with something else before."""
    message = f"Expected the idempotency key '{key}' to come with the same request."
    return Invalid("idempotency.other-request", message)
