"""What a program is told that opens a database which is none, or goes on with one that it closed."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import stepwell
from stepwell.library import Engine
from stepwell.store.opening import _why

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file that is no database, and one of a version to come."""
    (tmp_path / "letter.db").write_bytes(bytes(range(256)) * 32)
    stepwell.open(f"sqlite:///{tmp_path / 'newer.db'}").close()
    with sqlite3.connect(tmp_path / "newer.db") as connection:
        connection.execute("update alembic_version set version_num = '0042'")
    connection.close()
    return tmp_path


@pytest.mark.parametrize(("path", "why"), [
    ("gone/x.db", "there is no folder"), ("", "it is a folder"), ("letter.db", "file is not a database"),
    ("newer.db", "but found 0042, of another version of Stepwell."),
])  # fmt: skip
@pytest.mark.parametrize("upgrade", [True, False])
def test_a_path_where_there_can_be_no_database_says_why(
    folder: Path, path: str, why: str, upgrade: bool
) -> None:
    with pytest.raises(stepwell.ConfigurationError) as caught:
        stepwell.open(f"sqlite:///{folder / path}", upgrade=upgrade)
    assert str(caught.value).startswith("Expected ")
    assert caught.value.code == "database.unusable"
    assert why in str(caught.value) or not upgrade


@pytest.fixture
def forbidden() -> Iterator[Path]:
    """A folder into which we may not write, with a file that we may not read; root becomes somebody else for it."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "x.db").touch(mode=0)
        Path(name).chmod(0o555)
        if os.getuid() == 0:
            os.setresuid(NOBODY, NOBODY, 0)
        try:
            yield Path(name)
        finally:
            if os.getresuid()[2] == 0:
                os.setresuid(0, 0, 0)
            Path(name).chmod(0o755)


@pytest.mark.parametrize(("name", "why"), [
    ("x.db", "this user may not read and write it"), ("new.db", "this user may not write into the folder"),
])  # fmt: skip
def test_what_a_user_may_not_do_is_told(forbidden: Path, name: str, why: str) -> None:
    with pytest.raises(stepwell.ConfigurationError, match=why):
        stepwell.open(f"sqlite:///{forbidden / name}")


def test_what_only_sqlite_knows_is_in_its_words(tmp_path: Path) -> None:
    assert (
        _why(tmp_path / "x.db", sqlite3.OperationalError("disk I/O error")) == "SQLite says: disk I/O error"
    )


@pytest.mark.parametrize(
    "url", ["mysql://ann:secret@host/x", "orders.db", "sqlite:///", "postgresql://ann:secret@host:port/x"]
)
@pytest.mark.parametrize("settings", [None, stepwell.Settings()], ids=["alone", "with settings"])
def test_a_url_of_another_kind_says_what_was_expected_and_no_password(
    url: str, settings: stepwell.Settings | None
) -> None:
    with pytest.raises(stepwell.ConfigurationError) as caught:
        stepwell.open(url, settings=settings)
    assert "sqlite:///PATH or postgresql://USER@HOST/NAME" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_server_that_does_not_answer_may_do_so_later() -> None:
    with pytest.raises(stepwell.Unavailable, match="Expected the database to answer but it said"):
        stepwell.open("postgresql://nobody@127.0.0.1:1/x")


def test_an_option_that_a_server_does_not_know_is_a_matter_of_settings() -> None:
    with pytest.raises(stepwell.ConfigurationError, match="invalid connection option"):
        stepwell.open("postgresql://nobody@127.0.0.1:1/x?colour=red")


def test_a_database_that_somebody_else_holds_may_be_had_later(tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "x.db")
    holder.execute("begin exclusive")
    try:
        with pytest.raises(stepwell.Unavailable, match="another process holds it"):
            stepwell.open(f"sqlite:///{tmp_path / 'x.db'}")
    finally:
        holder.close()


CALLS: dict[str, Callable[[Engine], object]] = {
    "deploy": lambda engine: engine.deploy(Path(__file__).parents[1] / "demo" / "processes" / "order.bpmn"),
    "start": lambda engine: engine.start("order"),
    "instances": lambda engine: engine.instances(),
    "tasks": lambda engine: engine.tasks(),
    "complete": lambda engine: engine.complete("1-1"),
    "publish": lambda engine: engine.publish("m"),
    "work": lambda engine: engine.work(),
    "backup": lambda engine: engine.backup("copy.db"),
    "verify": lambda engine: engine.verify(),
    "now": lambda engine: engine.now(),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_closed_engine_refuses_every_call(database_url: str, call: Callable[[Engine], object]) -> None:
    engine = stepwell.open(database_url)
    engine.close()
    with pytest.raises(stepwell.Conflict) as caught:
        call(engine)
    assert caught.value.code == "engine.closed"


def test_a_store_may_be_closed_twice(database_url: str) -> None:
    store = stepwell.open(database_url).store
    store.close()
    store.close()


def test_an_exception_tells_every_problem() -> None:
    with stepwell.open("sqlite://") as engine, pytest.raises(stepwell.Invalid) as caught:
        engine.deploy(b"<a/>")
    first, second = str(caught.value).splitlines()
    assert first == "Expected a process that can run, but found a problem in the file."
    assert second.startswith("  line 1: Expected the root element definitions")
