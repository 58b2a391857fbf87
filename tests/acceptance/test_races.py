"""Two servers over one PostgreSQL database, asked at the same moment."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
import pytest

import stepwell
from stepwell.services.histories import HistoryEvent
from stepwell.services.instances import Instance
from tests.acceptance import server
from tests.acceptance.server import Server, recording, until

MODELS = Path(__file__).parent / "models"
LETTERS = 1000
Ask = Callable[[], httpx.Response]


def every(engine: stepwell.Engine, process_id: str, status: str | None = None) -> Iterator[Instance]:
    """All instances of a process, page by page."""
    after = None
    while True:
        page = engine.instances(process_id=process_id, status=status, limit=200, after=after)
        yield from page.items
        after = page.after
        if after is None:
            return


class Pair:
    """Two servers, hands to ask both of them, and an engine to look at what they did."""

    def __init__(
        self, engine: stepwell.Engine, first: Server, second: Server, hands: ThreadPoolExecutor
    ) -> None:
        self.engine = engine
        self.first = first.client
        self.second = second.client
        self.hands = hands

    def deploy(self, name: str) -> None:
        self.engine.deploy(MODELS / f"{name}.bpmn")

    def start(self, process_id: str, client: httpx.Client | None = None, **body: Any) -> dict[str, Any]:
        response = (client or self.first).post("/instances", json={"process_id": process_id, **body})
        assert response.status_code == 201, response.text
        found: dict[str, Any] = response.json()
        return found

    def at_once(self, *asks: Ask) -> list[httpx.Response]:
        """What all answer that are asked at the same moment."""
        barrier = Barrier(len(asks))

        def ask(one: Ask) -> httpx.Response:
            barrier.wait(30)
            return one()

        return [found.result(60) for found in [self.hands.submit(ask, one) for one in asks]]

    def read(self) -> Counter[int]:
        """How often each letter was read, by what the histories say."""
        ids = [item.id for item in every(self.engine, "reader", "completed")]
        values = [event.details["values"] for id in ids for event in self.events(id, "VariablesSet")]
        return Counter(value["text"] for value in values if "text" in value)

    def statuses(self) -> Counter[str]:
        """How many readers are how."""
        return Counter(item.status for item in every(self.engine, "reader"))

    def events(self, id: str, type: str) -> list[HistoryEvent]:
        entries = self.engine.history(id)
        return [event for entry in entries for event in entry.events if event.type == type]


@pytest.fixture(scope="module")
def pair(shared_postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    url, settings = shared_postgresql_url, {"allow_private_addresses": "true", "poll_interval": "0.1"}
    with (
        server.serving(url, tmp_path_factory.mktemp("first"), **settings) as first,
        server.serving(url, tmp_path_factory.mktemp("second"), **settings) as second,
        ThreadPoolExecutor(16) as hands,
        stepwell.open(url) as engine,
    ):
        yield Pair(engine, first, second, hands)
        assert engine.verify() == []


def test_each_of_a_thousand_messages_reaches_exactly_one_receiver(pair: Pair) -> None:
    """Published and waited for at the same moment, at two servers; every second one has two that wait."""
    pair.deploy("letter")

    def subscribe(client: httpx.Client, number: int) -> None:
        pair.start("reader", client, variables={"address": f"a{number}"})

    def publish(client: httpx.Client, number: int) -> None:
        letter = {"name": "letter", "key": f"a{number}", "variables": {"text": number}}
        assert client.post("/messages", json=letter).status_code == 202

    def exchange(number: int) -> None:
        """The two sides of one message begin in turns first, and change the servers."""
        sides: list[Callable[[], None]] = [
            lambda: subscribe(pair.first if number % 4 < 2 else pair.second, number),
            lambda: publish(pair.second if number % 4 < 2 else pair.first, number),
        ]
        if number % 8 < 4:
            sides.append(lambda: subscribe(pair.second, number))
        begun = [senders.submit(side) for side in (sides if number % 2 else reversed(sides))]
        for one in begun:
            one.result(60)

    with ThreadPoolExecutor(12) as senders:
        list(pair.hands.map(exchange, range(LETTERS)))
    until(lambda: pair.statuses()["completed"] >= LETTERS, "all letters are read")
    assert pair.engine.store.next_due_at() is None
    assert pair.read() == Counter(range(LETTERS))
    assert pair.statuses() == {"completed": LETTERS, "running": LETTERS // 2}


def test_t6_of_two_people_who_complete_a_task_one_wins_and_the_other_learns_who_did(pair: Pair) -> None:
    pair.deploy("desk")
    for _ in range(50):
        task = pair.start("desk")["user_tasks"][0]["id"]
        answers = pair.at_once(
            lambda task=task: pair.first.post(f"/user-tasks/{task}/complete", json={"actor": "ada"}),
            lambda task=task: pair.second.post(f"/user-tasks/{task}/complete", json={"actor": "bob"}),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        winner = "ada" if answers[0].status_code == 200 else "bob"
        told = next(answer.json() for answer in answers if answer.status_code == 409)
        assert winner in told["detail"] and str(datetime.now(UTC).year) in told["detail"], told
        assert len(pair.events(task.partition("-")[0], "UserTaskCompleted")) == 1


def test_t6_of_two_people_who_claim_a_task_one_has_it(pair: Pair) -> None:
    pair.deploy("desk")
    for _ in range(50):
        task = pair.start("desk")["user_tasks"][0]["id"]
        answers = pair.at_once(
            lambda task=task: pair.first.post(f"/user-tasks/{task}/claim", json={"user": "ada"}),
            lambda task=task: pair.second.post(f"/user-tasks/{task}/claim", json={"user": "bob"}),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        winner = "ada" if answers[0].status_code == 200 else "bob"
        assert pair.second.get(f"/user-tasks/{task}").json()["assignee"] == winner
        assert winner in next(answer.json() for answer in answers if answer.status_code == 409)["detail"]


def test_a_task_is_either_completed_or_its_instance_cancelled(pair: Pair) -> None:
    pair.deploy("desk")
    for _ in range(50):
        started = pair.start("desk")
        answers = pair.at_once(
            lambda s=started: pair.first.post(f"/user-tasks/{s['user_tasks'][0]['id']}/complete", json={}),
            lambda s=started: pair.second.post(f"/instances/{s['id']}/cancel", json={"reason": "race"}),
        )
        codes = [answer.status_code for answer in answers]
        assert sorted(codes) in ([200, 404], [200, 409]), [answer.text for answer in answers]
        status = pair.first.get(f"/instances/{started['id']}").json()["status"]
        assert status == ("completed" if codes[0] == 200 else "cancelled")


def test_what_is_asked_of_both_servers_with_the_same_key_is_done_once(pair: Pair) -> None:
    """Also when the key was used before for what was refused."""
    pair.deploy("desk")
    for number in range(30):
        headers = {"idempotency-key": f"once {number}"}
        body = {"process_id": "desk", "business_key": f"once {number}"}
        if number % 2:
            assert (
                pair.first.post("/instances", json={"process_id": "no"}, headers=headers).status_code == 404
            )
        answers = pair.at_once(
            lambda b=body, h=headers: pair.first.post("/instances", json=b, headers=h),
            lambda b=body, h=headers: pair.second.post("/instances", json=b, headers=h),
        )
        assert [answer.status_code for answer in answers] == [201, 201], [answer.text for answer in answers]
        assert answers[0].json()["user_tasks"] == answers[1].json()["user_tasks"]
        assert sorted(answer.json()["is_repeated"] for answer in answers) == [False, True]
        assert len(pair.engine.instances(business_key=f"once {number}").items) == 1


def test_timers_and_jobs_that_two_servers_share_happen_once(pair: Pair) -> None:
    pair.deploy("alarm")
    with recording() as recorder:
        given = [{"name": f"n{number}", "recorder": recorder.address} for number in range(100)]
        begun = [pair.start("alarm", variables=values)["id"] for values in given]
        until(lambda: len(recorder.keys()) == 100, "all are told")
        until(lambda: all(len(pair.events(id, "InstanceEnded")) == 1 for id in begun), "all have ended")
        assert all(len(pair.events(id, "EventCaught")) == 1 for id in begun)
        assert len(recorder.calls) == 100


def test_a_file_deployed_twice_at_the_same_moment_is_one_version(pair: Pair) -> None:
    xml = (MODELS / "desk.bpmn").read_bytes().replace(b'"desk"', b'"twin"')
    headers = {"content-type": "application/xml"}
    answers = pair.at_once(
        lambda: pair.first.post("/deployments", content=xml, headers=headers),
        lambda: pair.second.post("/deployments", content=xml, headers=headers),
    )
    assert [answer.status_code for answer in answers] == [201, 201], [answer.text for answer in answers]
    assert sorted(answer.json()["is_new"] for answer in answers) == [False, True]
    assert len(pair.first.get("/definitions", params={"process_id": "twin"}).json()["items"]) == 1


def test_files_deployed_at_the_same_moment_are_versions_one_after_the_other(pair: Pair) -> None:
    xml = (MODELS / "desk.bpmn").read_bytes().replace(b'"desk"', b'"many"')
    headers = {"content-type": "application/xml"}

    def deploy(client: httpx.Client, number: int) -> Ask:
        file = xml.replace(b'"Desk"', f'"Desk {number}"'.encode())
        return lambda: client.post("/deployments", content=file, headers=headers)

    answers = pair.at_once(*(deploy(pair.second if n % 2 else pair.first, n) for n in range(8)))
    assert [answer.status_code for answer in answers] == [201] * 8, [answer.text for answer in answers]
    found = pair.first.get("/definitions", params={"process_id": "many"}).json()["items"]
    assert [item["version"] for item in found] == [8, 7, 6, 5, 4, 3, 2, 1]


def test_what_two_servers_set_in_one_instance_is_all_there(pair: Pair) -> None:
    """Two writers of one instance never lose an update (R6)."""
    pair.deploy("desk")
    id = pair.start("desk")["id"]

    def put(client: httpx.Client, number: int) -> Ask:
        body = {"variables": {f"v{number}": number}, "reason": "race"}
        return lambda: client.put(f"/instances/{id}/variables", json=body)

    for first in range(0, 64, 8):
        numbers = range(first, first + 8)
        answers = pair.at_once(*(put(pair.second if n % 2 else pair.first, n) for n in numbers))
        assert [answer.status_code for answer in answers] == [200] * 8, [answer.text for answer in answers]
    found = pair.first.get(f"/instances/{id}/variables").json()["variables"]
    assert found == {f"v{number}": number for number in range(64)}
