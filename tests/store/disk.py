"""A disk without room, for stories: what is read is there, what is written does not go through."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from stepwell.store import Store
from stepwell.store.address import sqlite_path
from stepwell.store.schema import metadata

REFUSE = (
    "create function no_room() returns trigger language plpgsql as"
    " $$ begin raise exception 'no room' using errcode = 'disk_full'; end $$"
)
TRIGGER = 'create trigger no_room before insert or update or delete on "{}" execute function no_room()'


@contextmanager
def without_room(store: Store) -> Iterator[None]:
    """Nothing can be written until the end of the block."""
    with _refusing(store.url) if store.database.name == "postgresql" else _short(store.url):
        yield


@contextmanager
def _short(url: str) -> Iterator[None]:
    """No file of this process grows beyond what the database's log has now."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = Path(f"{sqlite_path(url)}-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@contextmanager
def _refusing(url: str) -> Iterator[None]:
    """A server that says so itself, for every table."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(REFUSE)
        for name in metadata.tables:
            connection.execute(TRIGGER.format(name).encode())
        try:
            yield
        finally:
            connection.execute(b"drop function no_room cascade")
