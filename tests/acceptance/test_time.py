"""Timers: while nobody looks, after nobody looked, and on a real server within a second."""

from datetime import UTC, datetime
from pathlib import Path

import stepwell
from stepwell.services import moments
from tests.acceptance.conftest import Place
from tests.acceptance.drawing import END, START, catch, line, script, timer, user
from tests.acceptance.server import serving, until
from tests.engine.world import flows, process
from tests.store.instances import Clock

WAIT = line(catch("wait", timer("= length")), path="wait")


def scheduled(cycle: str, catch_up: str = "once", zone: str = "UTC") -> bytes:
    """A process that a schedule starts."""
    said = f'<stepwell:schedule catchUp="{catch_up}" timeZone="{zone}"/>'
    settings = f"<bpmn:extensionElements>{said}</bpmn:extensionElements>"
    start = f'<bpmn:startEvent id="start">{settings}{timer(cycle, "timeCycle")}</bpmn:startEvent>'
    return process(start + user("read") + '<bpmn:endEvent id="end"/>' + flows("start read end"))


def test_a_timer_does_not_fire_before_its_time(place: Place) -> None:
    place.engine.deploy(WAIT)
    id = place.engine.start("p", {"length": "PT10M"}).id
    place.pass_time(599.9)
    assert place.status(id) == "running"
    place.pass_time(0.1)
    assert place.status(id) == "completed"


def test_timers_of_a_down_time_fire_in_the_order_of_their_times(database_url: str) -> None:
    lengths = [40, 10, 30, 20]
    timers = "".join(catch(f"wait_{length}", timer(f"PT{length}M")) for length in lengths)
    paths = flows(*(f"fork wait_{length} end" for length in lengths), "start fork look end")
    clock = Clock()
    with stepwell.open(database_url, clock=clock) as engine:
        engine.deploy(
            process(START + '<bpmn:parallelGateway id="fork"/>' + user("look") + timers + END + paths)
        )
        id = engine.start("p").id
    clock.now += 3 * 3600 * 1_000_000
    with stepwell.open(database_url, clock=clock) as engine:
        engine.work()
        events = [event for entry in engine.history(id) for event in entry.events]
        fired = [event.element for event in events if event.type == "EventCaught"]
        assert fired == [f"wait_{length}" for length in sorted(lengths)]


def test_a_repeated_timer_fires_at_each_of_its_times(place: Place) -> None:
    reminder = (
        f'<bpmn:boundaryEvent id="remind" attachedToRef="look" cancelActivity="false">{timer("R3/PT1H", "timeCycle")}'
        "</bpmn:boundaryEvent>" + script("count", "{n: n + 1}") + flows("remind count end")
    )
    place.engine.deploy(line(user("look"), path="look", more=reminder))
    id = place.engine.start("p", {"n": 0}).id
    seen = []
    for _ in range(5):
        place.pass_time(3600)
        seen.append(place.engine.variables(id)["n"])
    assert seen == [1, 2, 3, 3, 3]


def test_r1_a_schedule_that_missed_several_times_starts_once(place: Place) -> None:
    place.engine.deploy(scheduled("R/PT1H"))
    place.pass_time(5.5 * 3600)
    assert len(place.engine.instances().items) == 1
    place.pass_time(1800)
    assert len(place.engine.instances().items) == 2


def test_r1_a_schedule_starts_all_that_it_missed_if_the_author_says_so(place: Place) -> None:
    place.engine.deploy(scheduled("R/PT1H", "all"))
    place.pass_time(5.5 * 3600)
    assert len(place.engine.instances().items) == 5


def test_r1_a_schedule_keeps_the_time_of_its_zone_when_summer_time_ends(place: Place) -> None:
    """Nine o'clock in Berlin is seven in UTC on Saturday, and eight on Sunday."""
    place.clock.now = moments.micros(datetime(2025, 10, 24, 12, tzinfo=UTC))
    place.engine.deploy(scheduled("0 9 * * *", zone="Europe/Berlin"))
    started = []
    for hours in (19, 24, 1):
        place.pass_time(hours * 3600)
        started.append(len(place.engine.instances().items))
    assert started == [1, 1, 2]


def test_a_new_version_takes_the_schedule_over(place: Place) -> None:
    place.engine.deploy(scheduled("R/PT1H"))
    place.engine.deploy(scheduled("R/PT5H"))
    place.pass_time(4 * 3600)
    assert place.engine.instances().items == ()
    place.pass_time(3600)
    assert [item.version for item in place.engine.instances().items] == [2]


def test_a_real_server_fires_each_timer_at_its_time_and_not_before(database_url: str, tmp_path: Path) -> None:
    with stepwell.open(database_url) as engine, serving(database_url, tmp_path) as server:
        engine.deploy(WAIT)
        body = {"process_id": "p", "variables": {"length": "PT0.5S"}}
        ids = [server.client.post("/instances", json=body).json()["id"] for _ in range(20)]
        until(lambda: not engine.instances(status="running").items, "all timers have fired")
        for id in ids:
            begun, fired = engine.history(id)
            assert fired.command == "FireTimer"
            assert (fired.at - begun.at).total_seconds() >= 0.5


def test_a_real_server_fires_a_timer_that_another_process_set(database_url: str, tmp_path: Path) -> None:
    """Nobody tells the server: it looks from time to time."""
    with stepwell.open(database_url) as engine, serving(database_url, tmp_path):
        engine.deploy(WAIT)
        id = engine.start("p", {"length": "PT0.2S"}).id
        until(lambda: engine.instance(id).status == "completed", "the timer has fired")
        begun, fired = engine.history(id)
        assert (fired.at - begun.at).total_seconds() >= 0.2
