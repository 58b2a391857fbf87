"""How much one transaction does inline before the rest is left to the next ones."""

import time

from msgspec import Struct

SLICE_SECONDS = 0.02  # that the transaction of a slice should take, its commit included
MOST = 256  # requests in one transaction
FIRST = 250  # records in the first slice
FEWEST = 20  # records in a slice, however long they take
GROWTH = 1.25  # times the size of a slice that the next one has at most


class Limits(Struct, frozen=True):
    """At most so many steps, changed records and seconds in one transaction; a slice has at most ``records``."""

    steps: int = 32
    records: int = 1000
    seconds: float = 0.2


class Budget:
    """What a transaction has used of its limits: the ``steps`` begun and the ``records`` changed; ``left`` are the
    steps that it has left to others, ``has_slice`` says whether one of its own is a slice of more.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.steps = 0
        self.records = 0
        self.left = 0
        self.has_slice = False
        self.began = time.monotonic()
        self.end = self.began + limits.seconds

    @property
    def spent(self) -> float:
        """Seconds since the transaction began."""
        return time.monotonic() - self.began

    @property
    def is_used_up(self) -> bool:
        """Whether a further step is better left to another transaction. The first one always has room."""
        if not self.steps:
            return False
        is_late = time.monotonic() >= self.end
        return self.steps >= self.limits.steps or self.records >= self.limits.records or is_late

    def has_room(self, records: int) -> bool:
        """Whether so many records more can be changed."""
        return not self.records or self.records + records <= self.limits.records


class Width:
    """How many requests share a transaction: fewer while their steps do not all have room in it, for a step that is
    left to another transaction costs more than one; and fewer while they are in the way of those of other servers.
    """

    def __init__(self) -> None:
        self.size = MOST

    def note(self, requests: int, left: int) -> None:
        """So many requests left so many steps to other transactions."""
        if left:
            self.size = max(requests - left, 1)
        elif requests >= self.size:
            self.size = min(requests + 1, MOST)

    def gave_in(self, requests: int) -> None:
        """So many requests held what other servers wanted, and had to give in to them: half of them hold less."""
        self.size = max(requests // 2, 1)


class Pace:
    """How many records a slice takes: fewer while they take long, so that nobody waits long behind one."""

    def __init__(self) -> None:
        self.size = 0

    def of(self, limits: Limits) -> int:
        """The size of the next slice."""
        return min(self.size or FIRST, limits.records)

    def note(self, limits: Limits, seconds: float) -> None:
        """The transaction of a slice took so long."""
        size = self.of(limits)
        fitting = round(size * SLICE_SECONDS / max(seconds, SLICE_SECONDS / GROWTH))
        self.size = max(min(fitting, limits.records), min(FEWEST, limits.records))
