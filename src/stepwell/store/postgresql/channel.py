"""Messages between the servers of one database, outside of its transactions: LISTEN and NOTIFY."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg.rows import TupleRow

from stepwell.errors import Unavailable

NAME = "stepwell_live"
_SEND = b"select pg_notify('stepwell_live', $1)"


class PostgresqlChannel:
    """One connection to tell, made when it is needed; one more for who listens."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection: psycopg.Connection[TupleRow] | None = None

    def send(self, messages: Sequence[str]) -> None:
        """Tell all who listen, in order; raises ``Unavailable``."""
        try:
            if self._connection is None or self._connection.closed:
                self._connection = _connect(self.url)
            cursor = psycopg.RawCursor(self._connection)
            with self._connection.pipeline():
                for message in messages:
                    cursor.execute(_SEND, [message])
        except psycopg.Error as error:
            self.close()
            raise Unavailable(
                "database.unavailable", f"Expected to tell other servers, but: {error}"
            ) from error

    @contextmanager
    def listening(self) -> Iterator["Ear"]:
        """From now on nothing is missed; raises ``Unavailable``."""
        try:
            with _connect(self.url) as connection:
                connection.execute(f"listen {NAME}".encode())
                yield Ear(connection)
        except psycopg.Error as error:
            raise Unavailable("database.unavailable", f"Expected to hear of changes, but: {error}") from error

    def close(self) -> None:
        """Give the connection back."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


class Ear:
    """What hears the messages of all servers, this one's among them."""

    def __init__(self, connection: psycopg.Connection[TupleRow]) -> None:
        self._connection = connection

    def hear(self, seconds: float) -> list[str]:
        """What came, waiting for something at most so many seconds."""
        return [found.payload for found in self._connection.notifies(timeout=seconds, stop_after=1)]


def _connect(url: str) -> psycopg.Connection[TupleRow]:
    return psycopg.connect(url, autocommit=True, prepare_threshold=None, application_name="stepwell live")
