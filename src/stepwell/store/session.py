"""The port behind which the two databases lie: what every statement of the store needs of a connection."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from stepwell.store.tuples import Tuple
from stepwell.store.writes import Write

Pairs = Sequence[tuple[int, int]]


class TakenError(Exception):
    """Another row has a value that only one may have: somebody else was first."""


class Began(NamedTuple):
    """What a transaction knows from its first statement: the time, and the number of what is current."""

    now: int
    epoch: int


class Session(Protocol):
    """One connection, used by one thread at a time.

    Statements are text with ``?`` for each value. In a statement for pairs ``{pairs}`` stands for the
    table of the two numbers ``first`` and ``second`` of each, ``{by NAME}`` for the use of an index where
    that has to be said. ``name`` is ``sqlite`` or ``postgresql``; ``gives_back`` says whether a rollback lets
    the numbers of sequences be drawn again. ``errors`` is what the driver raises when
    the database refuses: then nothing of the transaction can be saved. Whoever lent the session turns into
    ``Unavailable`` what is no fault of the statement.
    """

    name: str
    gives_back: bool
    errors: type[Exception]

    def begin(self) -> None:
        """Open a transaction."""

    def began(self) -> Began: ...

    def now(self) -> int:
        """The database's time at this moment, in microseconds since 1970 UTC; needs no transaction."""

    def send_commit(self) -> None:
        """Have it committed; what follows is ``await_commit``, which tells whether it was."""

    def await_commit(self) -> None:
        """Raises Unavailable (``database.outcome-unknown``) when nobody can say whether it went through."""

    def rollback(self) -> None: ...

    def read(self, statement: str, *values: Any) -> list[Tuple]: ...

    def read_pairs(self, *requests: tuple[str, Pairs]) -> list[list[Tuple]]:
        """The rows of several statements, asked at once; a statement without pairs gives none."""

    def run(self, statement: str, *values: Any) -> int:
        """Carry out one statement; gives how many rows it touched."""

    def write(self, writes: Sequence[tuple[Write, list[Tuple]]]) -> None:
        """Carry out statements for many rows each, in order; LookupError, at the latest from
        ``await_commit``, if a guard did not hold.
        """

    def numbers(self, sequence: str, count: int) -> Sequence[int]:
        """The next ``count`` numbers of a sequence."""

    def lock_instances(self, ids: Sequence[int]) -> tuple[list[Tuple], set[int]]:
        """The rows of these instances, locked until the end; and the ids that another session holds."""

    def lock_name(self, name: str) -> None:
        """Have a name for this transaction alone, where several can run at once."""

    def savepoint(self) -> AbstractContextManager[None]:
        """What is written inside is taken back when something is raised, but not what was written before.

        After an error of the driver there is nothing to go back to: the whole transaction is lost.
        """

    def wait_at_most(self, milliseconds: int) -> None:
        """From now on a lock that another transaction holds longer makes this one fail (``Contended``)."""
