"""Commands with a transaction of their own that come with an idempotency key: carried out once, answered each time."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from stepwell.errors import Conflict, Unavailable
from stepwell.services import given
from stepwell.services.repeating import other_request
from stepwell.services.requests import Request
from stepwell.store import Store, idempotency
from stepwell.store.idempotency import StoredReply
from stepwell.store.once import ONCE, UNANSWERED, Once, RepeatedError

Answer = TypeVar("Answer", bound=Struct)
AnyRequest = TypeVar("AnyRequest", bound=Request)
SECRETS = frozenset({"password", "old", "new"})


@contextmanager
def once(principal: str, key: str, command: str, body: Struct) -> Iterator[Once]:
    """Everything inside is done once for this person and key; raises ``RepeatedError`` when it was done before."""
    said = {name: getattr(body, name) for name in body.__struct_fields__ if name not in SECRETS}
    digest = hashlib.sha256(repr((command, said)).encode()).digest()
    found = Once((principal, given.text(key, "Idempotency-Key")), digest)
    token = ONCE.set(found)
    try:
        yield found
    finally:
        ONCE.reset(token)


def keyed(request: AnyRequest) -> AnyRequest:
    """The request with the key of the command that it belongs to, unless it has one of its own."""
    found = ONCE.get()
    if found is None or found.taken or request.idempotency_key:
        return request
    found.taken = "request"
    return replace(request, idempotency_key=found.place[1])


def answer(error: RepeatedError, mark: Once, kind: type[Answer]) -> Answer:
    """What was answered the first time; ``Invalid`` when the key came with another command."""
    if error.known.hash != mark.hash:
        raise other_request(mark.place[1])
    if error.known.reply == UNANSWERED:
        message = f"Expected the answer to key '{mark.place[1]}' to be known, but the command is done and that is all."
        raise Conflict("idempotency.unanswered", message)
    return msgspec.json.decode(error.known.reply, type=kind)


def keep(store: Store, mark: Once, answer: Struct) -> None:
    """Keep the answer of a command that was carried out; if there is no room for it, it stays unanswered."""
    if mark.taken == "transaction":
        reply = StoredReply(mark.hash, msgspec.json.encode(answer))
        with suppress(Unavailable), store.transaction() as tx:
            tx.answer_keys({mark.place: reply})


def forget(store: Store, mark: Once) -> None:
    """The command was refused: its key is free."""
    if mark.taken == "transaction":
        with suppress(Unavailable), store.transaction() as tx:
            idempotency.forget(tx.session, mark.place)
