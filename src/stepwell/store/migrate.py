"""Bringing a database to the tables of this version."""

import importlib.resources
from contextlib import closing
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from stepwell.store.address import sqlite_path


def upgrade(url: str) -> None:
    """Bring the database at ``url`` to the newest tables; nothing happens if it has them."""
    engine = create_engine(*_engine(url))
    with engine.connect() as connection:
        _upgrade(connection)
    engine.dispose()


def upgrade_open(raw: Any) -> None:
    """The same for an open SQLite connection, which stays open (a database in memory has no address)."""
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    with engine.connect() as connection:
        _upgrade(connection)


def revision(url: str) -> str | None:
    """Which migration the database is at; None if it was never migrated."""
    engine = create_engine(*_engine(url))
    with closing(engine.connect()) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    return found


def newest() -> str:
    """The migration that this version of Stepwell works with."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None
    return found


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
    command.upgrade(config, "head")
    connection.commit()
