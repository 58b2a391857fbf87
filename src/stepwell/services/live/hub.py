"""Who listens on this server, what they are told, and the last quarter of an hour for who was away."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from stepwell.errors import TooOften
from stepwell.identity import Actor
from stepwell.services.live.event import OPERATORS, LiveEvent

KEPT = 900.0  # seconds that events are kept
MOST_KEPT = 50_000  # events
MOST_WAITING = 500  # frames for one listener who is slow
MOST_STREAMS = 20  # of one person
_encode = msgspec.json.Encoder().encode


class Frame(NamedTuple):
    """What was told to whom at a moment of this machine's clock."""

    number: int
    at: float
    to: frozenset[str]
    content: bytes


def principals_of(actor: Actor) -> frozenset[str]:
    """The names under which somebody is told something."""
    names = {name for name in actor.principals if name != "user:"}
    return frozenset(names | {OPERATORS}) if actor.looks_at("operate") else frozenset(names)


class Listener:
    """One stream of somebody; asked by the task that serves it. ``opens_steps``: the person lets steps open by
    themselves.
    """

    def __init__(self, actor: Actor, *, opens_steps: bool = True) -> None:
        self.person = actor.name
        self.opens_steps = opens_steps
        self.principals = principals_of(actor)
        self.frames: deque[bytes] = deque()
        self.is_over = False
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, seconds: float) -> bytes:
        """What is to be told next; nothing after so many seconds, or when the stream is over."""
        if not self.frames and not self.is_over:
            try:
                async with asyncio.timeout(seconds):
                    await self._rung.wait()
            except TimeoutError:
                return b""
        self._rung.clear()
        found = b"".join(self.frames)
        self.frames.clear()
        return found


