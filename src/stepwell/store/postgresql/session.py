"""A connection to PostgreSQL."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.errors import DivisionByZero
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from stepwell.errors import Unavailable
from stepwell.store.postgresql import statements
from stepwell.store.postgresql.arrays import integers
from stepwell.store.postgresql.held import Rows, packed
from stepwell.store.postgresql.journey import Answer, Journeys, Request
from stepwell.store.session import Began, Pairs
from stepwell.store.tuples import Tuple
from stepwell.store.writes import Write

OUTCOME_KNOWN_AFTER = 5.0
PLANS_AGE = 5.0
BEGIN: Request = ("begin", ())
COMMIT: Request = ("commit", ())
DISCARD: Request = ("discard plans", ())
SAVE: Request = ("savepoint step", ())
BACK: Request = ("rollback to savepoint step", ())
RELEASE: Request = ("release savepoint step", ())
AHEAD = {"record_id": 63}
"""How many numbers may be drawn, and lost, so that steps that add a record each do not ask for each one."""


class Drawn:
    """Numbers of a sequence that a transaction has left, and how many more it draws the next time."""

    def __init__(self) -> None:
        self.left: list[int] = []
        self.ahead = 0


@contextmanager
def _guarding() -> Iterator[None]:
    """A guard that does not hold divides by zero, so that nothing behind it is carried out."""
    try:
        yield
    except DivisionByZero as error:
        message = "Expected rows to be as they were read but some were changed meanwhile"
        raise LookupError(message) from error


def connect(url: str, settings: str) -> psycopg.Connection[TupleRow]:
    """A connection whose statements stand alone unless ``begin`` was sent."""
    return psycopg.connect(
        url, autocommit=True, prepare_threshold=None, options=settings, application_name="stepwell"
    )


class PostgresqlSession:
    """See ``stepwell.store.session.Session``. ``clock`` replaces the server's time.

    What is written for many rows is held back until something is asked or the commit is sent, and leaves in
    the same journey.
    """

    name = "postgresql"
    gives_back = False
    errors: type[Exception] = psycopg.Error

    def __init__(self, url: str, settings: str, clock: Callable[[], int] | None = None) -> None:
        self.url = url
        self.settings = settings
        self.clock = clock
        self.connection = connect(url, settings)
        self._journeys = Journeys(self.connection)
        self._is_opening = False
        self._held: list[Rows | Request] = []
        self._drawn: dict[str, Drawn] = {}
        self._is_committing = False
        self._began: tuple[int, int, str] | None = None
        self._transactions = 0
        self._planned_at = time.monotonic()

    @property
    def is_broken(self) -> bool:
        """Whether the connection can not be used again."""
        return self.connection.closed or self.connection.info.transaction_status is not TransactionStatus.IDLE

    def begin(self) -> None:
        """The transaction opens with its first statement, in the same journey."""
        self._is_opening = True
        self._held = []
        self._drawn = {}
        self._began = None
        self._transactions += 1

    def began(self) -> Began:
        if self._began is None:
            self._ask([])
        assert self._began is not None
        return Began(self.clock() if self.clock else self._began[0], self._began[1])

    def now(self) -> int:
        return self.clock() if self.clock else int(self.read(statements.NOW)[0][0])

    def send_commit(self) -> None:
        if self._is_opening and self._held:
            self._ask([])
        if self._is_opening:
            self._is_opening = False
            return
        held, self._held = packed(self._held), []
        try:
            self._journeys.depart([*held, COMMIT])
            self._is_committing = True
        except psycopg.OperationalError as lost:
            self._ask_for_outcome(lost)

    def await_commit(self) -> None:
        if not self._is_committing:
            return
        self._is_committing = False
        try:
            with _guarding():
                self._journeys.arrive()
        except psycopg.OperationalError as lost:
            if not self.connection.closed:
                raise
            self._ask_for_outcome(lost)

    def rollback(self) -> None:
        self._is_opening = False
        self._held = []
        if self._is_committing:
            self._is_committing = False
            self.connection.close()
        if not self.connection.closed and self.connection.info.transaction_status != TransactionStatus.IDLE:
            self.connection.execute(b"rollback")

    def read(self, statement: str, *values: Any) -> list[Tuple]:
        return self._ask([(statement, values)])[0].rows

    def read_pairs(self, *requests: tuple[str, Pairs]) -> list[list[Tuple]]:
        wanted = [
            (
                statement.replace("{pairs}", statements.PAIRS),
                [integers(part) for part in zip(*pairs, strict=True)],
            )
            for statement, pairs in requests
            if pairs
        ]
        found = iter(self._ask(wanted))
        return [next(found).rows if pairs else [] for _, pairs in requests]

    def run(self, statement: str, *values: Any) -> int:
        return self._ask([(statement, values)])[0].touched

    def write(self, writes: Sequence[tuple[Write, list[Tuple]]]) -> None:
        self._held += writes

    def numbers(self, sequence: str, count: int) -> list[int]:
        """Who asks again in one transaction may go on asking: then more are drawn than are needed now."""
        drawn = self._drawn.setdefault(sequence, Drawn())
        lacking = count - len(drawn.left)
        if lacking > 0:
            drawn.left += [row[0] for row in self.read(statements.NUMBERS, sequence, lacking + drawn.ahead)]
            drawn.ahead = min(8 * drawn.ahead + 7, AHEAD.get(sequence, 0))
        found, drawn.left = drawn.left[:count], drawn.left[count:]
        return found

    def lock_instances(self, ids: Sequence[int]) -> tuple[list[Tuple], set[int]]:
        wanted = integers(ids)
        found = self.read(statements.LOCK_INSTANCES, wanted)
        if len(found) == len(ids):
            return found, set()
        existing = {row[0] for row in self.read(statements.EXISTING, wanted)}
        return found, existing - {row[0] for row in found}

    def lock_name(self, name: str) -> None:
        self.read(statements.LOCK_NAME, name)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """It travels with what comes next; what was not sent yet is taken back without a journey, and needs no
        savepoint if all of it stays.
        """
        mark = len(self._held)
        self._held.append(SAVE)
        held = self._held
        try:
            yield
        except psycopg.Error:
            raise
        except BaseException:
            if self._held is held:
                del self._held[mark:]
            else:
                self._held = []
                self._ask([BACK, RELEASE])
            raise
        if self._held is held:
            del self._held[mark]
        else:
            self._held.append(RELEASE)

    def wait_at_most(self, milliseconds: int) -> None:
        self.run(f"set local lock_timeout = {int(milliseconds)}")

    def _ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Send statements in one journey, behind what is held back, and wait for all answers."""
        opening = self._opening()
        if not opening and not requests:
            return []
        held, self._held = packed(self._held), []
        with _guarding():
            answers = self._journeys.make([*opening, *held, *requests])
        if opening:
            self._began = answers[len(opening) - 1].rows[0]
        return answers[len(opening) + len(held) :]

    def _opening(self) -> list[Request]:
        """What opens the transaction, if that has not been sent yet."""
        if not self._is_opening:
            return []
        self._is_opening = False
        return [*([DISCARD] if self._has_old_plans() else []), BEGIN, (statements.BEGAN, ())]

    def _has_old_plans(self) -> bool:
        """Whether plans were made for tables that may have been much smaller: a plan lives until it is discarded."""
        now = time.monotonic()
        is_early = self._transactions & (self._transactions - 1) == 0
        if not is_early and now - self._planned_at < PLANS_AGE:
            return False
        self._planned_at = now
        return True

    def _ask_for_outcome(self, lost: psycopg.OperationalError) -> None:
        """The connection broke during the commit: find out whether it went through, or raise."""
        assert self._began is not None
        number = self._began[2]
        end = time.monotonic() + OUTCOME_KNOWN_AFTER
        while time.monotonic() < end:
            status = self._outcome(number)
            if status == "committed":
                return
            if status == "aborted":
                message = (
                    "Expected the commit to succeed but the connection broke before it; nothing was changed."
                )
                raise Unavailable("database.aborted", message) from lost
            time.sleep(0.1)
        message = (
            f"Expected to learn whether transaction {number} was committed but the database did not say."
        )
        raise Unavailable("database.outcome-unknown", message) from lost

    def _outcome(self, number: str) -> str | None:
        try:
            with connect(self.url, "") as connection:
                found = Journeys(connection).make([(statements.OUTCOME, (number,))])[0].rows
        except psycopg.OperationalError:
            return None
        return found[0][0] if found else None
