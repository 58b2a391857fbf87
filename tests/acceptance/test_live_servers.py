"""The live channel across servers that share a PostgreSQL database."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import stepwell
from stepwell.identity import STEPWELL, Role
from stepwell.services import api_tokens, people, roles
from stepwell.services.api_tokens import Wanted
from stepwell.services.people import NewPerson
from tests.acceptance import streaming
from tests.acceptance.drawing import line, user
from tests.acceptance.server import Server, serving, start, until
from tests.acceptance.streaming import Stream


class Pair:
    """Two servers, and a clerk who listens on the second one."""

    def __init__(self, engine: stepwell.Engine, servers: tuple[Server, Server], secret: str) -> None:
        self.engine = engine
        self.here, self.there = servers
        self.secret = secret

    def asking(self, server: Server | None = None) -> httpx.Client:
        return streaming.client(server or self.there, self.secret)

    def start(self, server: Server | None = None) -> str:
        """A new step of the clerks, made on the first server unless told otherwise."""
        answer = (server or self.here).client.post("/instances", json={"process_id": "offered"})
        step: str = answer.json()["user_tasks"][0]["id"]
        return step

    def settle(self, stream: Stream) -> None:
        """Wait until what happens elsewhere is told to a stream, the first one that this server has."""
        until(lambda: stream.named("reset"), "told to read anew once all know that somebody listens")
        began = len(stream.events)

        def is_told() -> bool:
            self.start()
            return any(event.name == "task-created" for event in stream.events[began:])

        until(is_told, "events of the other server", pause=0.1)


@pytest.fixture
def pair(shared_postgresql_url: str, tmp_path: Path) -> Iterator[Pair]:
    url = shared_postgresql_url
    for name in ("here", "there"):
        (tmp_path / name).mkdir(exist_ok=True)
    with stepwell.open(url) as engine:
        if roles.find(engine.store, "clerks") is None:
            roles.add(engine.store, Role("clerks"), STEPWELL)
            people.add(engine.store, NewPerson(name="ann", roles=("clerks",)), STEPWELL)
            engine.deploy(
                line(user("look", '<stepwell:assignment roles="clerks"/>'), path="look", id="offered")
            )
        engine.directory.refresh()
        secret = api_tokens.add(engine.directory, "ann", Wanted("test", "all")).secret
        with serving(url, tmp_path / "here") as here, serving(url, tmp_path / "there") as there:
            yield Pair(engine, (here, there), secret)


def test_t1_what_happens_on_one_server_updates_live_on_another(pair: Pair) -> None:
    with streaming.listening(pair.asking) as ann:
        pair.settle(ann)
        for _ in range(10):
            step = pair.start()
            ann.expect("task-created", id=step)
            pair.here.client.post(f"/user-tasks/{step}/complete", json={})
            ann.expect("task-done", id=step)
            ann.expect("instance-changed", id=step.partition("-")[0], status="completed")


def test_who_begins_to_listen_misses_nothing_of_other_servers(pair: Pair) -> None:
    """What is not told, because they do not know yet that it is wanted, is in the lists that are read anew."""
    with streaming.listening(pair.asking) as ann:
        steps = [pair.start() for _ in range(5)]
        until(
            lambda: ann.named("reset") or all(ann.find("task-created", id=step) for step in steps),
            "told, or told to read",
        )


def test_what_a_program_does_beside_the_servers_is_told_too(pair: Pair) -> None:
    with streaming.listening(pair.asking) as ann:
        pair.settle(ann)
        with stepwell.open(pair.engine.settings.database_url) as program:
            step = program.start("offered").user_tasks[0].id
        ann.expect("task-created", id=step)


def test_who_has_a_step_open_is_known_on_every_server(pair: Pair) -> None:
    step = pair.start()
    with pair.asking(pair.here) as ann:
        ann.put(f"/user-tasks/{step}/presence", json={})
    with pair.asking(pair.there) as ann:
        found = ann.get(f"/user-tasks/{step}/presence").json()["items"]
    assert [item["person"] for item in found] == ["ann"]


def test_the_id_of_another_server_lets_read_anew(pair: Pair) -> None:
    with streaming.listening(pair.asking) as ann:
        last = ann.last_id
    with streaming.listening(lambda: pair.asking(pair.here), last) as ann:
        ann.expect("reset")


def test_a_server_whose_connection_is_lost_lets_read_anew_and_goes_on(pair: Pair) -> None:
    with streaming.listening(pair.asking) as ann:
        pair.settle(ann)
        before = len(ann.named("reset"))
        end = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
        with pair.engine.store.reading() as session:
            session.read(f"{end} and application_name = 'stepwell live'")
        until(lambda: len(ann.named("reset")) > before, "told to read anew")
        pair.settle(ann)


def test_a_server_that_begins_later_is_heard_too(pair: Pair, tmp_path: Path) -> None:
    (tmp_path / "third").mkdir()
    with streaming.listening(pair.asking) as ann:
        pair.settle(ann)
        third = start(pair.engine.settings.database_url, tmp_path / "third")
        try:
            ann.expect("task-created", id=pair.start(third))
        finally:
            third.stop()
