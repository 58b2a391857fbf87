"""Many people at the same steps at the same time, at two servers over one database: each step is done exactly once."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

import stepwell
from stepwell.identity import STEPWELL, Role
from stepwell.library import Engine
from stepwell.services import api_tokens, people, roles
from stepwell.services.api_tokens import Wanted
from stepwell.services.people import NewPerson
from tests.acceptance.drawing import line, user
from tests.acceptance.server import serving

PEOPLE = ("ada", "ben", "cleo", "dan")
THREADS, STEPS, DEEDS = 8, 12, 25
LOSERS = {
    "user-task.completed", "user-task.ended", "user-task.taken", "user-task.forbidden", "user-task.no-candidates",
    "instance.ended", "user-task.not-open",
}  # fmt: skip
VERBS: dict[str, dict[str, Any]] = {
    "claim": {},
    "release": {},
    "complete": {"button": "done"},
    "reassign": {"roles": ["clerks"]},
    "postpone": {"start_at": "2099-01-31T09:00:00Z"},
    "cancel": {"reason": "enough"},
    "open": {},
}
WEIGHTS = (8, 3, 3, 4, 4, 1, 4)


class Crowd:
    """Two servers, and people who ask either of them."""

    def __init__(self, engine: Engine, addresses: list[str], open: ExitStack) -> None:
        self.engine = engine
        self.clients = []
        roles.add(engine.store, Role("clerks", rights=frozenset({"operate"})), STEPWELL)
        for name in PEOPLE:
            people.add(engine.store, NewPerson(name=name, roles=("clerks",)), STEPWELL)
            secret = api_tokens.add(engine.directory, name, Wanted("test", "all")).secret
            headers = {"Authorization": f"Bearer {secret}"}
            self.clients += [
                open.enter_context(
                    httpx.Client(base_url=f"{one}/api/v1", headers=headers, timeout=60, trust_env=False)
                )
                for one in addresses
            ]
        engine.deploy(line(user("do", '<stepwell:assignment roles="clerks"/>'), path="do", id="work"))

    def act(
        self, seed: int, steps: list[str], start: threading.Barrier
    ) -> list[tuple[str, str, httpx.Response]]:
        """What one person tries, one deed after the other: (step, verb, answer)."""
        chance = random.Random(seed)
        start.wait(60)
        found = []
        for _ in range(DEEDS):
            step, client = chance.choice(steps), chance.choice(self.clients)
            [verb] = chance.choices(list(VERBS), WEIGHTS)
            found.append((step, verb, client.post(f"/user-tasks/{step}/{verb}", json=VERBS[verb])))
        return found


@pytest.fixture(scope="module")
def crowd(shared_postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    folders: list[Path] = [tmp_path_factory.mktemp("crowd") for _ in range(2)]
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(shared_postgresql_url, folder)) for folder in folders]
        engine = stack.enter_context(stepwell.open(shared_postgresql_url, upgrade=False))
        yield Crowd(engine, [server.address for server in servers], stack)


@pytest.mark.parametrize("seed", range(3))
def test_t6_of_many_at_the_same_steps_each_step_is_done_once_and_every_loser_is_told_why(
    crowd: Crowd, seed: int
) -> None:
    steps = [crowd.engine.start("work").user_tasks[0].id for _ in range(STEPS)]
    start = threading.Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as hands:
        asked = [hands.submit(crowd.act, 100 * seed + number, steps, start) for number in range(THREADS)]
        answers = [answer for one in asked for answer in one.result(300)]
    lost = [answer.json() for _, _, answer in answers if answer.status_code != 200]
    assert {answer["code"] for answer in lost} <= LOSERS
    assert all(answer["detail"].startswith("Expected ") and ", but " in answer["detail"] for answer in lost)
    won = Counter(
        step for step, verb, answer in answers if verb in ("complete", "cancel") and answer.status_code == 200
    )
    assert all(count == 1 for count in won.values())
    for step in steps:
        done = [
            event.type
            for entry in crowd.engine.history(step.partition("-")[0])
            for event in entry.events
            if event.type in ("UserTaskCompleted", "ElementTerminated") and event.id == step
        ]
        assert len(done) == won[step]
