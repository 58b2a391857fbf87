"""What one instance has for another one: commands on their way, kept as rows of the job table.

Encoded with ``encode``; values inside are encoded FEEL values. The tag says which kind it is. (Messages and
signals have deliveries of their own, made by the store where they meet their receivers.)
"""

import msgspec
from msgspec import Struct

from stepwell.records.changes import Changes


class Delivery(Struct, frozen=True, array_like=True):
    """Something on its way. ``depth`` counts the causes since a person or a timer."""

    depth: int = 0


class CallCompleted(Delivery, frozen=True, tag=1):
    """The child of call activity ``key`` of the addressed instance completed."""

    key: int = 0
    values: bytes = b""


class CallFailed(Delivery, frozen=True, tag=2):
    """The child of call activity ``key`` of the addressed instance ended with a BPMN error.

    Without a code the child could not even start.
    """

    key: int = 0
    code: str = ""
    message: str = ""
    values: bytes = b""


class CancelCalled(Delivery, frozen=True, tag=3):
    """The child that ``key`` of ``instance`` called has to go; nobody knows its id."""

    instance: int = 0
    key: int = 0


class SignalRest(Delivery, frozen=True, tag=4):
    """A signal with many receivers goes on behind ``after``, to those who waited until ``before``."""

    name: str = ""
    values: bytes = b""
    after: tuple[int, int, int] = (0, 0, 0)
    before: int = 0
    reached: tuple[int, int] = (0, 0)


class RecordsRest(Delivery, frozen=True, tag=5):
    """Changes of records with many who wait for any of the type go on behind ``after``, to those who waited until
    ``before``.
    """

    record_type: str = ""
    after: tuple[int, int, int] = (-1, 0, 0)
    before: int = 0
    changes: Changes = ()


AnyDelivery = CallCompleted | CallFailed | CancelCalled | SignalRest | RecordsRest

encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(AnyDelivery).decode
