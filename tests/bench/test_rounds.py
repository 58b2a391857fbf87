"""The rounds of a run, with measures that take no time."""

from pathlib import Path

import pytest

from bench import plan
from bench.case import Case, NotMeasuredError, Place
from bench.results import Sample
from bench.run import Pace, rounds

W1 = [Case("W1", "stepwell", "memory", "ours"), Case("W1", "spiffworkflow", "memory", "theirs")]
W2 = [Case("W2", "stepwell", "memory", "ours")]
DISK = [Case("disk", "stepwell", "sqlite waiting W2 instance", "ours")]


class Recorder:
    """Measures nothing and remembers the order in which it was asked."""

    def __init__(self, broken: str = "") -> None:
        self.asked: list[str] = []
        self.broken = broken

    def __call__(self, case: Case, place: Place) -> list[Sample]:
        self.asked.append(f"{case.workload} {case.system}")
        if case.system == self.broken:
            raise NotMeasuredError("it is broken")
        return [Sample(case.workload, "starts", case.system, case.setting, 1.0, 1.0, 1.0)]


def place() -> Place:
    return Place(Path())


def test_systems_take_turns_within_a_workload() -> None:
    recorder = Recorder()
    rounds([*W1, *W2], place(), Pace(rounds=2), recorder)
    assert recorder.asked == ["W1 stepwell", "W1 spiffworkflow"] * 2 + ["W2 stepwell"] * 2


def test_the_quick_run_goes_through_all_workloads_in_each_round() -> None:
    recorder = Recorder()
    rounds([*W1, *W2], place(), Pace(rounds=2, by_workload=False), recorder)
    assert recorder.asked == ["W1 stepwell", "W1 spiffworkflow", "W2 stepwell"] * 2


def test_no_further_round_begins_when_time_is_up() -> None:
    recorder = Recorder()
    rounds(W1, place(), Pace(rounds=3, seconds=0.0), recorder)
    assert len(recorder.asked) == 2


def test_every_round_is_a_run_of_the_row() -> None:
    outcome = rounds(W2, place(), Pace(rounds=3), Recorder())
    assert [len(row.runs) for row in outcome.rows] == [3]


def test_what_takes_minutes_to_build_is_measured_once() -> None:
    recorder = Recorder()
    rounds(DISK, place(), Pace(rounds=3), recorder)
    assert len(recorder.asked) == 1


def test_a_case_that_cannot_be_measured_leaves_the_others_alone() -> None:
    outcome = rounds(W1, place(), Pace(rounds=3), Recorder(broken="spiffworkflow"))
    assert outcome.not_measured == {"W1 spiffworkflow memory": "it is broken"}
    assert [row.system for row in outcome.rows] == ["stepwell"]


def test_a_case_that_cannot_be_measured_is_tried_once() -> None:
    recorder = Recorder(broken="stepwell")
    rounds(W2, place(), Pace(rounds=3), recorder)
    assert len(recorder.asked) == 1


def test_cases_are_chosen_by_workload_and_by_system() -> None:
    found = plan.chosen([*W1, *W2], ["W1"], ["stepwell"])
    assert [case.title for case in found] == ["W1 stepwell memory"]


def test_an_empty_choice_is_everything() -> None:
    assert plan.chosen([*W1, *W2], [], []) == [*W1, *W2]


@pytest.mark.parametrize("make", [plan.quick, plan.full])
def test_no_two_cases_have_the_same_words(make: object) -> None:
    assert callable(make)
    titles = [case.title for case in make()]
    assert sorted(set(titles)) == sorted(titles)
