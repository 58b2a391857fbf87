"""A connection to SQLite."""

import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from stepwell.errors import Unavailable
from stepwell.store import statements
from stepwell.store.session import Began, Pairs, TakenError
from stepwell.store.sqlite.statements import INSTANCES, NUMBERS, SETTINGS, text
from stepwell.store.tuples import Tuple
from stepwell.store.writes import Write

MOST_PAIRS = 8192
TRIES = 3
_INDEX = re.compile(r"\{by (\w+)\}")


def connect(path: str, busy_timeout: int = 50) -> sqlite3.Connection:
    """A connection set up for the store; ``busy_timeout`` in milliseconds."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    connection.execute(f"pragma busy_timeout = {busy_timeout}")
    connection.executescript(SETTINGS)
    return connection


@lru_cache(maxsize=1024)
def _text(statement: str, size: int = 0) -> str:
    """The statement for ``size`` pairs, with the indexes that it names."""
    pairs = "values " + ", ".join(["(?, ?)"] * size)
    return _INDEX.sub(r"indexed by \1", statement.replace("{pairs}", pairs))


def _now() -> int:
    return time.time_ns() // 1000


class SqliteSession:
    """See ``stepwell.store.session.Session``. The time is that of this machine, or of ``clock``."""

    name = "sqlite"

    def __init__(self, connection: sqlite3.Connection, clock: Callable[[], int] | None = None) -> None:
        self.connection = connection
        self.clock = clock or _now

    def begin(self) -> None:
        for tries_left in range(TRIES - 1, -1, -1):
            try:
                self.connection.execute("begin immediate")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                if not tries_left:
                    message = "Expected to get the database but another process holds it; try again."
                    raise Unavailable("database_busy", message) from error

    def began(self) -> Began:
        return Began(self.clock(), self.connection.execute(statements.EPOCH).fetchone()[0])

    def now(self) -> int:
        return self.clock()

    def commit(self) -> None:
        self.connection.execute("commit")

    def rollback(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("rollback")

    def read(self, statement: str, *values: Any) -> list[Tuple]:
        return self.connection.execute(_text(statement), values).fetchall()

    def read_pairs(self, *requests: tuple[str, Pairs]) -> list[list[Tuple]]:
        return [self._read_pairs(statement, pairs) if pairs else [] for statement, pairs in requests]

    def _read_pairs(self, statement: str, pairs: Pairs) -> list[Tuple]:
        if len(pairs) > MOST_PAIRS:
            parts = [pairs[at : at + MOST_PAIRS] for at in range(0, len(pairs), MOST_PAIRS)]
            return [row for part in parts for row in self._read_pairs(statement, part)]
        size = 1 << (len(pairs) - 1).bit_length()
        text = _text(statement, size)
        values: list[int | None] = [number for pair in pairs for number in pair]
        values += [None] * (2 * (size - len(pairs)))
        return self.connection.execute(text, values).fetchall()

    def run(self, statement: str, *values: Any) -> int:
        try:
            return self.connection.execute(statement, values).rowcount
        except sqlite3.IntegrityError as error:
            raise TakenError(str(error)) from error

    def write(self, writes: Sequence[tuple[Write, list[Tuple]]]) -> None:
        for write, rows in writes:
            try:
                cursor = self.connection.executemany(text(write), rows)
            except sqlite3.IntegrityError as error:
                raise TakenError(str(error)) from error
            if write.guard and cursor.rowcount != len(rows):
                raise LookupError(
                    f"Expected {len(rows)} rows of {write.layout.name} as they were read but found {cursor.rowcount}"
                )

    def numbers(self, sequence: str, count: int) -> range:
        last = self.connection.execute(NUMBERS, (count, sequence)).fetchone()[0]
        return range(last - count + 1, last + 1)

    def lock_instances(self, ids: Sequence[int]) -> tuple[list[Tuple], set[int]]:
        return self._read_pairs(INSTANCES, [(number, 0) for number in ids]) if ids else [], set()

    def lock_name(self, name: str) -> None:
        """Nothing: only one transaction that writes runs at a time."""

    def wait_at_most(self, milliseconds: int) -> None:
        """Nothing: no other transaction holds a row."""
