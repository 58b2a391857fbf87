"""An engine on each kind of database, with a clock that moves when told; a database for all stories of a file."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

import stepwell
from stepwell.config import Settings
from stepwell.library import Engine
from tests.acceptance.office import Office
from tests.acceptance.posting import Post, at_work
from tests.connectors.mailbox import Mailbox, served
from tests.store.instances import Clock


@dataclass
class Place:
    """Where a story plays: an engine, and the time there."""

    url: str
    engine: Engine
    clock: Clock

    def pass_time(self, seconds: float = 0) -> None:
        """Let time go by, then do what is due."""
        self.clock.now += round(seconds * 1_000_000)
        self.engine.work()

    def waits_at(self, id: str) -> list[str]:
        """The elements at which an instance waits, in order of their names."""
        found = self.engine.instance(id)
        scopes = {place.scope for place in found.waiting}
        return sorted(place.element for place in found.waiting if place.id not in scopes)

    def status(self, id: str) -> str:
        return self.engine.instance(id).status

    def commands(self, id: str) -> list[str]:
        """What was done to an instance, in order."""
        return [entry.command for entry in self.engine.history(id)]

    def complete(self, id: str, **values: object) -> None:
        """Complete the one open task of an instance."""
        [task] = self.engine.tasks(instance=id).items
        self.engine.complete(task.id, values, actor="ada")


@pytest.fixture
def place(database_url: str) -> Iterator[Place]:
    clock = Clock()
    settings = Settings(database_url=database_url, allow_private_addresses=True)
    with stepwell.open(database_url, clock=clock, settings=settings, upgrade=False) as engine:
        yield Place(database_url, engine, clock)


@pytest.fixture
def mailbox() -> Mailbox:
    """What a mail server has taken."""
    return Mailbox()


@pytest.fixture
def mail_server(mailbox: Mailbox) -> Iterator[dict[str, Any]]:
    """The settings of an installation that uses a running mail server."""
    yield from served(mailbox)


@pytest.fixture
def post(database_url: str, mailbox: Mailbox, mail_server: dict[str, Any]) -> Iterator[Post]:
    """An installation that sends mails."""
    with at_work(database_url, mailbox, **mail_server) as found:
        yield found


@dataclass(frozen=True)
class Ground:
    """A migrated database, and a folder, that the stories of one file share."""

    url: str
    folder: Path


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """The ground of a file of stories, once on each back end."""
    folder: Path = tmp_path_factory.mktemp("ground")
    if request.param == "postgresql":
        return Ground(request.getfixturevalue("shared_postgresql_url"), folder)
    shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "stepwell.db")
    return Ground(f"sqlite:///{folder / 'stepwell.db'}", folder)


@pytest.fixture
def ann(work: Office) -> httpx.Client:
    """Somebody in the office of a file."""
    return work.clients["ann"]


@pytest.fixture
def joe(work: Office) -> httpx.Client:
    """Somebody in the office of a file."""
    return work.clients["joe"]


@pytest.fixture
def eve(work: Office) -> httpx.Client:
    """Somebody in the office of a file."""
    return work.clients["eve"]
