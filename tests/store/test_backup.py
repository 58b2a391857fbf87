"""A copy of a database that is in use."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stepwell.engine.mapping import variables_set
from stepwell.errors import Conflict, Invalid
from stepwell.store import migrate, open_store
from stepwell.store.loading import Target
from tests.store.instances import Clock, change, opened, start, waiting_task


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'stepwell.db'}"
    migrate.upgrade(url)
    return url


def test_a_copy_holds_what_was_committed(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url) as store:
        number = start(store, *waiting_task(1))
        store.backup(tmp_path / "copy.db")
    with opened(f"sqlite:///{tmp_path / 'copy.db'}") as copy, copy.transaction() as tx:
        assert tx.load([Target(number, 1)]).states[number].user_tasks[1].title == "Approve 1"


def test_a_copy_is_of_one_moment_while_others_write(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url) as store:
        for _ in range(300):
            start(store, *waiting_task(1), variables_set(0, {"text": "x" * 10_000}))
        heard: list[tuple[int, int]] = []

        def hear(done: int, total: int) -> None:
            heard.append((done, total))
            change(store, Target(1, 1), variables_set(0, {"text": str(len(heard))}))

        store.backup(tmp_path / "copy.db", hear)
        assert heard[-1][0] == heard[-1][1]
    copy = open_store(f"sqlite:///{tmp_path / 'copy.db'}", clock=Clock())
    assert copy.verify() == []
    copy.close()


def test_a_copy_does_not_overwrite_a_file(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("mine")
    with opened(sqlite_url) as store, pytest.raises(Conflict, match=r"copy\.db"):
        store.backup(tmp_path / "copy.db")


def test_a_database_in_memory_can_be_copied(tmp_path: Path) -> None:
    with opened("sqlite://") as store:
        start(store)
        store.backup(tmp_path / "copy.db")
    with opened(f"sqlite:///{tmp_path / 'copy.db'}"):
        pass


def test_postgresql_names_its_own_program(postgresql_url: Callable[[], str], tmp_path: Path) -> None:
    url = postgresql_url()
    migrate.upgrade(url)
    with opened(url) as store, pytest.raises(Invalid, match="pg_dump"):
        store.backup(tmp_path / "copy.db")
