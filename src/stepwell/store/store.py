"""One open database: transactions for what changes, and sessions for what is only read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from stepwell.errors import ConfigurationError
from stepwell.store.database import Database
from stepwell.store.session import Session
from stepwell.store.sqlite.database import SqliteDatabase
from stepwell.store.transaction import Transaction

REVISION = "0001"


class Store:
    """What the services keep things with. Made by ``open_store``; any thread may use it."""

    def __init__(self, database: Database, url: str) -> None:
        self.database = database
        self.url = url

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that is committed at the end, or rolled back when something is raised.

        Raises Unavailable when the database is busy (``database_busy``), or when nobody can say whether
        the commit succeeded (``outcome_unknown``).
        """
        with self.database.writer() as session:
            session.begin()
            try:
                yield Transaction(session)
            except BaseException:
                session.rollback()
                raise
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for queries, not used by anybody else meanwhile."""
        with self.database.reader() as session:
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.database.close()


def open_store(url: str, *, clock: Callable[[], int] | None = None) -> Store:
    """Open a migrated database. A database in memory (``sqlite://``) is made here, empty.

    ``clock`` gives microseconds since 1970 UTC in place of the database's time. Raises
    ConfigurationError when the tables are not those of this version.
    """
    database = SqliteDatabase(url, clock)
    if database.is_in_memory:
        from stepwell.store.migrate import upgrade_open

        upgrade_open(database.connection)
    _expect_revision(database, url)
    return Store(database, url)


def _expect_revision(database: Database, url: str) -> None:
    with database.reader() as session:
        found = session.read(_REVISION[database.name])
        revision = session.read("select version_num from alembic_version")[0][0] if found else "nothing"
    if revision != REVISION:
        database.close()
        raise ConfigurationError(
            f"Expected the tables of migration {REVISION} but found {revision}; run: stepwell db upgrade"
        )


_REVISION = {
    "sqlite": "select 1 from sqlite_master where name = 'alembic_version'",
    "postgresql": "select 1 where to_regclass('alembic_version') is not null",
}
