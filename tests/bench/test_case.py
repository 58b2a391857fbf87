"""One case is one process."""

import sys
from pathlib import Path

import pytest

from bench import case as bench_case
from bench.case import Case, NotMeasuredError, Place, measure

FSYNC = Case("commit", "sqlite3", "fsync 4 KB", "bench.measures.commits", {"database": "fsync", "count": 5})


def test_a_script_says_what_it_measured(tmp_path: Path) -> None:
    (sample,) = measure(FSYNC, Place(tmp_path))
    assert sample.key == ("commit", "commits", "sqlite3", "fsync 4 KB")
    assert sample.figure > 0


def test_one_row_commits_go_to_a_database_of_the_run(tmp_path: Path) -> None:
    given = {"database": "sqlite", "count": 5}
    (sample,) = measure(Case("commit", "sqlite3", "one", "bench.measures.commits", given), Place(tmp_path))
    assert sample.measure == "commits"


def test_the_folder_of_a_run_is_gone_afterwards(tmp_path: Path) -> None:
    measure(FSYNC, Place(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_kept_data_stays_for_the_next_round(tmp_path: Path) -> None:
    kept = Case(FSYNC.workload, FSYNC.system, FSYNC.setting, FSYNC.script, FSYNC.task, keep="data")
    measure(kept, Place(tmp_path))
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["raw"]


def test_a_script_that_fails_tells_its_last_line(tmp_path: Path) -> None:
    broken = Case("commit", "sqlite3", "fsync 4 KB", "bench.measures.commits", {"database": "fsync"})
    with pytest.raises(NotMeasuredError, match="KeyError: 'count'"):
        measure(broken, Place(tmp_path))


def test_without_postgresql_the_reason_is_said(tmp_path: Path) -> None:
    case = Case("commit", "psycopg", "x", "bench.measures.commits", {"database": "postgresql", "count": 1})
    with pytest.raises(NotMeasuredError, match="there is no server"):
        measure(case, Place(tmp_path, why_no_postgresql="there is no server"))


def test_without_the_peers_the_command_that_installs_them_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_case, "PEERS_PYTHON", tmp_path / "python")
    with pytest.raises(NotMeasuredError, match="python -m bench setup"):
        measure(Case("W2", "dbos", "x", "bench.peers.dbos"), Place(tmp_path))


def test_a_peer_does_not_see_our_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_case, "PEERS_PYTHON", Path(sys.executable))
    monkeypatch.setenv("PYTHONPATH", "src")
    assert "PYTHONPATH" not in bench_case._environment("bench.peers.dbos")
