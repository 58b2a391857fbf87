"""What goes to another instance, or starts one: rows among the jobs, carried out by whoever claims them.

A delivery is no part of its addressee's state. The transaction that carries it out takes it away under
the lock of the instance; if it is not there any more there is nothing to do.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from stepwell.engine.rows import Job
from stepwell.records.changes import Changes
from stepwell.store.jobs import DELIVERY, ClaimedJob
from stepwell.store.session import Session
from stepwell.store.tuples import Tuple, pack
from stepwell.store.writes import INSERT_JOB

Kind = Literal[
    "command", "message", "signal", "record", "start_message", "start_signal", "start_record", "notification"
]
FIRST_SLICE = (-1, 0, 0)
SLICE = 1000

TAKE = "delete from job where instance_id = ? and key = ? returning args"
SIGNALLED = (
    "select created_at, instance_id, key, element from subscription"
    " where kind = 'signal' and name = ? and correlation_key = ''"
    " and (created_at, instance_id, key) > (?, ?, ?) and created_at <= ? and not (instance_id = ? and key <= ?)"
    " order by created_at, instance_id, key limit ?"
)
STARTS = (
    "select definition_id, element from start_subscription where kind = ? and name = ?"
    " order by definition_id, element"
)


class Delivery(Struct, frozen=True):
    """Something for the instance ``instance_id``, or for none yet (0).

    ``subject`` is the key of the subscription meant or, for a start, the definition's id, and ``element``
    the element that waits or starts. ``args`` say the rest: of a command whatever the services packed, of
    a message a ``MessageArgs``, of a signal a ``SignalArgs``, of records a ``RecordArgs``, of a notification (whose
    number is ``subject``) the time to which it was put off.
    """

    instance_id: int
    kind: Kind
    args: bytes
    subject: int = 0
    element: str = ""


class MessageArgs(Struct, frozen=True, array_like=True):
    """Which message is delivered; its values are taken with ``Transaction.take_message``."""

    message: int
    name: str
    depth: int = 0


class SignalArgs(Struct, frozen=True, array_like=True):
    """The signal's name and encoded values; ``reached``: who has it already, up to a key of an instance."""

    name: str
    values: bytes
    depth: int = 0
    reached: tuple[int, int] = (0, 0)


class RecordArgs(Struct, frozen=True, array_like=True):
    """Changes of records of one type, in their order."""

    changes: Changes
    depth: int = 0


class Slice(Struct, frozen=True):
    """How far a signal has come: goes on behind ``after`` with subscriptions made until ``before``."""

    after: tuple[int, int, int]
    before: int


message_args = msgspec.msgpack.Decoder(MessageArgs).decode
record_args = msgspec.msgpack.Decoder(RecordArgs).decode
signal_args = msgspec.msgpack.Decoder(SignalArgs).decode


def delivery_of(claimed: ClaimedJob) -> Delivery:
    """The delivery that a claimed job of the type ``delivery`` is."""
    job = claimed.job
    kind: Kind = job.repeat  # type: ignore[assignment]
    return Delivery(claimed.instance_id, kind, job.args, job.element_key, job.element)


def job_of(one: Delivery, key: int, due_at: int = 0) -> Job:
    """The row among the jobs in which a delivery is kept."""
    return Job(key, one.subject, one.element, DELIVERY, due_at, args=one.args, repeat=one.kind)


def deliver(
    session: Session,
    deliveries: Sequence[Delivery],
    due_at: int,
    lock: tuple[str | None, int | None] = (None, None),
) -> list[int]:
    """Keep deliveries for when they are due; gives their keys. ``lock``: a worker has them until a time."""
    if not deliveries:
        return []
    keys = [-number for number in session.numbers("delivery_key", len(deliveries))]
    rows = [_tuple(one, key, due_at, lock) for one, key in zip(deliveries, keys, strict=True)]
    session.write([(INSERT_JOB, rows)])
    return keys


def _tuple(one: Delivery, key: int, due_at: int, lock: tuple[str | None, int | None]) -> Tuple:
    job = job_of(one, key, due_at)
    return (one.instance_id, *msgspec.structs.astuple(job), *lock, 1 if lock[0] else 0)


def take(session: Session, instance_id: int, key: int) -> bytes | None:
    """Take the delivery away and give its args; None if it was carried out already."""
    found = session.read(TAKE, instance_id, key)
    return found[0][0] if found else None


def starts(session: Session, kind: str, name: str) -> list[tuple[int, str]]:
    """(definition id, start event) of current versions that a message or signal of this name starts."""
    return [(row[0], row[1]) for row in session.read(STARTS, kind, name)]


def throw_signal(session: Session, signal: SignalArgs, now: int, part: Slice | None = None) -> Slice | None:
    """Make a delivery for everybody who waits for the signal; gives where to go on if there are too many.

    The first slice also starts the instances that begin with this signal.
    """
    after, before = (part.after, part.before) if part else (FIRST_SLICE, now)
    found = session.read(SIGNALLED, signal.name, *after, before, *signal.reached, SLICE)
    args = pack(signal)
    made = [Delivery(row[1], "signal", args, row[2], row[3]) for row in found]
    if part is None:
        made += _start_deliveries(starts(session, "signal", signal.name), args)
    deliver(session, made, now)
    return Slice(found[-1][:3], before) if len(found) == SLICE else None


def _start_deliveries(found: Iterable[tuple[int, str]], args: bytes) -> list[Delivery]:
    return [Delivery(0, "start_signal", args, definition, element) for definition, element in found]
