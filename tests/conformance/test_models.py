"""The count of models of others: who can be deployed, who is refused, and that nobody makes the reader fail."""

from pathlib import Path

import msgspec
import pytest

from conformance import models
from stepwell import bpmn
from tests.bpmn.build import file, line, process


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.bpmn").write_bytes(file(line('<userTask id="a"/>')))
    (tmp_path / "bad.bpmn20.xml").write_bytes(file(process('<complexGateway id="x"/>')))
    (tmp_path / "decision.dmn").write_bytes(b"")
    return tmp_path


def failing(data: bytes) -> bpmn.Reading:
    raise ValueError("no")


def test_a_model_without_errors_is_deployable(folder: Path) -> None:
    assert models.count(folder).deployable == ("good.bpmn",)


def test_a_model_with_errors_is_refused_with_its_rules(folder: Path) -> None:
    assert models.count(folder).refused == {"bad.bpmn20.xml": ("element.not-executable", "gateway.pointless")}


def test_rules_are_counted_once_for_each_model(folder: Path) -> None:
    assert models.count(folder).rules == {"element.not-executable": 1, "gateway.pointless": 1}


def test_a_model_that_makes_the_reader_fail_is_named(folder: Path) -> None:
    assert models.count(folder, failing).crashed["good.bpmn"] == "ValueError('no')"


def test_the_closing_line_counts_what_was_read_or_refused(folder: Path) -> None:
    assert models.tell({"x": models.count(folder)}).endswith("\n2 passed, 0 failed")


def test_a_failure_is_in_the_closing_line(folder: Path) -> None:
    assert models.tell({"x": models.count(folder, failing)}).endswith("\n0 passed, 2 failed")


def test_the_counts_can_be_read_by_machines(folder: Path) -> None:
    written = msgspec.json.decode(models.as_json({"x": models.count(folder)}))
    assert (written["x"]["deployable"], written["x"]["refused"]) == (1, 1)


def test_the_models_of_others_are_read_or_refused(suites: Path) -> None:
    counts = models.run(suites)
    assert {name: counted.crashed for name, counted in counts.items()} == {name: {} for name in models.SUITES}
