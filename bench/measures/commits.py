"""What the disk and the databases allow: one row per commit, and the bare fsync."""

import os
import sqlite3
from pathlib import Path

import psycopg

from bench import script

BODY = "x" * 250
BLOCK = b"x" * 4096


def sqlite(path: Path, count: int) -> script.Timing:
    """One-row commits on one connection, WAL, FULL."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("create table line (id integer primary key, body text)")
    timing = script.one_caller(
        lambda _: connection.execute("insert into line (body) values (?)", (BODY,)), range(count)
    )
    connection.close()
    return timing


def postgresql(url: str, count: int) -> script.Timing:
    """One-row commits on one connection; refuses a server that does not wait for the disk."""
    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit"):
            row = connection.execute("select current_setting(%s)", (name,)).fetchone()
            if row is None or row[0] != "on":
                raise ValueError(f"Expected the server's {name} to be on but it is {row and row[0]}")
        connection.execute("create table line (id bigint generated always as identity, body text)")
        return script.one_caller(
            lambda _: connection.execute("insert into line (body) values (%s)", (BODY,)), range(count)
        )


def fsync(path: Path, count: int) -> script.Timing:
    """4 KB appended and synced, again and again."""
    with path.open("wb", buffering=0) as file:

        def write(_: int) -> None:
            file.write(BLOCK)
            os.fsync(file.fileno())

        return script.one_caller(write, range(count))


def main() -> None:
    given = script.task()
    folder, count = script.folder(given), given["count"]
    if given["database"] == "postgresql":
        script.say("commits", postgresql(given["url"], count))
    elif given["database"] == "sqlite":
        script.say("commits", sqlite(folder / "raw.db", count))
    else:
        script.say("commits", fsync(folder / "raw", count))


if __name__ == "__main__":
    main()
