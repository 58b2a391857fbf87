"""What one instance has for another one, or for none: rows of the job table that return as commands.

Encoded with ``encode``; values inside are encoded FEEL values. The tag says which kind it is.
"""

import msgspec
from msgspec import Struct


class Delivery(Struct, frozen=True, array_like=True):
    """Something on its way. ``depth`` counts the causes since a person or a timer."""

    depth: int = 0


class MessageArrived(Delivery, frozen=True, tag=1):
    """Message row ``message`` was given to subscription ``key`` of the addressed instance."""

    key: int = 0
    message: int = 0


class MessageStarts(Delivery, frozen=True, tag=2):
    """Message row ``message`` starts an instance of the definition at this start event."""

    definition_id: int = 0
    element: str = ""
    message: int = 0


class SignalArrived(Delivery, frozen=True, tag=3):
    """A signal for subscription ``key`` of the addressed instance."""

    key: int = 0
    name: str = ""
    values: bytes = b""


class SignalStarts(Delivery, frozen=True, tag=4):
    """A signal starts an instance of the definition at this start event."""

    definition_id: int = 0
    element: str = ""
    name: str = ""
    values: bytes = b""


class CallCompleted(Delivery, frozen=True, tag=5):
    """The child of call activity ``key`` of the addressed instance completed."""

    key: int = 0
    values: bytes = b""


class CallFailed(Delivery, frozen=True, tag=6):
    """The child of call activity ``key`` of the addressed instance ended with a BPMN error."""

    key: int = 0
    code: str = ""
    message: str = ""
    values: bytes = b""


class CancelCalled(Delivery, frozen=True, tag=7):
    """The child that ``key`` of ``instance`` called has to go; nobody knows its id."""

    instance: int = 0
    key: int = 0


class SignalRest(Delivery, frozen=True, tag=8):
    """The receivers of a signal with many: those after (instance, key), subscribed before ``before``."""

    name: str = ""
    values: bytes = b""
    after: tuple[int, int] = (0, 0)
    before: int = 0


AnyDelivery = (
    MessageArrived | MessageStarts | SignalArrived | SignalStarts | CallCompleted | CallFailed | CancelCalled | SignalRest
)

encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(AnyDelivery).decode
