"""Keeping an installation: copies of it, checks of it, and letting go of what is old."""

from collections.abc import Callable
from pathlib import Path

from stepwell.config import Settings
from stepwell.connectors.files import Files
from stepwell.services.ids import instance_number
from stepwell.services.records import attachments
from stepwell.store import Store
from stepwell.store.retention import Trimmed


class Keeping:
    """The part of an engine that keeps its database in order."""

    store: Store
    settings: Settings
    files: Files

    def backup(self, path: str | Path, progress: Callable[[int, int], None] | None = None) -> None:
        """Copy an SQLite database, in use or not, to a new file; ``progress`` hears (pages done, of how many)."""
        self.store.backup(Path(path), progress)

    def verify(self, instance_id: str | int | None = None) -> list[str]:
        """What in the rows of one instance, or of all, differs from what the history tells; nothing should."""
        return self.store.verify(None if instance_id is None else instance_number(instance_id))

    def trim_history(self) -> Trimmed:
        """Delete what ended longer ago than the setting ``history_retention_days``; nothing without it."""
        days = self.settings.history_retention_days
        return Trimmed(0, 0) if days is None else self.store.trim_history(self.now() - days * 86_400_000_000)

    def tidy(self) -> None:
        """Delete what nobody needs any more: messages that expired, old replies, history past its time."""
        self.store.sweep()
        self.trim_history()
        attachments.tidy(self.store, self.files)

    def now(self) -> int:
        """The database's time, in microseconds since 1970 UTC."""
        with self.store.transaction() as tx:
            return tx.now
