"""No file makes the reader raise: the models of others, whole and damaged."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev.unrun import NO_SUITES, could_not_run
from stepwell import bpmn
from tests.conftest import suites_folder

SUITES = ("betsy", "bpmnspector", "miwg", "paed01", "spiff")


def models(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".bpmn", ".xml"))


@pytest.mark.parametrize("suite", SUITES)
def test_every_model_is_read_or_refused_with_problems(suites: Path, suite: str) -> None:
    for path in models(suites / suite):
        reading = bpmn.read(path.read_bytes())
        refused = any(not problem.warning for problem in reading.problems)
        assert bool(reading.definitions) is not refused, path.name


@pytest.mark.parametrize("suite", SUITES)
def test_every_problem_says_what_was_expected_and_where(suites: Path, suite: str) -> None:
    for path in models(suites / suite):
        for problem in bpmn.read(path.read_bytes()).problems:
            assert problem.message.startswith("Expected "), problem
            assert problem.line or problem.rule.startswith(("xml.", "process.")), problem


@cache
def seeds() -> tuple[bytes, ...]:
    """Small real models, the only ones worth damaging often."""
    folder = suites_folder()
    if folder is None:
        could_not_run(NO_SUITES)
    found = (path.read_bytes() for suite in SUITES for path in models(folder / suite))
    return tuple(data for data in found if len(data) < 12_000)


PIECES = (
    b'"',
    b"<",
    b">",
    b"/>",
    b"=",
    b"${x}",
    b"",
    b"\x00",
    b'id="a"',
    b"subProcess",
    b"-1",
    b"true",
    b"P",
)


@given(st.data())
def test_no_damage_makes_the_reader_raise(data: st.DataObject) -> None:
    written = bytearray(data.draw(st.sampled_from(seeds())))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(written)))
        written[at : at + data.draw(st.integers(0, 30))] = data.draw(st.sampled_from(PIECES))
    assert isinstance(bpmn.read(bytes(written)), bpmn.Reading)


@given(st.data())
def test_no_exchange_of_words_makes_the_reader_raise(data: st.DataObject) -> None:
    """Damage that leaves the XML well-formed gets further than damage to its marks."""
    written = data.draw(st.sampled_from(seeds()))
    words = [word.strip(b'"') for word in written.split(b'"')[1::2] if len(word) > 1]
    for _ in range(data.draw(st.integers(1, 4))):
        old, new = data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))
        written = written.replace(b'"' + old + b'"', b'"' + new + b'"', data.draw(st.integers(1, 3)))
    assert isinstance(bpmn.read(written), bpmn.Reading)
