"""Changes that are made once though they are asked for twice: the mark that the first transaction of a command leaves.

Requests of a batch keep their own replies (``stepwell.services.repeating``). A command that has a transaction of its own
marks its idempotency key in it, and keeps its answer there afterwards.
"""

from contextvars import ContextVar
from typing import TYPE_CHECKING, Literal

from stepwell.store.idempotency import Place, StoredReply

if TYPE_CHECKING:
    from stepwell.store.transaction import Transaction

UNANSWERED = b"?"
"""In place of the reply of a command that was carried out, until its answer is kept."""


class RepeatedError(Exception):
    """The command was carried out before; ``known`` is what was kept of it. Nothing has been changed."""

    def __init__(self, known: StoredReply) -> None:
        super().__init__()
        self.known = known


class Once:
    """A command with a key; ``taken`` says what has the key: a transaction of its own, or a request of a batch."""

    __slots__ = ("hash", "place", "taken")

    def __init__(self, place: Place, hash: bytes) -> None:
        self.place = place
        self.hash = hash
        self.taken: Literal["", "transaction", "request"] = ""


ONCE: ContextVar[Once | None] = ContextVar("once", default=None)
"""The command that is being carried out, if it came with a key."""


def mark(tx: "Transaction") -> None:
    """Have the key of the command in its first transaction; raises ``RepeatedError``."""
    once = ONCE.get()
    if once is None or once.taken:
        return
    once.taken = "transaction"
    known = tx.claim_keys([once.place]).get(once.place)
    if known is not None:
        raise RepeatedError(known)
    tx.answer_keys({once.place: StoredReply(once.hash, UNANSWERED)})
