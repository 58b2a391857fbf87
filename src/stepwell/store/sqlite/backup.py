"""A copy of an SQLite database while it is in use."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from stepwell.errors import Conflict

PAGES = 2000
Progress = Callable[[int, int], None]


def backup(source: sqlite3.Connection, path: Path, progress: Progress | None) -> None:
    """Copy one moment of the database to ``path``, where nothing may be yet.

    ``progress`` hears how many pages are done, and of how many.
    """
    if path.exists():
        raise Conflict("backup.exists", f"Expected no file at {path} but there is one")
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)

    def tell(_status: int, left: int, total: int) -> None:
        if progress is not None:
            progress(total - left, total)

    with closing(sqlite3.connect(part)) as target:
        source.backup(target, pages=PAGES, progress=tell)
    part.rename(path)
