"""A server that is killed at any moment keeps what it acknowledged, and does nothing inside twice (R6)."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

import stepwell
from stepwell.library import Engine
from tests.acceptance import server
from tests.acceptance.load import ROUNDS, Asked, Caller, Known, Reply, load, send
from tests.acceptance.server import Recorder, Server, until

MODEL = Path(__file__).parent / "models" / "errand.bpmn"
CALLERS = 4
SETTINGS = {"job_lock_seconds": "1", "allow_private_addresses": "true", "poll_interval": "0.1"}


class Story:
    """One database, its servers one after the other, and what their callers know."""

    def __init__(self, database: str, folder: Path, recorder: Recorder, seed: int) -> None:
        self.database = database
        self.folder = folder
        self.recorder = recorder
        self.dice = random.Random(seed)
        self.known = Known()
        self.looked_at = 0
        self.callers = [
            Caller(f"{seed}-{number}", recorder.address, self.known, seed * 100 + number)
            for number in range(CALLERS)
        ]

    def start(self) -> Server:
        return server.start(self.database, self.folder, **SETTINGS)

    def use_until_killed(self, answers: int) -> None:
        """A server under load, killed when the callers have had so many answers and wait for others."""
        serving = self.start()
        try:
            self.repeat_what_is_unknown(serving.client)
            enough = len(self.known.replies) + answers
            with load(self.callers, serving.address):
                until(lambda: len(self.known.replies) >= enough, f"{answers} answers", pause=0.001)
                serving.kill()
        finally:
            serving.stop()

    def repeat_what_is_unknown(self, client: httpx.Client) -> None:
        """A command whose end nobody saw is sent again, and again: the second answer is the first."""
        for asked in self.known.unknown:
            first = send(client, asked, self.known)
            if asked.key:
                assert told(send(client, asked, Known())) == told(first), asked
        self.known.unknown.clear()

    def look(self) -> None:
        """What the killed server left on disk."""
        with stepwell.open(self.database) as engine:
            assert engine.verify() == []
            for asked, reply in self.known.replies[self.looked_at :]:
                if asked.command:
                    assert_is_there(engine, asked, reply)
            for instance in engine.instances(status="running", limit=200).items:
                assert_waits(engine, instance.id)
        self.looked_at = len(self.known.replies)

    def finish(self) -> None:
        """Do what is left to do, and let the last server finish every instance."""
        with server.serving(self.database, self.folder, **SETTINGS) as serving:
            self.repeat_what_is_unknown(serving.client)
            self.repeat_what_is_known(serving.client)
            until(lambda: self.nobody_waits_for_a_job(serving.client), "jobs of dead servers go on")
            complete_all(serving.client)
            self.answer_all(serving.client)
            until(lambda: not listed(serving.client, "/instances", status="running"), "all are done")

    def repeat_what_is_known(self, client: httpx.Client) -> None:
        with_key = [(asked, reply) for asked, reply in self.known.replies if asked.key]
        for asked, reply in self.dice.sample(with_key, min(50, len(with_key))):
            again = send(client, asked, Known())
            assert told(again) == told(reply), asked
            assert again is not None and again.get("is_repeated", True)

    def nobody_waits_for_a_job(self, client: httpx.Client) -> bool:
        running = listed(client, "/instances", status="running")
        assert not listed(client, "/incidents")
        return all(
            wait["kind"] not in {"job", "timer"}
            for found in running
            for place in client.get(f"/instances/{found['id']}").json().get("waiting", ())
            for wait in place.get("waits_for", ())
        )

    def answer_all(self, client: httpx.Client) -> None:
        for found in listed(client, "/instances", status="running"):
            key = found["business_key"]
            response = client.post("/messages", json={"name": "answer", "key": key, "message_id": key})
            assert response.status_code in {202, 409}, response.text


def told(reply: Reply | None) -> Reply:
    """What an answer says, beside that it is a repetition."""
    assert reply is not None
    return {name: value for name, value in reply.items() if name != "is_repeated"}


def listed(client: httpx.Client, path: str, **filters: Any) -> list[Reply]:
    """The whole list, page by page."""
    found: list[Reply] = []
    after: Any = None
    while True:
        page = client.get(path, params=filters | {"limit": 200} | ({"after": after} if after else {})).json()
        found += page["items"]
        after = page.get("after")
        if not after:
            return found


def complete_all(client: httpx.Client) -> None:
    """Complete each open task for the last time."""
    for task in listed(client, "/user-tasks"):
        body = {"actor": "ada", "variables": {"more": False}}
        response = client.post(f"/user-tasks/{task['id']}/complete", json=body)
        assert response.is_success, response.text


def assert_is_there(engine: Engine, asked: Asked, reply: Reply) -> None:
    """The history of the instance has the command at the revision that the answer named."""
    found = [entry for entry in engine.history(reply["id"]) if entry.revision == reply["revision"]]
    assert [entry.command for entry in found] == [asked.command], (asked, reply)


def assert_waits(engine: Engine, id: str) -> None:
    """No instance is half-way: each element that is no scope waits for something."""
    found = engine.instance(id)
    assert found.waiting, found
    scopes = {place.scope for place in found.waiting}
    assert all(place.waits_for or place.id in scopes for place in found.waiting), found


def assert_ran_once(engine: Engine, id: str) -> None:
    """Each completion ran the script once; nothing came twice."""
    commands = Counter(entry.command for entry in engine.history(id))
    events = [event for entry in engine.history(id) for event in entry.events]
    runs = [
        e.details["values"]["runs"]
        for e in events
        if e.type == "VariablesSet" and "runs" in e.details["values"]
    ]
    assert runs == list(range(commands["CompleteUserTask"] + 1)), runs
    assert commands["CompleteUserTask"] <= ROUNDS
    once = ("StartInstance", "CompleteJob", "CorrelateMessage", "FireTimer")
    assert {name: commands[name] for name in once} == dict.fromkeys(once, 1), commands


def check(story: Story) -> None:
    """At the very end: every errand that was begun is there once, and told the world at least once."""
    with stepwell.open(story.database) as engine:
        assert engine.verify() == []
        errands: list[str] = []
        page = engine.instances(limit=200)
        while True:
            for found in page.items:
                assert found.status == "completed"
                assert_ran_once(engine, found.id)
                errands.append(found.business_key)
            if page.after is None:
                break
            page = engine.instances(limit=200, after=page.after)
    assert len(errands) == len(set(errands))
    started = {reply["id"] for asked, reply in story.known.replies if asked.command == "StartInstance"}
    assert len(started) == len(errands)
    calls = story.recorder.keys()
    assert {name: len(set(calls[f"{name}"])) for name in errands} == dict.fromkeys(errands, 1)
    assert len({keys[0] for keys in calls.values()}) == len(calls)
    assert story.known.refused == []


def survive(database: str, folder: Path, rounds: int, seed: int = 1) -> None:
    """A server is killed so many times at moments that the seed gives."""
    with server.recording() as recorder:
        story = Story(database, folder, recorder, seed)
        with stepwell.open(database) as engine:
            engine.deploy(MODEL)
        for _ in range(rounds):
            story.use_until_killed(story.dice.randrange(1, 100))
            story.look()
        story.finish()
        check(story)


@pytest.fixture
def folders(tmp_path: Path) -> Callable[[int], Path]:
    def folder(number: int) -> Path:
        found = tmp_path / str(number)
        found.mkdir()
        return found

    return folder


def test_r6_a_killed_server_loses_nothing_and_repeats_nothing_on_sqlite(
    folders: Callable[[int], Path], nightly: bool
) -> None:
    for seed in range(10 if nightly else 1):
        folder = folders(seed)
        survive(f"sqlite:///{folder / 'stepwell.db'}", folder, 10, seed)


def test_r6_a_killed_server_loses_nothing_and_repeats_nothing_on_postgresql(
    postgresql_url: Callable[[], str], folders: Callable[[int], Path], nightly: bool
) -> None:
    for seed in range(5 if nightly else 1):
        survive(postgresql_url(), folders(seed), 10 if nightly else 4, seed)
