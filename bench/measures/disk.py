"""Bytes that an instance takes on disk: all of the database less the empty one, with nothing left to tidy."""

import sqlite3
from pathlib import Path
from typing import Any

import psycopg

from bench import models, script
from bench.systems import stepwell

SUBMITTERS = 256
_TABLES = """
    select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
"""


def size(given: dict[str, Any]) -> int:
    """Bytes after tidying: the file of SQLite, or tables and indexes of PostgreSQL."""
    if given["database"] == "postgresql":
        return _postgresql(given["url"])
    return _sqlite(stepwell.sqlite_path(given))


def fill(given: dict[str, Any]) -> None:
    """Makes the instances: waiting ones of W2, or finished ones of W3."""
    waiting = given["state"] == "waiting W2"
    start = stepwell.Start("w2" if waiting else "w3", {"x": 1})
    with stepwell.opened(given) as engine:
        engine.start_many([start] * given["count"], SUBMITTERS)
        if not waiting:
            engine.complete_many(engine.open_tasks(), SUBMITTERS)


def main() -> None:
    given = script.task()
    with stepwell.opened(given) as engine:
        engine.deploy(models.w2())
        engine.deploy(models.w3())
    empty = size(given)
    fill(given)
    script.say_value("bytes", (size(given) - empty) / given["count"], "B")


def _sqlite(path: Path) -> int:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.execute("vacuum")
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    return path.stat().st_size


def _postgresql(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum full")
        row = connection.execute(_TABLES).fetchone()
        assert row is not None
        return int(row[0])


if __name__ == "__main__":
    main()
