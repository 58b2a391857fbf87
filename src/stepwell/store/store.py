"""One open database: transactions for what changes, and sessions for what is only read."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from stepwell.errors import ConfigurationError
from stepwell.store import jobs, lookups, messages, once, retention, statements, verify
from stepwell.store.closed import ClosedDatabase
from stepwell.store.database import Database
from stepwell.store.jobs import Claim, ClaimedJob, JobLock
from stepwell.store.opening import opening
from stepwell.store.queries import definitions
from stepwell.store.records import watchers
from stepwell.store.records.catalogue import RecordCatalogue
from stepwell.store.records.watchers import RecordStart
from stepwell.store.retention import Trimmed
from stepwell.store.session import Session
from stepwell.store.sqlite.database import SqliteDatabase
from stepwell.store.transaction import Transaction

REVISION = "0011"
Result = TypeVar("Result")


class Flight(Generic[Result]):
    """A transaction whose commit is on its way; it has to be awaited."""

    def __init__(self, done: Result, session: Session, stack: ExitStack, arrived: Callable[[], None]) -> None:
        self._done = done
        self._arrived = arrived
        self._session = session
        self._stack = stack

    def arrive(self) -> Result:
        """What the work gave, once it is committed; raises as ``Store.transaction`` does."""
        with self._stack:
            try:
                self._session.await_commit()
            except BaseException:
                self._session.rollback()
                raise
        self._arrived()
        return self._done


class Store:
    """What the services keep things with. Made by ``open_store``; any thread may use it."""

    def __init__(self, database: Database, url: str) -> None:
        self.database: Database = database
        self.url = url
        self.records = RecordCatalogue()
        self.on_epoch: list[Callable[[], None]] = []
        """Called after a transaction of this process that raised the epoch."""

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that is committed at the end, or rolled back when something is raised.

        Raises Unavailable when the database is busy (``database.busy``; ``Contended`` if another transaction was
        in the way) or can not be written to (``database.unavailable``), or when nobody can say whether the
        commit succeeded (``database.outcome-unknown``).
        """
        with self.database.writer() as session:
            session.begin()
            tx = Transaction(session, self.records)
            try:
                once.mark(tx)
                yield tx
                session.send_commit()
                session.await_commit()
            except BaseException:
                session.rollback()
                raise
        self._told(tx)

    def depart(self, work: Callable[[Transaction], Result]) -> "Flight[Result]":
        """Do the work of a transaction and send its commit; the flight tells whether it arrived."""
        with ExitStack() as stack:
            session = stack.enter_context(self.database.writer())
            session.begin()
            tx = Transaction(session, self.records)
            try:
                done = work(tx)
                session.send_commit()
            except BaseException:
                session.rollback()
                raise
            return Flight(done, session, stack.pop_all(), partial(self._told, tx))

    def at_once(self) -> AbstractContextManager[bool]:
        """Whether this thread can write now without waiting for another one; as long as it does, no other can.

        An event loop must not wait for a thread that has much to write, so whoever writes on it asks before.
        """
        return self.database.at_once()

    def _told(self, tx: Transaction) -> None:
        if tx.has_raised_epoch:
            for tell in self.on_epoch:
                tell()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for queries, not used by anybody else meanwhile."""
        with self.database.reader() as session:
            yield session

    def current(self) -> tuple[int, int]:
        """The epoch, and the database's time."""
        with self.reading() as session:
            return int(session.read(statements.EPOCH)[0][0]), session.now()

    def latest_definitions(self) -> dict[str, int]:
        """The id of the latest version of each process."""
        with self.reading() as session:
            return lookups.latest_definitions(session)

    def record_starts(self) -> list[RecordStart]:
        """The start events that wait for records."""
        with self.reading() as session:
            return watchers.starts(session)

    def definition_xml(self, definition_id: int) -> tuple[str, bytes]:
        """The process id of a definition, and the file it came in; LookupError if there is none."""
        with self.reading() as session:
            found = definitions.xml(session, definition_id)
        if found is None:
            raise LookupError(f"Expected definition {definition_id} to exist but there is none")
        return found

    def foreign_writes(self) -> int:
        """A number that changes when another process has written (SQLite: nothing else tells of it)."""
        return self.database.foreign_writes()

    def definition_pages(self, definition_id: int) -> dict[str, bytes]:
        """The page schemas that the file of a definition names, as they were when it was deployed."""
        with self.reading() as session:
            return definitions.pages(session, definition_id)

    def claim_jobs(self, asked: Claim) -> list[ClaimedJob]:
        """Lock due jobs for a worker in a transaction of their own, the longest due first."""
        with self.transaction() as tx:
            return jobs.claim(tx.session, asked)

    def extend_locks(self, locks: Sequence[JobLock], worker: str, lock_seconds: float) -> list[JobLock]:
        """Keep claims for another while from now; gives those that are still the worker's."""
        with self.transaction() as tx:
            return jobs.extend(tx.session, locks, worker, lock_seconds)

    def release_locks(self, worker: str) -> int:
        """Give back whatever the worker has claimed, so that others need not wait; gives how many."""
        with self.transaction() as tx:
            return jobs.release(tx.session, worker)

    def next_due_at(self) -> int | None:
        """When the next job is due or the next lock runs out; None if there is no job at all."""
        with self.reading() as session:
            found = [jobs.next_due_at(session, work) for work in jobs.WORK]
            return min((due_at for due_at in found if due_at is not None), default=None)

    def due_in(self, work: jobs.Work) -> float | None:
        """Seconds by the database's time until there is such work to claim; None if there is none at all."""
        with self.reading() as session:
            due_at = jobs.next_due_at(session, work)
            return None if due_at is None else (due_at - session.now()) / 1_000_000

    def backup(self, path: Path, progress: Callable[[int, int], None] | None = None) -> None:
        """Copy the database, in use or not, to a file that is not there yet (SQLite).

        ``progress`` hears how many pages are done, and of how many. Raises Conflict when the file exists,
        Invalid on PostgreSQL, which has pg_dump for it.
        """
        self.database.backup(path, progress)

    def verify(self, instance_id: int | None = None) -> list[str]:
        """What in the rows of one instance, or of all, differs from what the history tells."""
        if instance_id is not None:
            with self.database.snapshot() as session:
                return verify.differences(session, instance_id)
        with self.database.snapshot() as session:
            found = verify.strays(session)
        ids = [0]
        while ids:
            with self.database.snapshot() as session:
                ids = verify.instance_ids(session, ids[-1])
                for number in ids:
                    found += verify.differences(session, number)
        return found

    def trim_history(self, before: int) -> Trimmed:
        """Delete instances that ended before a time; of running ones keep one checkpoint for what is older."""
        instances, rows = 0, 0
        after = 0
        while ids := self._ask(retention.ended, after, before):
            with self.transaction() as tx:
                gone = retention.delete_instances(tx.session, ids)
            instances, rows, after = instances + gone.instances, rows + gone.rows, ids[-1]
        after = 0
        while ids := self._ask(retention.running, after, before):
            for number in ids:
                with self.transaction() as tx:
                    rows += retention.shorten(tx.session, number, before).rows
            after = ids[-1]
        return Trimmed(instances, rows)

    def sweep(self) -> int:
        """Delete expired messages and sessions, and replies kept for a day; gives how many rows."""
        with self.transaction() as tx:
            tx.correlate(messages.starting(tx.session, tx.now))  # published while its process was deployed
            return retention.sweep(tx.session, tx.now)

    def _ask(self, question: Callable[[Session, int, int], list[int]], after: int, before: int) -> list[int]:
        with self.reading() as session:
            return question(session, after, before)

    def close(self) -> None:
        """Give back every connection; whatever is asked afterwards is refused."""
        database, self.database = self.database, ClosedDatabase(self.database.name)
        database.close()


