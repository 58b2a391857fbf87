"""An SQLite database: one connection that writes, and a few that read."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue

from stepwell.errors import Unavailable
from stepwell.store.address import sqlite_path
from stepwell.store.session import TakenError
from stepwell.store.sqlite.backup import Progress, backup
from stepwell.store.sqlite.session import SqliteSession, connect

READ_BUSY_TIMEOUT = 5000
_OUT_OF_ORDER = (
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
)


class SqliteDatabase:
    """The connections of one process to one file, or to a database that lives in memory."""

    name = "sqlite"

    def __init__(self, url: str, clock: Callable[[], int] | None = None) -> None:
        self.url = url
        self.path = sqlite_path(url)
        self.clock = clock
        self._lock = threading.RLock()
        self._hot = SqliteSession(connect(self.path), clock)
        self._readers: LifoQueue[SqliteSession] = LifoQueue()

    @property
    def is_in_memory(self) -> bool:
        return self.path == ":memory:"

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection that writes."""
        return self._hot.connection

    @contextmanager
    def writer(self) -> Iterator[SqliteSession]:
        """The connection that writes, for one thread at a time."""
        with self._lock, _told():
            yield self._hot

    @contextmanager
    def at_once(self) -> Iterator[bool]:
        """Whether nobody has the connection that writes; then it is this thread's until the end."""
        is_free = self._lock.acquire(blocking=False)
        try:
            yield is_free
        finally:
            if is_free:
                self._lock.release()

    @contextmanager
    def reader(self) -> Iterator[SqliteSession]:
        """A connection that reads what is committed."""
        if self.is_in_memory:
            with self.writer() as session:
                yield session
            return
        with _told():
            session = self._take_reader()
            try:
                yield session
            finally:
                self._readers.put(session)

    @contextmanager
    def snapshot(self) -> Iterator[SqliteSession]:
        """A connection that sees one moment."""
        with self.reader() as session:
            session.connection.execute("begin")
            try:
                yield session
            finally:
                session.rollback()

    def channel(self) -> None:
        """There is none."""

    def foreign_writes(self) -> int:
        """Changes when another process has written."""
        with self.writer() as session:
            return int(session.read("pragma data_version")[0][0])

    def backup(self, path: Path, progress: Progress | None) -> None:
        """Copy one moment of the database to a file."""
        with self.snapshot() as session:
            session.read("select 1 from counter")
            backup(session.connection, path, progress)

    def _take_reader(self) -> SqliteSession:
        try:
            return self._readers.get_nowait()
        except Empty:
            connection = connect(self.path, READ_BUSY_TIMEOUT)
            connection.execute("pragma cache_size = -4000")
            connection.execute("pragma query_only = on")
            return SqliteSession(connection, self.clock)

    def close(self) -> None:
        """Close every connection."""
        while not self._readers.empty():
            self._readers.get_nowait().connection.close()
        self._hot.connection.close()


@contextmanager
def _told() -> Iterator[None]:
    """Say that another process is in the way, that a unique value is taken, or that the disk is full or fails, or
    what it holds is damaged.

    The extended codes of SQLite end with the primary one.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise
        raise TakenError(str(error)) from error
    except sqlite3.DatabaseError as error:
        kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if kind == sqlite3.SQLITE_BUSY:
            message = "Expected to get the database but another process holds it; try again."
            raise Unavailable("database.busy", message) from error
        if kind not in _OUT_OF_ORDER:
            raise
        message = (
            f"Expected the database to be whole, on a disk that works and has room, but it said: {error}"
        )
        raise Unavailable("database.unavailable", message) from error
