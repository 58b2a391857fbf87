"""Rows and their file."""

from pathlib import Path

import pytest

from bench.results import Row, Sample, combine, read, write


def sample(rate: float, measure: str = "starts") -> Sample:
    return Sample("W2", measure, "stepwell", "sqlite full 64 submitters", rate, 1 / rate, 2 / rate)


def test_the_figure_of_a_row_is_the_median_of_its_runs() -> None:
    (row,) = combine([sample(10.0), sample(40.0), sample(20.0)])
    assert row.rate_per_s == 20


def test_a_row_keeps_the_figure_of_each_run() -> None:
    (row,) = combine([sample(10.0), sample(40.0), sample(20.0)])
    assert row.runs == (10.0, 40.0, 20.0)


def test_the_median_latency_is_taken_on_its_own() -> None:
    (row,) = combine([sample(10.0), sample(40.0), sample(20.0)])
    assert row.p50_ms == 0.05


def test_measures_make_rows_of_their_own() -> None:
    rows = combine([sample(10.0), sample(5.0, "completions"), sample(12.0)])
    assert [(row.measure, len(row.runs)) for row in rows] == [("starts", 2), ("completions", 1)]


def test_seconds_have_a_value_and_no_rate() -> None:
    (row,) = combine([Sample("cli", "seconds", "stepwell", "help", value=0.3, unit="s")])
    assert (row.rate_per_s, row.value, row.runs) == (None, 0.3, (0.3,))


@pytest.mark.parametrize(
    "words", [("W9", "starts", "stepwell"), ("W1", "begins", "stepwell"), ("W1", "starts", "x")]
)
def test_a_word_that_is_not_fixed_is_refused(words: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match="Expected one of"):
        Sample(*words, "memory")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    rows = combine([sample(10.0), sample(40.0)])
    write(tmp_path / "out" / "results.json", rows)
    assert read(tmp_path / "out" / "results.json") == rows


def test_figures_are_written_with_six_digits(tmp_path: Path) -> None:
    write(
        tmp_path / "results.json", [Row("W1", "starts", "stepwell", "memory", 1234.56789, runs=(1234.56789,))]
    )
    assert read(tmp_path / "results.json")[0].rate_per_s == 1234.57
