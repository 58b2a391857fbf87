"""R6 with a fault: a server is killed again and again over a data step of many records, which touches each exactly once."""

import random
from collections.abc import Callable
from pathlib import Path

import stepwell
from tests.acceptance import server
from tests.acceptance.server import until
from tests.services.inline.drawing import filter_of, line, step, user, values

RECORDS = 2000
TYPE = {
    "name": "shelf",
    "fields": [{"name": "number", "type": "integer"}, {"name": "count", "type": "integer", "default": 0}],
}
UP = values(count="= selected.count + 1") + filter_of("number &gt;= 0")
XML = line(
    step("new", "add", values(number="-1", count="0"), type="shelf"),
    step("count", "change", UP, type="shelf"),
    user("look"),
)
SETTINGS = {"step_records": "50", "job_lock_seconds": "1", "poll_interval": "0.1"}


def survive(database: str, folder: Path, kills: int) -> None:
    dice = random.Random(kills)
    with stepwell.open(database) as engine:
        engine.records.put_type(TYPE)
        rows = "\n".join(str(number) for number in range(RECORDS))
        engine.records.import_csv("shelf", f"number\n{rows}\n")
        engine.deploy(XML)

        def touched() -> int:
            return int(engine.records.measure("shelf", "sum", "count").value)

        started = ""
        for _ in range(kills):
            goal = touched() + dice.randrange(1, 2 * RECORDS // (kills + 1))
            serving = server.start(database, folder, **SETTINGS)
            try:
                if not started:
                    started = serving.client.post("/instances", json={"process_id": "p"}).json()["id"]
                until(lambda goal=goal: touched() >= min(goal, RECORDS), "a slice is done", pause=0.001)  # type: ignore[misc]
            finally:
                serving.kill()
        with server.serving(database, folder, **SETTINGS):
            until(lambda: engine.tasks().items, "the step is done")
        assert_each_once(engine, started)


def assert_each_once(engine: stepwell.Engine, started: str) -> None:
    assert engine.verify() == []
    assert engine.records.measure("shelf", "maximum", "count").value == 1
    assert engine.records.measure("shelf", "sum", "count").value == RECORDS
    assert engine.variables(started)["count"] == RECORDS
    assert engine.records.count("shelf", filter={"field": "number", "op": "<", "value": 0}).count == 1
    events = [event for entry in engine.history(started) for event in entry.events]
    counts = [event.details.get("count", 0) for event in events if event.type == "RecordsTouched"]
    assert sum(counts) == RECORDS + 1


def test_r6_a_killed_server_touches_no_record_twice_and_forgets_none_on_sqlite(
    tmp_path: Path, nightly: bool
) -> None:
    survive(f"sqlite:///{tmp_path / 'stepwell.db'}", tmp_path, 20 if nightly else 4)


def test_r6_a_killed_server_touches_no_record_twice_and_forgets_none_on_postgresql(
    postgresql_url: Callable[[], str], tmp_path: Path, nightly: bool
) -> None:
    survive(postgresql_url(), tmp_path, 20 if nightly else 4)
