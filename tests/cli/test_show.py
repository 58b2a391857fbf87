"""``stepwell show``: the path, where it waits, what is stuck, the variables, the children."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

import stepwell
from stepwell import bpmn
from stepwell.cli.path import span
from tests.cli.conftest import Said, Say

pytestmark = pytest.mark.usefixtures("order")


def part(said: Said, title: str) -> str:
    """What stands under a heading."""
    found = re.search(rf"\n{title}\n(.*?)(\n\n|\Z)", said.out, re.DOTALL)
    return found[1] if found else ""


def start(say: Say, amount: int = 200) -> None:
    say("start", "order", "--set", f"amount={amount}", "--set", "number=O-1", "--business-key", "B-1")


def test_the_head_says_what_it_is_and_who_started_it(say: Say) -> None:
    start(say)
    said = say("show", "1")
    assert said.out.startswith("Instance 1 of order (Order handling), version 1: running\nStarted ")
    assert "by ada, business key B-1" in said.out


def test_without_an_instance_the_newest_is_shown(say: Say) -> None:
    start(say)
    start(say)
    assert say("show").out.startswith("Instance 2 of order")


def test_where_nothing_was_started_there_is_nothing_to_show(say: Say) -> None:
    said = say("show")
    assert (said.status, said.out) == (1, "")
    assert said.err.endswith("(instance.none)\n")


def test_the_head_says_how_the_instance_is_called(say: Say, tmp_path: Path) -> None:
    (tmp_path / "trip.bpmn").write_text(bpmn.example("process"))
    say("deploy", "trip.bpmn")
    say("start", "business_trip", "--set", "destination=Rome")
    assert say("show", "1").out.splitlines()[1] == "Trip to Rome"


def test_the_path_is_in_order_with_times(say: Say) -> None:
    start(say)
    lines = part(say("show", "1"), "Path").splitlines()
    elements = [re.match(r"  \d\d:\d\d:\d\d\.\d{3}  [✓○] (\w+)", line) for line in lines[1:]]
    assert [found[1] for found in elements if found] == [
        "ordered",
        "calculate",
        "large",
        "both",
        "approve",
        "payment",
    ]


def test_it_says_for_what_an_instance_waits(say: Say) -> None:
    start(say)
    waits = part(say("show", "1"), "Waits")
    assert re.search(r"approve +for user task 1-\d+ \(sales\): Approve the order", waits)
    assert re.search(r"payment +for message payment-received with key O-1", waits)


def test_a_completed_task_says_who_and_how_long(say: Say) -> None:
    start(say)
    [task] = say("tasks", "--json").json["items"]
    say("complete", task["id"], "--actor", "mary")
    assert re.search(r"✓ approve +by mary after [\d.]+ (ms|s)", say("show", "1").out)


def test_a_timer_says_when_it_fires_and_that_its_time_came(say: Say, tmp_path: Path) -> None:
    (tmp_path / "timer.bpmn").write_text(bpmn.example("boundaryEvent-timer").replace("P2D", "PT0S"))
    deployed = say("deploy", "timer.bpmn", "--json").json[0]["processes"][0]["process_id"]
    instance = say("start", deployed, "--json").json["id"]
    assert "for the timer at 20" in part(say("show", instance), "Waits")
    with stepwell.open() as engine:
        engine.work()
    assert "its time came" in say("show", instance).out


def test_an_incident_says_what_was_expected(say: Say) -> None:
    say("start", "order")
    said = say("show", "1")
    assert ": stuck" in said.out.splitlines()[0]
    assert "Expected " in part(said, "Stuck")
    assert "at calculate" in part(said, "Stuck")
    assert re.search(r"Next: repair it, then: stepwell retry 1-\d+", said.out)


def test_a_repair_stands_in_the_path_with_its_reason(say: Say) -> None:
    say("start", "order")
    say("variable", "set", "1", "amount=10", "--reason", "the form lost it")
    assert "variables  amount set by ada: the form lost it" in say("show", "1").out


def test_what_was_stuck_and_retried_in_vain_says_so_once(say: Say) -> None:
    incident = say("start", "order", "--json").json["incidents"][0]["id"]
    for _ in range(2):
        say("retry", incident)
    assert part(say("show", "1"), "Path").count("stuck:") == 1


def test_what_was_stuck_and_repaired_is_done(say: Say) -> None:
    incident = say("start", "order", "--json").json["incidents"][0]["id"]
    say("variable", "set", "1", "amount=10", "--reason", "the form lost it")
    say("retry", incident)
    assert "✓ calculate  was stuck: Expected" in part(say("show", "1"), "Path")


def test_variables_are_shown_as_json(say: Say) -> None:
    start(say)
    assert re.search(r'  number  "O-1"', say("show", "1").out)
    assert re.search(r"  total   238", say("show", "1").out)


def test_a_long_value_is_cut_and_says_so(say: Say) -> None:
    say("start", "shipping", "--set", "text=" + "x" * 5000)
    assert "(5,002 characters; --json shows all)" in " ".join(say("show", "1").out.split())


def test_called_instances_are_listed(say: Say) -> None:
    start(say)
    say("complete", say("tasks", "--json").json["items"][0]["id"])
    say("message", "payment-received", "--key", "O-1")
    with stepwell.open() as engine:
        engine.work()
    assert re.search(r"2 +shipping +running", part(say("show", "1"), "Called"))
    assert "called by 1-" in say("show", "2").out


def test_a_cancelled_instance_says_by_whom_and_why(say: Say) -> None:
    start(say)
    say("cancel", "1", "--reason", "ordered twice")
    assert "× instance" in say("show", "1").out
    assert "cancelled by ada: ordered twice" in say("show", "1").out


def test_json_holds_everything(say: Say) -> None:
    start(say)
    found = say("show", "1", "--json").json
    assert {
        "id",
        "status",
        "waiting",
        "user_tasks",
        "open_incidents",
        "children",
        "variables",
        "history",
    } <= found.keys()
    assert found["variables"] == {"amount": 200, "number": "O-1", "total": 238}


@pytest.mark.parametrize(("seconds", "words"), [
    (0.034, "34 ms"), (4.25, "4.2 s"), (59.99, "1 min 0 s"), (283, "4 min 43 s"), (3600 * 5 + 61, "5 h 1 min"),
    (86400 * 3 + 7200, "3 d 2 h"),
])  # fmt: skip
def test_a_span_has_two_units_at_most(seconds: float, words: str) -> None:
    assert span(timedelta(seconds=seconds)) == words
