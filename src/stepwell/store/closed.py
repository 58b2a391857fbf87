"""What stands in the place of a database that was closed."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NoReturn

from stepwell.errors import Conflict
from stepwell.store.session import Session


def refuse() -> NoReturn:
    """Say that nothing can be done any more."""
    raise Conflict(
        "engine.closed", "Expected an open engine but it was closed; stepwell.open gives a new one."
    )


class ClosedDatabase:
    """Lends nothing to anybody."""

    def __init__(self, name: str) -> None:
        self.name = name

    def writer(self) -> AbstractContextManager[Session]:
        refuse()

    def at_once(self) -> AbstractContextManager[bool]:
        """Nobody has to wait to be refused."""
        return nullcontext(True)

    def reader(self) -> AbstractContextManager[Session]:
        refuse()

    def snapshot(self) -> AbstractContextManager[Session]:
        refuse()

    def channel(self) -> NoReturn:
        refuse()

    def foreign_writes(self) -> NoReturn:
        refuse()

    def backup(self, path: Path, progress: Callable[[int, int], None] | None) -> None:
        refuse()

    def close(self) -> None:
        """It is."""
