"""One process from its file to its end, on both databases; some of it with the real program."""

from pathlib import Path

import pytest

import stepwell
from stepwell import bpmn
from tests.cli.conftest import MODELS, Say


def test_a_process_runs_from_its_file_to_its_end(
    program: Say, say: Say, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEPWELL_DATABASE_URL", database_url)
    assert "order     1        new  Order handling" in program("deploy", str(MODELS / "order.bpmn")).out

    started = program("start", "order", "--set", "amount=200", "--set", "number=O-1").out
    assert started.startswith("Started order as instance 1. It is running.")
    assert "waits at payment" in started

    [task] = say("tasks", "--role", "sales", "--json").json["items"]
    assert "Completed task" in say("complete", task["id"], "--set", "approved=true").out
    assert say("message", "payment-received", "--key", "O-1").status == 0
    work(database_url)

    shown = program("show", "1").out
    assert "✓ approve" in shown
    assert "for instance 2 of shipping" in shown

    [load] = say("tasks", "--json").json["items"]
    assert say("complete", load["id"]).status == 0
    work(database_url)
    assert say("show", "1", "--json").json["status"] == "completed"


def work(database_url: str) -> None:
    """What a server would do beside it."""
    with stepwell.open(database_url) as engine:
        engine.work()


@pytest.mark.usefixtures("order")
def test_a_wrong_result_is_replaced_by_a_retry(say: Say, tmp_path: Path) -> None:
    (tmp_path / "calculation.bpmn").write_text(bpmn.example("input"))
    say("deploy", "calculation.bpmn")
    [task] = say("start", "calculation", "--json").json["user_tasks"]
    [incident] = say("complete", task["id"], "--set", "price=five", "--json").json["incidents"]
    assert 'it gave {"price": "five"}; retry --set replaces that' in say("show").out
    said = say("retry", incident["id"], "--values", '{"amount": 3}', "--set", "price=5", "--reason", "a word")
    assert "It is completed." in said.out
    assert say("show", "--json").json["variables"] == {"total": 15}
    assert "tried again by ada: a word" in say("show").out


def test_a_stuck_instance_goes_on_after_repair(
    say: Say, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEPWELL_DATABASE_URL", database_url)
    say("deploy", str(MODELS / "order.bpmn"))
    [incident] = say("start", "order", "--json").json["incidents"]
    assert incident["message"] in " ".join(say("incidents").out.split())
    assert say("variable", "set", "1", "amount=10", "--reason", "the form lost it").status == 0
    assert "It is completed." in say("retry", incident["id"], "--reason", "amount is there").out
    assert "Nothing is stuck." in say("incidents").out