class Hub:
    """Used on one event loop. ``server`` is what tells this one's ids from those of all others; ``clock`` gives
    microseconds since 1970 UTC.
    """

    def __init__(self, server: str, clock: Callable[[], int]) -> None:
        self.server = server
        self.clock = clock
        self.number = 0
        self.lost = 0  # who saw less than this can not be told what was missed
        self.kept: deque[Frame] = deque()
        self.listeners: dict[str, set[Listener]] = {}  # by principal
        self.streams: dict[str, int] = {}  # by person
        self.present: dict[str, dict[str, int]] = {}  # who has a step open, and until when
        self.left_at = float("-inf")
        self.is_closed = False

    # -- listening ------------------------------------------------------------------------------------

    def is_wanted(self) -> bool:
        """Whether somebody listens, or may come back to hear what was missed."""
        return bool(self.streams) or time.monotonic() - self.left_at < KEPT

    def expect_room(self, actor: Actor) -> None:
        """Raise ``TooOften`` when the person has as many streams as anybody may have."""
        if self.streams.get(actor.name, 0) >= MOST_STREAMS:
            message = f"Expected at most {MOST_STREAMS} live streams of one person, but there would be more."
            raise TooOften("live.too-many", message, 30.0)

    def join(self, actor: Actor, after: str = "", *, opens_steps: bool = True) -> Listener:
        """A new stream of somebody, who saw everything up to the id ``after`` (empty: begins now)."""
        if not self.is_wanted():
            self.prune()
        found = Listener(actor, opens_steps=opens_steps)
        found.is_over = self.is_closed
        self.streams[actor.name] = self.streams.get(actor.name, 0) + 1
        self._enter(found)
        place = self._place(after)
        if not after:
            found.frames.append(self._framed("hello"))
        elif place is None:
            found.frames.append(self._framed("reset"))
        else:
            missed = (frame for frame in self.kept if frame.number > place)
            found.frames += [frame.content for frame in missed if frame.to & found.principals]
            if len(found.frames) > MOST_WAITING:
                found.frames = deque([self._framed("reset")])
            found.frames.append(self.mark())
        return found

    def leave(self, listener: Listener) -> None:
        """The stream has ended."""
        self._exit(listener)
        left = self.streams[listener.person] - 1
        self.streams[listener.person] = left
        if not left:
            del self.streams[listener.person]
        if not self.streams:
            self.left_at = time.monotonic()

    def be(self, listener: Listener, actor: Actor, *, opens_steps: bool = True) -> None:
        """Who listens has other roles or settings now, perhaps."""
        listener.opens_steps = opens_steps
        names = principals_of(actor)
        if names != listener.principals:
            self._exit(listener)
            listener.principals = names
            self._enter(listener)

    def _enter(self, listener: Listener) -> None:
        for name in listener.principals:
            self.listeners.setdefault(name, set()).add(listener)

    def _exit(self, listener: Listener) -> None:
        for name in listener.principals:
            among = self.listeners[name]
            among.discard(listener)
            if not among:
                del self.listeners[name]

    def _place(self, after: str) -> int | None:
        """The number that an id stands for, if everything behind it is known here."""
        server, _, number = after.rpartition("-")
        if server != self.server or not number.isdecimal() or len(number) > 18:
            return None
        found = int(number)
        return found if self.lost <= found <= self.number else None

    # -- telling --------------------------------------------------------------------------------------

    def publish(self, events: Iterable[LiveEvent]) -> None:
        """Tell who listens, and keep what is told again to who was away."""
        for event in events:
            self._publish(self._with_present(event))

    def _publish(self, event: LiveEvent) -> None:
        if event.until and event.until < self.clock():
            return
        self.number += 1
        content = self._framed(event.name, event.data)
        if not event.until:
            self.kept.append(Frame(self.number, time.monotonic(), event.to, content))
            if len(self.kept) > MOST_KEPT:
                self.lost = self.kept.popleft().number
        for listener in {one for name in event.to for one in self.listeners.get(name, ())}:
            if event.name != "step-to-open" or listener.opens_steps:
                self._put(listener, content)

    def _put(self, listener: Listener, content: bytes) -> None:
        if len(listener.frames) >= MOST_WAITING:
            listener.frames.clear()
            content = self._framed("reset")
        listener.frames.append(content)
        listener.ring()

    def _with_present(self, event: LiveEvent) -> LiveEvent:
        """Who has a step open is told what becomes of it, too (T5)."""
        people = self.present.get(event.data.get("id", ""))
        if not people or not event.name.startswith(("task", "comment", "presence")):
            return event
        now = self.clock()
        more = {f"user:{name}" for name, ends_at in people.items() if ends_at > now}
        return msgspec.structs.replace(event, to=event.to | more)

    def reset(self) -> None:
        """Something may have been missed: everybody is to read anew."""
        self.number += 1
        self.lost = self.number
        self.kept.clear()
        content = self._framed("reset")
        for listener in {one for among in self.listeners.values() for one in among}:
            listener.frames.clear()
            self._put(listener, content)

    def note_present(self, id: str, people: dict[str, int]) -> None:
        """Remember who has a step open, and until when."""
        self.present.pop(id, None)
        if people:
            self.present[id] = people

    def prune(self) -> None:
        """Forget what is older than a quarter of an hour; everything, when nobody may come back for it."""
        if not self.is_wanted():
            self.number += 1
            self.lost = self.number
            self.kept.clear()
            self.present.clear()
            return
        before = time.monotonic() - KEPT
        while self.kept and self.kept[0].at < before:
            self.lost = self.kept.popleft().number

    def close(self) -> None:
        """End all streams, and those that are yet to come."""
        self.is_closed = True
        for listener in {one for among in self.listeners.values() for one in among}:
            listener.is_over = True
            listener.ring()

    # -- bytes ----------------------------------------------------------------------------------------

    def mark(self) -> bytes:
        """Lets a page know that somebody is there, and up to where it has heard everything."""
        return self._framed("mark")

    def _framed(self, name: str, data: object = None) -> bytes:
        head = f"id: {self.server}-{self.number}\nevent: {name}\ndata: ".encode()
        return head + _encode({} if data is None else data) + b"\n\n"
