"""The bars of the issue."""

import pytest

from bench import plan
from bench.bars import BARS, Bar, Verdict, judge
from bench.results import MEASURES, Row

RISING = Bar("more", 8, 15, lambda _: None)
FALLING = Bar("less", 3, 1, lambda _: None, "ms", rises=False)


def row(setting: str, rate: float, system: str = "stepwell") -> Row:
    return Row("W2", "starts", system, setting, rate, 1.0, 2.0)


def fsync(p99_ms: float) -> Row:
    return Row("commit", "commits", "sqlite3", "fsync 4 KB", 5000.0, 0.2, p99_ms)


def verdict(rows: list[Row], name: str) -> Verdict:
    (found,) = [each for each in judge(rows) if each.bar.name == name]
    return found


def every_row() -> list[Row]:
    """A row of each measure for whatever the full run may say."""
    return [
        Row(case.workload, measure, case.system, setting, 1.0, 1.0, 1.0, 1.0)
        for case in plan.full()
        for setting in case.task.get("settings", [case.setting])
        for measure in MEASURES
    ]


def test_a_ratio_is_ours_over_theirs() -> None:
    rows = [row("sqlite full 64 submitters", 12_000), row("sqlite full 1 submitters", 1000, "spiffworkflow")]
    assert verdict(rows, "W2 starts, 64 submitters : SpiffWorkflow").measured == 12


def test_a_bar_without_figures_is_not_measured() -> None:
    assert {each.word for each in judge([])} == {"not measured"}


def test_one_figure_of_two_is_not_enough() -> None:
    found = verdict([row("sqlite full 64 submitters", 12_000)], "W2 starts, 64 submitters : SpiffWorkflow")
    assert found.word == "not measured"


@pytest.mark.parametrize(
    ("bar", "measured", "word"),
    [
        (RISING, 15.0, "aim"),
        (RISING, 8.0, "ok"),
        (RISING, 7.9, "short"),
        (FALLING, 1.0, "aim"),
        (FALLING, 3.0, "ok"),
        (FALLING, 3.1, "short"),
    ],
)
def test_a_limit_that_is_met_exactly_is_met(bar: Bar, measured: float, word: str) -> None:
    assert Verdict(bar, measured).word == word


@pytest.mark.parametrize(("p99_ms", "word"), [(0.4, "ok"), (1.5, "does not count (fsync too slow)")])
def test_a_p99_bar_counts_only_on_a_disk_that_syncs_fast(p99_ms: float, word: str) -> None:
    page = Row("W5", "pages", "stepwell", "100000 open", 3000.0, 0.3, 2.0)
    assert verdict([page, fsync(p99_ms)], "W5 inbox page, 100,000 open, p99").word == word


def test_every_bar_finds_its_figures_in_a_full_run() -> None:
    assert [each.bar.name for each in judge(every_row()) if each.measured is None] == []


def test_the_aim_is_never_behind_the_floor() -> None:
    assert all(bar.aim >= bar.floor if bar.rises else bar.aim <= bar.floor for bar in BARS)
