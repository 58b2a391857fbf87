"""A connection to PostgreSQL."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from stepwell.errors import Unavailable
from stepwell.store.postgresql import statements
from stepwell.store.postgresql.arrays import LITERALS, integers
from stepwell.store.postgresql.journey import Answer, Journeys, Request
from stepwell.store.session import Began, ContendedError, Pairs, TakenError
from stepwell.store.tuples import Tuple
from stepwell.store.writes import Write

OUTCOME_KNOWN_AFTER = 5.0
PLANS_AGE = 5.0
CONTENDED = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)
BEGIN: Request = ("begin", ())
DISCARD: Request = ("discard plans", ())


def connect(url: str, settings: str) -> psycopg.Connection[TupleRow]:
    """A connection whose statements stand alone unless ``begin`` was sent."""
    return psycopg.connect(
        url, autocommit=True, prepare_threshold=None, options=settings, application_name="stepwell"
    )


class PostgresqlSession:
    """See ``stepwell.store.session.Session``. ``clock`` replaces the server's time."""

    name = "postgresql"

    def __init__(self, url: str, settings: str, clock: Callable[[], int] | None = None) -> None:
        self.url = url
        self.settings = settings
        self.clock = clock
        self.connection = connect(url, settings)
        self._journeys = Journeys(self.connection)
        self._is_opening = False
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
        self._began = None
        self._transactions += 1

    def began(self) -> Began:
        if self._began is None:
            self._ask([])
        assert self._began is not None
        return Began(self.clock() if self.clock else self._began[0], self._began[1])

    def now(self) -> int:
        return self.clock() if self.clock else int(self.read(statements.NOW)[0][0])

    def commit(self) -> None:
        if self._is_opening:
            self._is_opening = False
            return
        try:
            said = self.connection.execute(b"commit").statusmessage
        except psycopg.OperationalError as lost:
            self._ask_for_outcome(lost)
            return
        if said != "COMMIT":
            raise Unavailable(
                "transaction_aborted", f"Expected the commit to succeed but the database said {said}."
            )

    def rollback(self) -> None:
        self._is_opening = False
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
        requests: list[Request] = []
        for write, rows in writes:
            text, places, types = statements.described(write)
            columns = list(zip(*rows, strict=True))
            requests.append(
                (text, [LITERALS[kind](columns[place]) for place, kind in zip(places, types, strict=True)])
            )
        done = self._ask(requests)
        for (write, rows), answer in zip(writes, done, strict=True):
            if write.guard and answer.touched != len(rows):
                raise LookupError(
                    f"Expected {len(rows)} rows of {write.layout.name} as they were read but found {answer.touched}"
                )

    def numbers(self, sequence: str, count: int) -> list[int]:
        return [row[0] for row in self.read(statements.NUMBERS, sequence, count)]

    def lock_instances(self, ids: Sequence[int]) -> tuple[list[Tuple], set[int]]:
        wanted = integers(ids)
        found = self.read(statements.LOCK_INSTANCES, wanted)
        if len(found) == len(ids):
            return found, set()
        existing = {row[0] for row in self.read(statements.EXISTING, wanted)}
        return found, existing - {row[0] for row in found}

    def lock_name(self, name: str) -> None:
        self.read(statements.LOCK_NAME, name)

    def wait_at_most(self, milliseconds: int) -> None:
        self.run(f"set local lock_timeout = {int(milliseconds)}")

    def _ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Send statements in one journey and wait for all answers; opens the transaction if need be."""
        if not self._is_opening:
            return self._make(requests) if requests else []
        self._is_opening = False
        opening = [*([DISCARD] if self._has_old_plans() else []), BEGIN, (statements.BEGAN, ())]
        answers = self._make([*opening, *requests])
        self._began = answers[len(opening) - 1].rows[0]
        return answers[len(opening) :]

    def _make(self, requests: Sequence[Request]) -> list[Answer]:
        try:
            return self._journeys.make(requests)
        except CONTENDED as error:
            raise ContendedError(str(error).strip()) from error
        except psycopg.errors.UniqueViolation as error:
            raise TakenError(str(error).strip()) from error

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
                raise Unavailable("transaction_aborted", message) from lost
            time.sleep(0.1)
        message = (
            f"Expected to learn whether transaction {number} was committed but the database did not say."
        )
        raise Unavailable("outcome_unknown", message) from lost

    def _outcome(self, number: str) -> str | None:
        try:
            with connect(self.url, "") as connection:
                found = Journeys(connection).make([(statements.OUTCOME, (number,))])[0].rows
        except psycopg.OperationalError:
            return None
        return found[0][0] if found else None
