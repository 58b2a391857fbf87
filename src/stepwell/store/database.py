"""The port for a database: who lends sessions."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from stepwell.store.channel import Channel
from stepwell.store.session import Session


class Database(Protocol):
    """The connections of one process. ``name`` is ``sqlite`` or ``postgresql``.

    While a session is lent ``Unavailable`` is raised for whatever keeps the database from doing its work.
    """

    name: str

    def writer(self) -> AbstractContextManager[Session]:
        """A session for a transaction."""

    def at_once(self) -> AbstractContextManager[bool]:
        """Whether ``writer`` lends a session without waiting for another thread, as long as this lasts."""

    def reader(self) -> AbstractContextManager[Session]:
        """A session that reads what is committed, from any thread."""

    def snapshot(self) -> AbstractContextManager[Session]:
        """A session that sees the database as it is at one moment."""

    def channel(self) -> Channel | None:
        """What tells other processes of the same database something at once; None where there is no such way."""

    def foreign_writes(self) -> int:
        """A number that changes when another process has written, where ``channel`` tells nothing of it."""

    def backup(self, path: Path, progress: Callable[[int, int], None] | None) -> None:
        """Copy the database to a file; Invalid when this kind of database has its own program for it."""

    def close(self) -> None: ...
