"""What a person reads who typed something wrong: one line, its code, exit status 2; nothing changes."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Say

WRONG = [
    ("chek x", "command.unknown", "'chek'. Did you mean check?"),
    ("check --wat x", "option.unknown", "found --wat. Did you mean --watch?"),
    ("start", "argument.missing", "Expected PROCESS but found none."),
    ("start order --set", "option.incomplete", "Expected a value after --set"),
    ("start order --set x", "values.unreadable", "Expected name=value but found 'x'."),
    ("start order --values @gone.json", "file.missing", "there is no 'gone.json'"),
    ("start order --version x", "value.invalid", "Expected --version to be a valid integer but found 'x'."),
    ("instances --status wild", "value.invalid", "'cancelled' but found 'wild'."),
    ("tasks --limit 0", "value.invalid", "greater than or equal to 1 but found '0'."),
    ("tasks extra", "arguments.wrong", "Expected no more arguments of 'stepwell tasks' but found extra."),
    ("start order --version 0", "value.invalid", "greater than or equal to 1 but found '0'."),
    ("start order --values {", "values.unreadable", "Expected JSON in --values but in line 1, column 2"),
    ("check gone.bpmn", "file.missing", "Expected a file but there is no 'gone.bpmn'."),
    ("check .", "file.missing", "Expected BPMN files in '.' but found none."),
    ("deploy gone.bpmn", "file.missing", "there is no 'gone.bpmn'"),
    ("check --watch -", "option.unfit", "--watch"),
    ("example usertsk", "example.unknown", "Did you mean userTask?"),
    ("example record", "example.unknown", "recordPage, recordSignal or records?"),
    ("cancel 1", "argument.missing", "Expected --reason"),
    ("variable set 1 --reason x", "argument.missing", "Expected NAME=VALUE"),
    ("variable set 1 a=1", "argument.missing", "Expected --reason"),
    ("--database mysql://x tasks", "settings.invalid", "sqlite:///PATH or postgresql://USER@HOST/NAME"),
    ("--database orders.db tasks", "settings.invalid", "but found 'orders.db'"),
    ("--database sqlite:////gone/x.db tasks", "database.unusable", "there is no folder '/gone'"),
    ("--database sqlite:////gone/x.db db upgrade", "database.unusable", "there is no folder '/gone'"),
    ("--database sqlite:////gone/x.db serve", "database.unusable", "there is no folder '/gone'"),
    ("--database sqlite:////tmp tasks", "database.unusable", "it is a folder"),
    ("serve --port 99999999", "settings.invalid", "STEPWELL_PORT"),
    ("db uprade", "command.unknown", "Did you mean upgrade?"),
]


@pytest.mark.parametrize(("words", "code", "message"), WRONG, ids=[words for words, _, _ in WRONG])
def test_wrong_use_is_told_in_one_line_with_its_code(say: Say, words: str, code: str, message: str) -> None:
    said = say(*words.split())
    first, *rest = said.err.splitlines()
    assert (said.status, said.out) == (2, "")
    assert first.startswith("Expected ")
    assert first.endswith(f"({code})")
    assert message in first
    assert all(line.startswith("  ") for line in rest)


def test_a_server_has_nothing_to_say_in_json(say: Say) -> None:
    said = say("serve", "--json")
    assert (said.status, said.out) == (2, "")
    assert json.loads(said.err)["code"] == "option.unfit"


def test_wrong_use_makes_no_database(say: Say, tmp_path: Path) -> None:
    say("start", "order", "--set", "x")
    assert not list(tmp_path.iterdir())


def test_the_real_program_says_the_same(program: Say) -> None:
    said = program("check", "--colour", "x")
    assert (said.status, said.out) == (2, "")
    assert (
        said.err.splitlines()[0]
        == "Expected an option of 'stepwell check' but found --colour. (option.unknown)"
    )


def test_a_program_reads_the_error_as_json_on_stderr(say: Say) -> None:
    said = say("check", "gone.bpmn", "--json")
    assert said.out == ""
    assert json.loads(said.err) == {
        "code": "file.missing",
        "detail": "Expected a file but there is no 'gone.bpmn'.",
    }
