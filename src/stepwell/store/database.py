"""The port for a database: who lends sessions."""

from contextlib import AbstractContextManager
from typing import Protocol

from stepwell.store.session import Session


class Database(Protocol):
    """The connections of one process. ``name`` is ``sqlite`` or ``postgresql``."""

    name: str

    def writer(self) -> AbstractContextManager[Session]:
        """A session for a transaction."""

    def reader(self) -> AbstractContextManager[Session]:
        """A session that reads what is committed, from any thread."""

    def close(self) -> None: ...
