"""Three servers over one PostgreSQL database, whose processes change the same few records (state 2, R6)."""

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

import stepwell
from stepwell.services.records.calls import Records
from tests.acceptance import server
from tests.acceptance.server import BEARER
from tests.services.inline.drawing import line, step, values

HOT = 200
ROUNDS = 10
CALLERS = 8  # of each server
LONGEST = 10.0  # seconds that a command may take on a machine that does other things too
TYPE = {
    "name": "shelf",
    "fields": [{"name": "number", "type": "integer", "unique": True}, {"name": "count", "type": "integer"}],
}
UP = values(count="= selected.count + 1")


def counting(id: str, numbers: str) -> str:
    """A step that counts up some records."""
    some = (
        f'<stepwell:filter><stepwell:condition field="number" op="in" value="= {numbers}"/></stepwell:filter>'
    )
    return step(id, "change", UP + some, type="shelf")


COUNT_UP = line(counting("first", "mine"), counting("second", "others"))
"""Each of two processes may hold what the other one wants."""


class Hot:
    """Servers, and what callers of them know: seconds of each command, and what was refused."""

    def __init__(self, addresses: list[str], records: Records) -> None:
        self.addresses = addresses
        self.records = records
        self.seconds: list[float] = []
        self.refused: list[str] = []

    def call(self, number: int) -> None:
        """Start the process again and again, for three records and three others each time."""
        dice = random.Random(number)
        address = self.addresses[number % len(self.addresses)]
        with httpx.Client(
            base_url=f"{address}/api/v1", headers=BEARER, timeout=60, trust_env=False
        ) as client:
            for _ in range(ROUNDS):
                numbers = dice.sample(range(HOT), 6)
                given = {"mine": numbers[:3], "others": numbers[3:]}
                began = time.monotonic()
                answer = client.post("/instances", json={"process_id": "p", "variables": given})
                self.seconds.append(time.monotonic() - began)
                if answer.status_code != 201:
                    self.refused.append(answer.text)

    def total(self) -> int:
        return int(self.records.measure("shelf", "sum", "count").value)


@pytest.fixture
def hot(shared_postgresql_url: str, tmp_path: Path) -> Iterator[Hot]:
    with ExitStack() as stack:
        engine = stack.enter_context(stepwell.open(shared_postgresql_url))
        engine.records.put_type(TYPE)
        rows = "\n".join(f"{number},0" for number in range(HOT))
        engine.records.import_csv("shelf", f"number,count\n{rows}\n")
        engine.deploy(COUNT_UP)
        addresses = []
        for name in ("one", "two", "three"):
            (tmp_path / name).mkdir()
            serving = stack.enter_context(server.serving(shared_postgresql_url, tmp_path / name))
            addresses.append(serving.address)
        yield Hot(addresses, engine.records)
        assert engine.verify() == []


def test_r6_processes_of_three_servers_change_the_same_records_and_nobody_hears_of_a_deadlock(
    hot: Hot,
) -> None:
    callers = CALLERS * len(hot.addresses)
    with ThreadPoolExecutor(callers) as hands:
        list(hands.map(hot.call, range(callers)))
    assert hot.refused == []
    assert hot.total() == callers * ROUNDS * 6
    assert max(hot.seconds) < LONGEST, f"of {len(hot.seconds)} the longest took {max(hot.seconds):.3f} s"
