"""Events from server to server: packed into messages that fit, numbered so that a gap is noticed."""

import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from msgspec import Struct

from stepwell.services.live.event import LiveEvent

LARGEST = 7800  # bytes of a message; PostgreSQL takes less than 8,000
SILENT_FOR = 35.0  # seconds after which a server that was heard before is taken for dead
_event = msgspec.json.Encoder().encode


class Message(Struct, frozen=True, array_like=True):
    """What one server tells the others. ``number`` counts its messages; ``is_last``: it is about to end;
    ``is_gap``: there was something that no message can hold.
    """

    server: str
    number: int
    events: tuple[LiveEvent, ...] = ()
    is_last: bool = False
    is_gap: bool = False


class Heard(NamedTuple):
    """The last that was heard of a server: the number of its message, and when."""

    number: int
    at: float


_message = msgspec.json.Decoder(Message).decode


class Sender:
    """Numbers what this server tells."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.number = 0

    def packed(self, events: Iterable[LiveEvent]) -> Iterator[str]:
        """Messages that hold the events, in order."""
        part: list[LiveEvent] = []
        size, room = 0, LARGEST - len(self.server) - 60
        is_gap = False
        for event in events:
            length = len(_event(event)) + 1
            if length > room:
                is_gap = True
                continue
            if size + length > room:
                yield self.message(tuple(part))
                part, size = [], 0
            part.append(event)
            size += length
        if part or is_gap:
            yield self.message(tuple(part), is_gap=is_gap)

    def skip(self) -> None:
        """Something could not be told: the next message shows the others that there is a gap in front of it."""
        self.number += 1

    def message(
        self, events: tuple[LiveEvent, ...] = (), *, is_last: bool = False, is_gap: bool = False
    ) -> str:
        """The next message, with events or none."""
        self.number += bool(events or is_gap)
        return _event(Message(self.server, self.number, events, is_last, is_gap)).decode()


class Receiver:
    """Follows what the other servers tell."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.heard: dict[str, Heard] = {}

    def begin(self) -> None:
        """Nothing was heard before."""
        self.heard.clear()

    def take(self, message: str) -> tuple[tuple[LiveEvent, ...], bool]:
        """The events of a message, and whether something in front of it was missed."""
        found = _message(message)
        if found.server == self.server:
            return (), False
        before = self.heard.get(found.server)
        if found.is_last:
            self.heard.pop(found.server, None)
        else:
            self.heard[found.server] = Heard(found.number, time.monotonic())
        expected = None if before is None else before.number + bool(found.events or found.is_gap)
        return found.events, found.is_gap or expected not in (None, found.number)

    def lost(self) -> bool:
        """Whether a server has fallen silent that did not say that it ends; it is forgotten then."""
        before = time.monotonic() - SILENT_FOR
        silent = [name for name, last in self.heard.items() if last.at < before]
        for name in silent:
            del self.heard[name]
        return bool(silent)
