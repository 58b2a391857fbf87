"""A connection to SQLite."""

import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from stepwell.errors import Unavailable
from stepwell.store import statements
from stepwell.store.session import Began, Pairs
from stepwell.store.sqlite.statements import INSTANCES, NUMBERS, SETTINGS, text
from stepwell.store.tuples import Tuple
from stepwell.store.writes import Write

MOST_PAIRS = 8192
TRIES = 3
_NOT_WRITTEN = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)
_INDEX = re.compile(r"\{by (\w+)\}")


def connect(path: str, busy_timeout: int = 50) -> sqlite3.Connection:
    """A connection set up for the store; ``busy_timeout`` in milliseconds."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    try:
        connection.execute(f"pragma busy_timeout = {busy_timeout}")
        connection.executescript(SETTINGS)
    except BaseException:  # the file is no database
        connection.close()
        raise
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
    gives_back = True
    errors: type[Exception] = sqlite3.Error

    def __init__(self, connection: sqlite3.Connection, clock: Callable[[], int] | None = None) -> None:
        self.connection = connection
        self.clock = clock or _now

    def begin(self) -> None:
        for tries_left in range(TRIES - 1, -1, -1):
            try:
                self.connection.execute("begin immediate")
                return
            except sqlite3.OperationalError as error:
                if not tries_left or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise

    def began(self) -> Began:
        return Began(self.clock(), self.connection.execute(statements.EPOCH).fetchone()[0])

    def now(self) -> int:
        return self.clock()

    def send_commit(self) -> None:
        """Raises the driver's error when nothing was committed, Unavailable when nobody can say."""
        try:
            self.connection.execute("commit")
        except sqlite3.OperationalError as error:
            if self.connection.in_transaction or self._is_gone(error):
                raise
            message = f"Expected to learn whether the commit went through but the disk said: {error}"
            raise Unavailable("database.outcome-unknown", message) from error

    def await_commit(self) -> None:
        """Nothing: it was committed when it was sent."""

    def _is_gone(self, error: sqlite3.OperationalError) -> bool:
        """Whether a transaction whose commit failed can not come back.

        SQLite has rolled it back, and nobody sees it: readers go by the index of the log, which is written last.
        But after a crash the log itself counts, and it may hold the whole transaction if what failed came after
        writing, as syncing does. Two things decide, without opening the file again. If writing failed the log
        does not hold it, for the mark of the commit is written last. And a further commit that succeeds takes
        its place in the log: the checksum of each frame builds on the one before, so what is left of it is void.
        """
        if error.sqlite_errorcode in _NOT_WRITTEN:
            return True
        try:
            self.begin()
            self.run(statements.RAISE_EPOCH)
            self.connection.execute("commit")
        except sqlite3.OperationalError:
            self.rollback()
            return False
        return True

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
        return self.connection.execute(statement, values).rowcount

    def write(self, writes: Sequence[tuple[Write, list[Tuple]]]) -> None:
        for write, rows in writes:
            cursor = self.connection.executemany(text(write), rows)
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

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        self.connection.execute("savepoint step")
        try:
            yield
        except sqlite3.Error:
            raise
        except BaseException:
            self.connection.execute("rollback to step")
            self.connection.execute("release step")
            raise
        self.connection.execute("release step")

    def wait_at_most(self, milliseconds: int) -> None:
        """Nothing: no other transaction holds a row."""
