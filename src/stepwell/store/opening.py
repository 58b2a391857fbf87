"""What keeps a database from being opened, in words: the drivers' own exceptions reach nobody."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stepwell.errors import ConfigurationError, StepwellError, Unavailable
from stepwell.store.address import sqlite_path

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def opening(url: str) -> Iterator[None]:
    """Raises ConfigurationError when there can be no database at this address, Unavailable when it does not answer."""
    try:
        yield
    except StepwellError:
        raise
    except Exception as error:
        refused = _refused(url, getattr(error, "orig", None) or error)  # SQLAlchemy wraps the driver's own
        if refused is None:
            raise
        raise refused from error


def _refused(url: str, error: BaseException) -> StepwellError | None:
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(Path(sqlite_path(url)), error)
    if type(error).__module__.partition(".")[0] == "psycopg":
        return _of_postgresql(error)
    return None


def _of_sqlite(path: Path, error: sqlite3.Error) -> StepwellError:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _BUSY:
        message = f"Expected to get the database '{path}' but another process holds it; try again."
        return Unavailable("database.busy", message)
    message = f"Expected to open the database '{path}' but {_why(path, error)}."
    return ConfigurationError(message, "database.unusable")


def _why(path: Path, error: sqlite3.Error) -> str:
    """SQLite itself says only that it could not."""
    if path.is_dir():
        return "it is a folder"
    if not path.parent.is_dir():
        return f"there is no folder '{path.parent}'"
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return "this user may not read and write it"
    if not os.access(path.parent, os.W_OK | os.X_OK):
        return f"this user may not write into the folder '{path.parent}'"
    return f"SQLite says: {error}"


def _of_postgresql(error: BaseException) -> StepwellError:
    """A server that does not answer may do so later; everything else has to be set right by somebody."""
    import psycopg

    said = " ".join(str(error).split()).rstrip(".")
    if isinstance(error, psycopg.OperationalError):
        message = f"Expected the database to answer but it said: {said}."
        return Unavailable("database.unavailable", message)
    return ConfigurationError(f"Expected to use the database but it said: {said}.", "database.unusable")
