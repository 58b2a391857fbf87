"""Bringing a database to the tables of this version."""

import importlib.resources
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from stepwell.errors import ConfigurationError
from stepwell.store.address import sqlite_path
from stepwell.store.opening import opening


def upgrade(url: str) -> None:
    """Bring the database at ``url`` to the newest tables; nothing happens if it has them.

    Raises ConfigurationError when that can not be done, Unavailable when the database does not answer.
    """
    with _connected(url) as connection:
        _upgrade(connection)


def upgrade_open(raw: Any) -> None:
    """The same for an open SQLite connection, which stays open (a database in memory has no address)."""
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    with engine.connect() as connection:
        _upgrade(connection)


def revision(url: str) -> str | None:
    """Which migration the database is at; None if it was never migrated. Raises what ``upgrade`` does."""
    with _connected(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The migration that this version of Stepwell works with."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None
    return found


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    with opening(url):
        engine = create_engine(*_engine(url))
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()


def _engine(url: str) -> tuple[str]:
    if url.startswith("sqlite"):
        return (f"sqlite:///{sqlite_path(url)}",)
    return (url.replace("postgresql://", "postgresql+psycopg://", 1),)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(importlib.resources.files("stepwell.store") / "migrations"))
    return config


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:  # it does not know where the tables are
        found = MigrationContext.configure(connection).get_current_revision()
        message = (
            f"Expected tables of migration {newest()} or an older one but found {found}, of another version"
        )
        raise ConfigurationError(f"{message} of Stepwell.", "database.unusable") from None
    connection.commit()
