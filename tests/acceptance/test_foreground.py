"""Product rule R4 over HTTP, against a running server: a person waits for system steps, then sees what is next."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import stepwell
from tests.acceptance.drawing import call, catch, event, line, message, service, throw, user
from tests.acceptance.server import Recorder, Server, recording, serving
from tests.engine.world import flows, process

ANN = '<stepwell:assignment user="ann"/>'


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with recording() as found:
        yield found


@pytest.fixture
def running(database_url: str, tmp_path: Path, recorder: Recorder) -> Iterator[Server]:
    """A server with a process that asks a person, calls a web service, and asks again."""
    tell = service("tell", "http.request", method="POST", url=recorder.address, body="told")
    with stepwell.open(database_url, upgrade=False) as engine:
        engine.deploy(line(user("first"), tell, user("second", ANN), path="first tell second"))
    with serving(database_url, tmp_path, allow_private_addresses="true") as server:
        yield server


def post(server: Server, path: str, **body: Any) -> dict[str, Any]:
    answer = server.client.post(path, json={"actor": "ann", "foreground": True, **body})
    assert answer.is_success, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_r4_a_start_answers_with_the_first_step_of_who_started(running: Server) -> None:
    progress = post(running, "/instances", process_id="p")
    assert (progress["state"], [step["element"] for step in progress["next"]]) == ("waiting", ["first"])


def test_r4_the_next_step_comes_with_the_answer_when_the_call_outside_is_done(
    running: Server, recorder: Recorder
) -> None:
    (first,) = post(running, "/instances", process_id="p")["next"]
    progress = post(running, f"/user-tasks/{first['id']}/complete")
    assert [step["element"] for step in progress["next"]] == ["second"]
    assert [body for _, body in recorder.calls] == ["told"]


def twice(server: Server, path: str, **body: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is answered to a command, and to its repetition after the answer was lost."""
    asked = {"json": {"actor": "ann", "foreground": True, **body}, "headers": {"Idempotency-Key": path}}
    first, again = (server.client.post(path, **asked).json() for _ in range(2))
    assert (first.pop("is_repeated"), again.pop("is_repeated")) == (False, True)
    return first, again


def test_r4_a_start_whose_answer_was_lost_names_the_same_step_when_it_is_repeated(running: Server) -> None:
    first, again = twice(running, "/instances", process_id="p")
    assert [step["element"] for step in first["next"]] == ["first"]
    assert again == first


def test_r4_a_completion_whose_answer_was_lost_names_the_same_step_when_it_is_repeated(
    running: Server, recorder: Recorder
) -> None:
    [step] = post(running, "/instances", process_id="p")["next"]
    first, again = twice(running, f"/user-tasks/{step['id']}/complete")
    assert [step["element"] for step in first["next"]] == ["second"]
    assert again == first
    assert len(recorder.calls) == 1


def test_r4_a_start_that_got_stuck_is_as_stuck_when_it_is_repeated(running: Server) -> None:
    nobody = user("stuck", '<stepwell:assignment manager="bob"/>')
    deploy(running, line(nobody, path="stuck", id="lost"))
    first, again = twice(running, "/instances", process_id="lost")
    assert (first["state"], [found["element"] for found in first["incidents"]]) == ("incident", ["stuck"])
    assert again == first


def test_r4_a_repetition_names_the_step_in_a_called_process_and_the_one_behind_it(running: Server) -> None:
    deploy(running, line(user("inside"), path="inside", id="inner"))
    deploy(running, line(call("call", "inner"), user("behind", ANN), path="call behind", id="outer"))
    first, again = twice(running, "/instances", process_id="outer")
    assert [step["element"] for step in first["next"]] == ["inside"]
    assert again == first
    first, again = twice(running, f"/user-tasks/{first['next'][0]['id']}/complete")
    assert [step["element"] for step in first["next"]] == ["behind"]
    assert again == first


def test_r4_a_repetition_waits_no_longer_than_it_says_for_what_still_goes_on(
    database_url: str, tmp_path: Path
) -> None:
    with (
        serving(database_url, tmp_path, allow_private_addresses="true") as server,
        socket.create_server(("127.0.0.1", 0)) as mute,
    ):
        address = f"http://127.0.0.1:{mute.getsockname()[1]}/"
        tell = service("tell", "http.request", method="POST", url=address)
        deploy(server, line(tell, user("behind", ANN), path="tell behind"))
        first, again = twice(server, "/instances", process_id="p", wait=0.2)
    assert first["state"] == "running"
    assert again == first


def deploy(server: Server, xml: bytes) -> None:
    answer = server.client.post("/deployments", content=xml, headers={"content-type": "application/xml"})
    assert answer.is_success, answer.text


def test_r4_without_foreground_nobody_waits(running: Server) -> None:
    progress = post(running, "/instances", process_id="p", foreground=False)
    assert (progress["next"], len(progress["user_tasks"])) == ([], 1)


def test_r4_nobody_can_wait_for_more_than_half_a_minute(running: Server) -> None:
    answer = running.client.post("/instances", json={"process_id": "p", "foreground": True, "wait": 31})
    assert (answer.status_code, answer.json()["problems"][0]["field"]) == (422, "wait")


def test_r4_a_message_to_the_own_instance_is_part_of_what_somebody_waits_for(
    database_url: str, tmp_path: Path
) -> None:
    tell, hear = throw("tell", event("message", "news")), catch("hear", event("message", "news"))
    steps = (
        '<bpmn:parallelGateway id="fork"/>' + tell + hear + user("told", ANN) + '<bpmn:endEvent id="done"/>'
    )
    inner = '<bpmn:startEvent id="start"/>' + steps + flows("start fork tell done", "fork hear told done")
    with stepwell.open(database_url, upgrade=False) as engine:
        engine.deploy(process(inner, message("news")))
    with serving(database_url, tmp_path) as server:
        progress = post(server, "/instances", process_id="p")
    assert (progress["state"], [step["element"] for step in progress["next"]]) == ("waiting", ["told"])
