"""``stepwell check`` and ``example``."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stepwell import bpmn
from tests.cli.conftest import MODELS, Say

BROKEN = (MODELS / "order.bpmn").read_text().replace('targetRef="large"', 'targetRef="gone"')


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    (tmp_path / "broken.bpmn").write_text(BROKEN)
    return Path("broken.bpmn")


def test_a_file_without_a_problem_is_fine(say: Say) -> None:
    said = say("check", str(MODELS / "order.bpmn"))
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("Nothing wrong in")


def test_a_problem_has_its_line_element_rule_and_hint(say: Say, broken: Path) -> None:
    said = say("check", str(broken), "--json")
    first = said.json[0]
    assert said.status == 1
    assert {"file", "line", "element", "rule", "message", "hint"} <= first.keys()


def test_a_problem_is_told_with_its_place(say: Say, broken: Path) -> None:
    said = say("check", str(broken))
    first = say("check", str(broken), "--json").json[0]
    assert f"broken.bpmn:{first['line']} error  {first['element']}  {first['rule']}" in said.out
    assert f"hint: {first['hint'][:20]}" in said.out


@pytest.mark.parametrize(("text", "rule"), [
    ("<a><b></a>", "xml."), ("", "xml."), ("<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", "xml."), ("plain text", "xml."),
])  # fmt: skip
def test_what_is_no_safe_xml_is_a_problem(say: Say, tmp_path: Path, text: str, rule: str) -> None:
    (tmp_path / "x.bpmn").write_text(text)
    said = say("check", "x.bpmn", "--json")
    assert said.status == 1
    assert said.json[0]["rule"].startswith(rule)


def test_a_file_above_the_limit_is_a_problem(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWELL_MAX_XML_BYTES", "100")
    assert say("check", str(MODELS / "order.bpmn")).status == 1


def test_a_warning_alone_does_not_fail(say: Say, tmp_path: Path) -> None:
    text = (MODELS / "order.bpmn").read_text().replace(' xsi:type="bpmn:tFormalExpression"', "")
    (tmp_path / "order.bpmn").write_text(text)
    said = say("check", "order.bpmn")
    assert said.status == 0
    assert "1 warning, no error in order.bpmn" in said.out


def test_a_folder_stands_for_its_files(say: Say, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.bpmn", "deep/b.bpmn", "c.txt"):
        (tmp_path / name).write_text(bpmn.example("userTask"))
    assert "in 2 files" in say("check", ".").out


def test_the_input_may_be_a_pipe(program: Say) -> None:
    assert program("check", "-", given=bpmn.example("userTask")).out == "Nothing wrong in input\n"


def test_checking_touches_no_database(say: Say, broken: Path, tmp_path: Path) -> None:
    say("check", str(broken))
    assert [path.name for path in tmp_path.iterdir()] == ["broken.bpmn"]


@pytest.fixture
def watching(broken: Path) -> Iterator[subprocess.Popen[str]]:
    code = "from stepwell.cli import run; run()"
    words = [sys.executable, "-u", "-c", code, "check", "--watch", str(broken)]
    src = str(MODELS.parents[1] / "src")
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": src}
    ) as started:
        yield started
        started.kill()


def test_watching_checks_again_after_a_change(watching: subprocess.Popen[str], broken: Path) -> None:
    assert watching.stdout is not None
    lines = iter(watching.stdout.readline, "")
    assert any("Ctrl-C ends it" in line for line in lines)
    new = broken.with_suffix(".new")
    new.write_text((MODELS / "order.bpmn").read_text())
    new.rename(broken)
    assert any("Nothing wrong in broken.bpmn" in line for line in lines)


def test_example_lists_what_there_is(say: Say) -> None:
    assert say("example", "--json").json == list(bpmn.example_kinds())


def test_an_example_is_a_file_that_can_be_deployed(say: Say, tmp_path: Path) -> None:
    (tmp_path / "leave.bpmn").write_text(say("example", "usertask").out)
    assert say("deploy", "leave.bpmn").status == 0


def test_an_example_says_how_to_go_on_and_keeps_that_out_of_the_file(say: Say) -> None:
    said = say("example", "usertask")
    assert (
        said.err.strip() == "Next: stepwell example userTask > userTask.bpmn && stepwell deploy userTask.bpmn"
    )
    assert said.out.endswith("</bpmn:definitions>\n")


@pytest.mark.parametrize(("kind", "process"), [("records", "tidy_calls"), ("recordPage", "new_meeting")])
def test_examples_about_records_run_in_an_empty_folder(
    say: Say, tmp_path: Path, kind: str, process: str
) -> None:
    (tmp_path / "x.bpmn").write_text(say("example", kind).out)
    assert "warning" not in say("deploy", "x.bpmn").out
    assert say("start", process).status == 0
    assert say("incidents", "--json").json["items"] == []
