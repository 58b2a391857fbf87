"""Repair (O3): a wrong variable is set right, for a reason, and the instance goes on."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.acceptance.conftest import Place
from tests.acceptance.drawing import line, script, user
from tests.acceptance.server import PROGRAM, environment

FILE = line(script("add_up", "{total: number(price) * 2}"), user("check"), path="add_up check")

FILE_OF_RESULT = line(
    user("add_up", '<stepwell:output name="total" value="= price * amount"/>'),
    user("check"),
    path="add_up check",
)


def test_o3_a_repaired_instance_goes_on(place: Place) -> None:
    place.engine.deploy(FILE)
    id = place.engine.start("p", {"price": "twenty"}, actor="bob").id
    [incident] = place.engine.incidents(instance=id).items
    assert (incident.element, place.waits_at(id)) == ("add_up", ["add_up"])
    place.engine.set_variables(id, {"price": "20"}, reason="typing error", actor="ada")
    retried = place.engine.retry(incident.id, actor="ada", reason="price is right now")
    assert [task.element for task in retried.user_tasks] == ["check"]
    assert place.engine.variables(id) == {"price": "20", "total": 40}
    assert place.engine.incidents().items == ()


def test_o3_the_history_says_who_repaired_what_and_why(place: Place) -> None:
    place.engine.deploy(FILE)
    id = place.engine.start("p", {"price": "twenty"}, actor="bob").id
    place.engine.set_variables(id, {"price": "20"}, reason="typing error", actor="ada")
    place.engine.retry(place.engine.incidents().items[0].id, actor="eve", reason="price is right now")
    told = [(entry.command, entry.actor, entry.reason) for entry in place.engine.history(id)]
    assert told == [
        ("StartInstance", "bob", ""),
        ("SetVariables", "ada", "typing error"),
        ("RetryIncident", "eve", "price is right now"),
    ]
    [change] = [event for event in place.engine.history(id)[1].events if event.type == "VariablesSet"]
    assert change.details["values"] == {"price": "20"}


def test_o3_a_result_that_was_wrong_itself_is_set_right_by_the_retry(place: Place) -> None:
    place.engine.deploy(FILE_OF_RESULT)
    id = place.engine.start("p").id
    place.engine.complete(place.engine.tasks().items[0].id, {"price": "five", "amount": 3}, actor="bob")
    [incident] = place.engine.incidents(instance=id).items
    assert incident.values == {"price": "five", "amount": 3}
    place.engine.retry(incident.id, {"price": 5}, actor="ada", reason="a number, not a word")
    assert place.engine.variables(id) == {"total": 15}
    last = place.engine.history(id)[-1]
    assert (last.command, last.actor, last.reason) == ("RetryIncident", "ada", "a number, not a word")


def test_o3_an_operator_repairs_at_the_command_line(database_url: str, tmp_path: Path) -> None:
    """As typed: look for what is stuck, set the variable right, retry, see that it goes on."""

    def say(*words: str) -> Any:
        around = environment(database_url, actor="ada")
        done = subprocess.run(
            [*PROGRAM, *words, "--json"], env=around, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    (tmp_path / "p.bpmn").write_bytes(FILE)
    say("deploy", str(tmp_path / "p.bpmn"))
    id = say("start", "p", "--set", "price=twenty")["id"]
    [incident] = say("incidents")["items"]
    assert incident["element"] == "add_up"
    say("variable", "set", id, 'price="20"', "--reason", "typing error")
    retried = say("retry", incident["id"], "--reason", "price is right now")
    assert [task["element"] for task in retried["user_tasks"]] == ["check"]
    assert say("complete", retried["user_tasks"][0]["id"])["status"] == "completed"
    assert say("incidents")["items"] == []
