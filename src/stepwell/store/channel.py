"""The port for messages between servers that share a database."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol


class Ear(Protocol):
    """What hears the messages of all servers."""

    def hear(self, seconds: float) -> Sequence[str]: ...


class Channel(Protocol):
    """Tells and hears; both raise ``Unavailable``. Each is used by one thread at a time."""

    def send(self, messages: Sequence[str]) -> None: ...

    def listening(self) -> AbstractContextManager[Ear]: ...

    def close(self) -> None: ...