def open_store(url: str, *, clock: Callable[[], int] | None = None) -> Store:
    """Open a migrated database. A database in memory (``sqlite://``) is made here, empty.

    ``clock`` gives microseconds since 1970 UTC in place of the database's time. Raises
    ConfigurationError when the tables are not those of this version or there can be no database at the
    address, Unavailable when it does not answer.
    """
    with opening(url):
        database = _open(url, clock)
        try:
            _expect_revision(database)
        except BaseException:
            database.close()
            raise
    return Store(database, url)


def _open(url: str, clock: Callable[[], int] | None) -> Database:
    if url.startswith("postgresql:"):
        from stepwell.store.postgresql.database import PostgresqlDatabase

        return PostgresqlDatabase(url, clock)
    database = SqliteDatabase(url, clock)
    if database.is_in_memory:
        from stepwell.store.migrate import upgrade_open

        upgrade_open(database.connection)
    return database


def _expect_revision(database: Database) -> None:
    with database.reader() as session:
        found = session.read(_REVISION[database.name])
        revision = session.read("select version_num from alembic_version")[0][0] if found else "nothing"
    if revision != REVISION:
        message = (
            f"Expected the tables of migration {REVISION} but found {revision}; run: stepwell db upgrade"
        )
        raise ConfigurationError(message, "database.unusable")


_REVISION = {
    "sqlite": "select 1 from sqlite_master where name = 'alembic_version'",
    "postgresql": "select 1 where to_regclass('alembic_version') is not null",
}
