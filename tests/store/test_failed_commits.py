"""A commit on SQLite that fails: what is told about it has to be true after a crash, too."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from stepwell.engine.mapping import variables_set
from stepwell.errors import Unavailable
from stepwell.store import Store, migrate, open_store
from stepwell.store.loading import Target
from tests.store.disk import without_room
from tests.store.instances import apply, opened, start

FILES = ("stepwell.db", "stepwell.db-wal")


@pytest.fixture
def url(tmp_path: Path) -> str:
    migrate.upgrade(f"sqlite:///{tmp_path / FILES[0]}")
    return f"sqlite:///{tmp_path / FILES[0]}"


Fail = Callable[[sqlite3.Connection], None]


def set_n(store: Store, number: int, fail: Fail | None = None) -> None:
    """Set n to 1; ``fail`` is called before each commit."""
    with store.transaction() as tx:
        state = tx.load([Target(number)]).states[number]
        tx.save([apply(state, variables_set(0, {"n": 1}))])
        if fail is not None:
            break_commit(tx.session, fail)


def break_commit(session: object, fail: Fail) -> None:
    whole: sqlite3.Connection = session.connection  # type: ignore[attr-defined]

    class Broken:
        def __getattr__(self, name: str) -> object:
            return getattr(whole, name)

        def execute(self, statement: str, *values: object) -> object:
            if statement == "commit":
                fail(whole)
            return whole.execute(statement, *values)  # type: ignore[arg-type]

    session.connection = Broken()  # type: ignore[attr-defined]


def sync_fails(connection: sqlite3.Connection) -> None:
    """What SQLite does when it can not sync the log."""
    connection.execute("rollback")
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
    raise error


def left_by_a_crash(folder: Path, name: str) -> str:
    """The files as they are, without the index of the log: that does not outlive a crash."""
    (folder / name).mkdir()
    for file in FILES:
        shutil.copyfile(folder / file, folder / name / file)
    return f"sqlite:///{folder / name / FILES[0]}"


def n_after_a_crash(folder: Path, name: str) -> object:
    with opened(left_by_a_crash(folder, name)) as store, store.transaction() as tx:
        return tx.load([Target(1)]).states[1].value(0, "n")


def log_with_n_set(folder: Path) -> bytes:
    """What the log holds when n has been set to 1 and its commit mark is written."""
    twin = open_store(left_by_a_crash(folder, "twin"))
    set_n(twin, 1)
    log = (folder / "twin" / FILES[1]).read_bytes()
    twin.close()
    return log


def test_a_commit_that_was_not_synced_does_not_come_back_after_a_crash(url: str, tmp_path: Path) -> None:
    with opened(url) as store:
        number = start(store, variables_set(0, {"n": 0}))
        log = log_with_n_set(tmp_path)
        troubles = [sync_fails]

        def written_but_not_synced(connection: sqlite3.Connection) -> None:
            if troubles:
                (tmp_path / FILES[1]).write_bytes(log)
                assert n_after_a_crash(tmp_path, "in doubt") == 1
                troubles.pop()(connection)

        with pytest.raises(Unavailable) as failed:
            set_n(store, number, written_but_not_synced)
        assert failed.value.code == "database.unavailable"
        assert n_after_a_crash(tmp_path, "settled") == 0


def test_a_commit_that_nothing_can_follow_is_told_as_unknown(url: str) -> None:
    with opened(url) as store:
        number = start(store, variables_set(0, {"n": 0}))
        with pytest.raises(Unavailable) as failed:
            set_n(store, number, sync_fails)
        assert failed.value.code == "database.outcome-unknown"


def test_a_commit_that_could_not_be_written_has_changed_nothing(url: str, tmp_path: Path) -> None:
    with opened(url) as store:
        number = start(store, variables_set(0, {"n": 0}))
        with without_room(store), pytest.raises(Unavailable) as failed:
            set_n(store, number)
        assert failed.value.code == "database.unavailable"
        assert n_after_a_crash(tmp_path, "later") == 0
        set_n(store, number)
        assert n_after_a_crash(tmp_path, "last") == 1


def test_a_damaged_file_is_told_as_a_database_that_can_not_be_used(url: str, tmp_path: Path) -> None:
    with opened(url) as store:
        for _ in range(600):
            start(store, variables_set(0, {"text": "x" * 500}))
    path = tmp_path / FILES[0]
    whole = path.read_bytes()
    kept = len(whole) * 3 // 4
    path.write_bytes(whole[:kept] + b"\xff" * (len(whole) - kept))
    store = open_store(url)
    with pytest.raises(Unavailable) as refused, store.reading() as session:
        session.read("select sum(length(data)) from variables")
    store.close()
    assert refused.value.code == "database.unavailable"
