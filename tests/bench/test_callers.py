"""Callers of a server, and what the measures with several of them find, each with a server of its own."""

from pathlib import Path

from bench import callers
from bench.case import Case, Place, measure
from bench.systems import server


def test_each_caller_sends_its_commands_one_after_the_other(tmp_path: Path) -> None:
    done: list[tuple[int, int]] = []

    def commands(_: server.Running, number: int) -> callers.Commands:
        for step in range(3):
            yield lambda step=step: done.append((number, step))

    with server.running(tmp_path, "") as running:
        timing = callers.side_by_side([running], 4, commands)
    assert len(timing.latencies) == 12
    assert all([step for one, step in done if one == number] == [0, 1, 2] for number in range(4))


def test_a_caller_beside_some_work_stops_when_it_is_done(tmp_path: Path) -> None:
    started: list[str] = []

    def commands(running: server.Running, _: int) -> callers.Commands:
        while True:
            yield lambda: started.append(running.start())

    with server.running(tmp_path, "") as running:
        running.deploy_w2()
        timing = callers.beside(running, running.start, commands)
    assert len(timing.latencies) == len(started)


def test_a_step_that_takes_long_goes_on_while_others_are_served(tmp_path: Path) -> None:
    given = {"database": "sqlite", "records": 3000, "seconds": 60, "settings": ["counted", "changed"]}
    found = measure(Case("million", "stepwell", "x", "bench.measures.million", given), Place(tmp_path))
    assert [sample.setting for sample in found] == ["counted", "changed"]
    assert all(sample.value and sample.p99_ms and sample.value >= sample.p99_ms for sample in found)


def test_every_change_of_a_hot_record_counts(postgresql_server: str, tmp_path: Path) -> None:
    given = {"database": "postgresql", "servers": 2, "callers": 4, "records": 20, "count": 3}
    case = Case("hot", "stepwell", "x", "bench.measures.hot", given)
    (sample,) = measure(case, Place(tmp_path, postgresql_server))
    assert sample.measure == "commands"
    assert sample.unit == "ms"
