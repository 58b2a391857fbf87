"""What a person reads when a command can not be carried out: one line, its code, exit status 1."""

from pathlib import Path

import pytest

from stepwell import bpmn
from stepwell.cli import example
from tests.cli.conftest import Say

REFUSED = [
    ("start nope", "process.unknown", "'nope', but there is none. Deployed: shipping, order."),
    ("start Shiping", "process.unknown", "Did you mean shipping?"),
    ("start order --version 7", "process.unknown", "version 7"),
    ("show 99", "instance.unknown", "instance 99"),
    ("show x", "instance.unknown", "'x'"),
    ("complete 9-9", "user-task.not-open", "user task 9-9"),
    ("complete x", "user-task.unknown", "'x'"),
    ("retry 9-9", "instance.unknown", "9"),
    ("cancel 99 --reason x", "instance.unknown", "instance 99"),
    ("variable set 99 a=1 --reason x", "instance.unknown", "instance 99"),
    ("variable set 99 #a=1 --reason x", "variables.invalid", "#"),
    ("tasks --after zzz", "cursor.invalid", "after"),
    ("db backup gone/copy.db", "backup.no-folder", "there is no 'gone'"),
    ("db backup stepwell.db", "backup.exists", "'stepwell.db' is there already"),
]


@pytest.mark.usefixtures("order")
@pytest.mark.parametrize(("words", "code", "message"), REFUSED, ids=[words for words, _, _ in REFUSED])
def test_a_refusal_is_told_in_one_line_with_its_code(say: Say, words: str, code: str, message: str) -> None:
    said = say(*words.split())
    first = said.err.splitlines()[0]
    assert (said.status, said.out) == (1, "")
    assert first.startswith("Expected ")
    assert first.endswith(f"({code})")
    assert message in said.err


def test_values_that_a_process_does_not_take_are_told_one_by_one(say: Say, tmp_path: Path) -> None:
    (tmp_path / "trip.bpmn").write_text(bpmn.example("parameter"))
    say("deploy", "trip.bpmn")
    said = say("start", "trip_price", "--set", "days=two", "--set", "colour=red")
    assert (said.status, said.out) == (1, "")
    assert said.err.splitlines() == [
        "Expected values that process trip_price takes, but found 3 problems. (parameters.invalid)",
        "  colour: Expected one of destination, days, but found colour.",
        "  days: Expected days to be a number, but found the text 'two'.",
        "  destination: Expected a value for destination (Where to), but there is none.",
    ]
    assert say("instances", "--json").json["items"] == []


@pytest.mark.usefixtures("order")
def test_a_task_that_is_done_is_refused(say: Say) -> None:
    [task] = say("start", "order", "--set", "amount=200", "--set", "number=O-1", "--json").json["user_tasks"]
    say("complete", task["id"])
    said = say("complete", task["id"])
    assert said.status == 1
    assert said.err.startswith(f"Expected user task {task['id']} to be open, but ada completed it at ")
    assert said.err.endswith(" UTC. (user-task.completed)\n")


def test_a_file_that_is_no_database_is_told(say: Say, tmp_path: Path) -> None:
    (tmp_path / "stepwell.db").write_bytes(bytes(range(256)) * 32)
    said = say("tasks")
    assert said.status == 2
    assert said.err.endswith("but SQLite says: file is not a database. (database.unusable)\n")


def test_a_server_that_does_not_answer_is_told(say: Say) -> None:
    said = say("--database", "postgresql://nobody@127.0.0.1:1/x", "tasks")
    assert said.status == 1
    assert len(said.err.splitlines()) == 1


def break_example(monkeypatch: pytest.MonkeyPatch) -> None:
    def burst(_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(example, "_list", burst)


def test_a_bug_of_ours_is_one_line_that_names_debug(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    break_example(monkeypatch)
    said = say("example")
    assert said.status == 1
    assert "ZeroDivisionError: a bug (unexpected)" in said.err
    assert "--debug" in said.err
    assert "Traceback" not in said.err


def test_debug_shows_where_a_bug_is(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    break_example(monkeypatch)
    assert "Traceback" in say("example", "--debug").err
