"""A PostgreSQL database: a few connections for transactions, and a few that read."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from queue import Empty, LifoQueue
from threading import BoundedSemaphore

import psycopg
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from stepwell.errors import Contended, Invalid, Unavailable
from stepwell.store.postgresql.channel import PostgresqlChannel
from stepwell.store.postgresql.session import PostgresqlSession
from stepwell.store.postgresql.statements import HOT_SETTINGS, READ_SETTINGS
from stepwell.store.session import TakenError

BUSY = {
    LockNotAvailable: "another transaction kept what is needed for too long",
    DeadlockDetected: "another transaction and this one waited for each other",
    SerializationFailure: "another transaction changed what was read",
}
LANES = 6
READERS = 8


class _Pool:
    """Up to ``size`` sessions, made when first needed and then used again."""

    def __init__(self, make: Callable[[], PostgresqlSession], size: int) -> None:
        self._make = make
        self._free: LifoQueue[PostgresqlSession] = LifoQueue()
        self._places = BoundedSemaphore(size)

    @contextmanager
    def lend(self) -> Iterator[PostgresqlSession]:
        with self._places:
            try:
                session = self._free.get_nowait()
            except Empty:
                session = self._make()
            try:
                yield session
            finally:
                self._take_back(session)

    def _take_back(self, session: PostgresqlSession) -> None:
        if session.is_broken:
            session.connection.close()
        else:
            self._free.put(session)

    def close(self) -> None:
        while not self._free.empty():
            self._free.get_nowait().connection.close()


class PostgresqlDatabase:
    """The connections of one process to one database."""

    name = "postgresql"

    def __init__(self, url: str, clock: Callable[[], int] | None = None) -> None:
        self.url = url
        self._lanes = _Pool(lambda: PostgresqlSession(url, HOT_SETTINGS, clock), LANES)
        self._readers = _Pool(lambda: PostgresqlSession(url, READ_SETTINGS, clock), READERS)

    @contextmanager
    def writer(self) -> Iterator[PostgresqlSession]:
        """A connection for one transaction; waits while all are in use."""
        with self._lend(self._lanes) as session:
            yield session

    def at_once(self) -> AbstractContextManager[bool]:
        """There are several sessions, but each answers from elsewhere."""
        return nullcontext(False)

    @contextmanager
    def reader(self) -> Iterator[PostgresqlSession]:
        """A connection that reads what is committed; waits while all are in use."""
        with self._lend(self._readers) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[PostgresqlSession]:
        """A connection that sees one moment."""
        with self.reader() as session:
            session.connection.execute(b"begin isolation level repeatable read, read only")
            try:
                yield session
            finally:
                session.rollback()

    def channel(self) -> PostgresqlChannel:
        """A way to tell other processes something at once."""
        return PostgresqlChannel(self.url)

    def foreign_writes(self) -> int:
        """Nothing: other processes tell what they did."""
        return 0

    def backup(self, path: Path, _progress: Callable[[int, int], None] | None) -> None:
        """Refuse: PostgreSQL brings its own program."""
        message = (
            f"Expected an SQLite database but this is PostgreSQL; run: pg_dump --format=custom --file={path}"
        )
        raise Invalid("backup.unsupported", message)

    @contextmanager
    def _lend(self, pool: _Pool) -> Iterator[PostgresqlSession]:
        try:
            with pool.lend() as session:
                yield session
        except psycopg.errors.UniqueViolation as error:
            raise TakenError(str(error).strip()) from error
        except tuple(BUSY) as error:
            raise _in_the_way(error) from error
        except psycopg.errors.ProgramLimitExceeded:
            raise  # what a command wants is too large; that is its own trouble, not the database's
        except psycopg.OperationalError as error:
            said = str(error).strip()
            message = f"Expected the database to answer but it said: {said}"
            raise Unavailable("database.unavailable", message) from error

    def close(self) -> None:
        """Close every connection."""
        self._lanes.close()
        self._readers.close()


def _in_the_way(error: psycopg.Error) -> Contended:
    """Somebody else was first; what the database says of it, which names tables, is for the log."""
    import structlog

    structlog.get_logger().debug("transaction gave in", reason=str(error).strip())
    found = next(why for kind, why in BUSY.items() if isinstance(error, kind))
    return Contended("database.busy", f"Expected nobody to be in the way, but {found}; try again.")
