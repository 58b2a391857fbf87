"""Lists: filters, pages, narrow terminals, nothing to list, JSON."""

from pathlib import Path

import pytest

from stepwell import bpmn
from tests.cli.conftest import Say

pytestmark = pytest.mark.usefixtures("order")


def test_an_empty_list_says_what_to_do_next(say: Say) -> None:
    assert "stepwell start PROCESS" in say("instances").out
    assert "stepwell instances" in say("tasks").out
    assert say("incidents").out == "Nothing is stuck.\n"


def test_the_next_step_is_a_command_on_the_same_database(say: Say) -> None:
    say("start", "shipping")
    copy = "sqlite:///with a blank.db"
    say("db", "backup", "with a blank.db")
    said = say("tasks", "--database", copy).out
    assert "Next: stepwell --database 'sqlite:///with a blank.db' complete 1-1" in said


def test_lists_say_how_an_instance_is_called(say: Say, tmp_path: Path) -> None:
    (tmp_path / "trip.bpmn").write_text(bpmn.example("process"))
    say("deploy", "trip.bpmn")
    say("start", "business_trip", "--set", "destination=Rome")
    assert "Trip to Rome" in say("instances").out
    assert "Trip to Rome" in say("tasks").out


def test_lists_of_processes_without_captions_have_no_column_for_them(say: Say) -> None:
    say("start", "shipping")
    assert "caption" not in say("instances").out


def test_a_list_says_how_it_goes_on(say: Say) -> None:
    for _ in range(3):
        say("start", "shipping")
    first = say("tasks", "--limit", "2", "--json").json
    assert f"--after {first['after']}" in say("tasks", "--limit", "2").out
    assert len(say("tasks", "--limit", "2", "--after", first["after"], "--json").json["items"]) == 1


@pytest.mark.parametrize(("filters", "count"), [
    ("--status running", 1), ("--status completed", 1), ("--process shipping", 1), ("--starter bob", 1),
    ("--business-key K", 1), ("--business-key none", 0),
])  # fmt: skip
def test_instances_are_filtered(say: Say, filters: str, count: int) -> None:
    say("start", "shipping", "--actor", "bob")
    say("start", "order", "--set", "amount=1", "--business-key", "K")
    assert len(say("instances", *filters.split(), "--json").json["items"]) == count


@pytest.mark.parametrize(("filters", "count"), [
    ("--role sales", 1), ("--assignee ada", 1), ("--element load", 1), ("--process order", 1), ("--instance 1", 1),
    ("--assignee eve", 0),
])  # fmt: skip
def test_tasks_are_filtered(say: Say, filters: str, count: int) -> None:
    say("start", "shipping")
    say("start", "order", "--set", "amount=200", "--set", "number=1")
    assert len(say("tasks", *filters.split(), "--json").json["items"]) == count


@pytest.mark.parametrize("columns", ["120", "80", "60", "40", "20"])
def test_an_id_is_never_broken(say: Say, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    say("start", "shipping", "--business-key", "a key that is rather long")
    shown = say("tasks").out + say("instances").out
    [task] = say("tasks", "--json").json["items"]
    assert task["id"] in shown.split()
    assert "shipping" in shown.split()


@pytest.mark.parametrize("columns", ["120", "80", "60", "40"])
def test_a_list_fits_the_terminal(say: Say, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    say("start", "shipping", "--business-key", "a key that is rather long")
    shown = [say(*words.split()).out for words in ("tasks", "instances", "show 1", "incidents")]
    assert max(len(line) for text in shown for line in text.splitlines()) <= int(columns)


def test_a_text_with_brackets_is_shown_as_it_is(say: Say) -> None:
    say("start", "shipping", "--business-key", "[red]x[/red]")
    assert "[red]x[/red]" in say("instances").out
