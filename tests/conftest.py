"""What every test may ask for: a database of its own on each back end, and the third-party suites.

A test that could not run is never silently green: it is named in the last section of the report, and the
run fails for it when ``CI=true``.
"""

import os
import shutil
import sqlite3
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings
from xdist.workermanage import WorkerController

from dev import postgresql, unrun
from dev.unrun import NO_SUITES, could_not_run

ROOT = Path(__file__).parents[1]
IN_MEMORY = Path("/dev/shm")
ROOM = 6 * 1024**3  # bytes
_MEETING = pytest.StashKey[tuple[Path, int]]()

settings.register_profile("short", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("nightly", deadline=None, max_examples=2000)
settings.load_profile("nightly" if os.environ.get("STEPWELL_NIGHTLY") else "short")


@pytest.fixture(scope="session")
def nightly() -> bool:
    """Whether this is the long form of the run, where a test that repeats something does so more often."""
    return bool(os.environ.get("STEPWELL_NIGHTLY"))


# ---------------------------------------------------------------------------------------------- databases


@pytest.fixture(scope="session")
def postgresql_server(request: pytest.FixtureRequest) -> str:
    """The address of a PostgreSQL where this run may create databases; started when first asked for."""
    given = os.environ.get("STEPWELL_TEST_POSTGRESQL")
    if given:
        return given
    try:
        return postgresql.shared(*request.config.stash[_MEETING])
    except postgresql.PostgresqlMissingError as missing:
        could_not_run(str(missing))


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[Callable[[], str]]:
    """Makes empty PostgreSQL databases, each call a new one; they go with the test."""
    names: list[str] = []

    def create() -> str:
        names.append(f"test_{uuid.uuid4().hex}")
        return _create_database(postgresql_server, names[-1])

    yield create
    for name in names:
        _administer(postgresql_server, f'drop database "{name}" with (force)')


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address without any table, once on each back end."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'stepwell.db'}"
    create: Callable[[], str] = request.getfixturevalue("postgresql_url")
    return create()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database with nothing but what Stepwell brings, once on each back end; new for every test."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copyfile(template, tmp_path / "stepwell.db")
        yield f"sqlite:///{tmp_path / 'stepwell.db'}"
        return
    server: str = request.getfixturevalue("postgresql_server")
    name = f"test_{uuid.uuid4().hex}"
    yield _create_database(server, name, template=request.getfixturevalue("postgresql_template"))
    _administer(server, f'drop database "{name}" with (force)')


@pytest.fixture(scope="module")
def shared_postgresql_url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database that the tests of one file share."""
    name = f"test_{uuid.uuid4().hex}"
    yield _create_database(postgresql_server, name, template=postgresql_template)
    _administer(postgresql_server, f'drop database "{name}" with (force)')


@pytest.fixture(autouse=True)
def every_database_is_verified(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """When an engine is closed, the rows of its database must be what the history tells."""
    library = sys.modules.get("stepwell.library")
    differences: list[str] = []
    if library is not None:
        close = library.Engine.close

        def verify_and_close(engine: Any) -> None:
            differences.extend(engine.verify())
            close(engine)

        monkeypatch.setattr(library.Engine, "close", verify_and_close)
    yield
    assert differences == []


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "stepwell.db"
    _migrate(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> Iterator[str]:
    """The name of a migrated database, to be copied by the server."""
    name = f"template_{uuid.uuid4().hex}"
    _migrate(_create_database(postgresql_server, name))
    yield name
    _administer(postgresql_server, f'drop database "{name}" with (force)')


def _migrate(url: str) -> None:
    import stepwell

    stepwell.open(url).close()


def _create_database(server: str, name: str, template: str = "template1") -> str:
    _administer(server, f'create database "{name}" template "{template}"')
    head, _, _ = server.rpartition("/")
    return f"{head}/{name}"


def _administer(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


# ---------------------------------------------------------------------------------------------- outside material


@pytest.fixture(scope="session")
def suites() -> Path:
    """The folder of the third-party suites, which are no part of the repository."""
    folder = suites_folder()
    if not folder:
        could_not_run(NO_SUITES)
    return folder


def suites_folder() -> Path | None:
    """Where STEPWELL_SUITES says, else beside the repository, if it is there."""
    given = os.environ.get("STEPWELL_SUITES")
    folder = Path(given) if given else ROOT.parent / "shared" / "suites"
    return folder if folder.is_dir() else None


# ---------------------------------------------------------------------------------------------- the run


def _work_in_memory() -> None:
    """Let all files of the run lie in memory where there is room: thousands of databases come and go in it, and
    nothing here has to outlive the machine.
    """
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)


def pytest_configure(config: pytest.Config) -> None:
    """All processes of a run know one folder to meet in, and who of them outlives the others."""
    _work_in_memory()
    config.pluginmanager.register(unrun)
    told: tuple[str, int] | None = getattr(config, "workerinput", {}).get("stepwell_meeting")
    folder, owner = told or (tempfile.mkdtemp(prefix="stepwell-"), os.getpid())
    config.stash[_MEETING] = Path(folder), owner


def pytest_configure_node(node: WorkerController) -> None:
    folder, owner = node.config.stash[_MEETING]
    node.workerinput["stepwell_meeting"] = (str(folder), owner)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgresql.stop_shared(config.stash[_MEETING][0])
