"""O3, O4, R4, R6 with a real server: what becomes of instances that are cancelled, overtaken by a new version or by a
restart, and of steps in the background.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import stepwell
from stepwell.identity.policies.record import RecordRight
from tests.acceptance.conftest import Ground
from tests.acceptance.drawing import call, catch, drawn, event, gateway, line, message, service, timer, user
from tests.acceptance.office import Office, complete, inbox, office, ok, page
from tests.acceptance.server import PROGRAM, Server, environment, recording, serving, until
from tests.engine.world import flows

ANN = '<stepwell:assignment user="ann"/>'
CLERKS = '<stepwell:assignment roles="clerks"/>'
MEETING = '<stepwell:activity category="Meeting"/>'
BEHIND = '<stepwell:execution background="true"/>'
IN_FRONT = '<stepwell:execution background="false"/>'
SHOWING = (
    '<stepwell:title>See {word}</stepwell:title><stepwell:timing duration="PT1H" priority="high"/>'
    '<stepwell:connect recordType="guest" record="= guest"/>'
    '<stepwell:recordPage recordType="guest" record="= guest"/><stepwell:hint>Say {word}</stepwell:hint>'
)
PROCESSES = (
    line(user("ask", ANN), path="ask", id="child"),
    drawn(
        gateway("fork", "parallel"), user("visit", ANN + MEETING), user("pack", CLERKS), call("called", "child"),
        flows("start fork visit end", "fork pack end", "fork called end"), id="all_kinds",
    ),
    line(user("first", ANN), user("behind", ANN + BEHIND), user("then", ANN), path="first behind then", id="said"),
    line(user("first", ANN), user("front", ANN + IN_FRONT), path="first front", id="unsaid"),
    line(user("first", ANN), user("see", ANN + BEHIND + MEETING + SHOWING), path="first see", id="shown"),
)  # fmt: skip


@pytest.fixture(scope="module")
def work(ground: Ground) -> Iterator[Office]:
    with office(ground.url, ground.folder, poll_interval="0.1") as found:
        found.hire("ann", "sellers")
        found.hire("sue", "sellers")
        found.hire("joe", "clerks")
        records = found.engine.records
        records.put_type({"name": "guest", "fields": [{"name": "name", "type": "text"}]})
        records.put_rights("guest", [RecordRight(role="sellers", change="all")])
        found.deploy(*PROCESSES)
        yield found


def status(work: Office, id: str) -> str:
    return str(ok(work.server.client.get(f"/instances/{id}"))["status"])


# -- R4 ---------------------------------------------------------------------------------------------------


def done(client: httpx.Client, id: str, foreground: bool) -> list[str]:
    """Complete a step; gives the steps that open by themselves then."""
    body = {"foreground": foreground}
    return [step["element"] for step in ok(client.post(f"/user-tasks/{id}/complete", json=body))["next"]]


def open_step(work: Office, id: str) -> str:
    """The only open step of an instance; one in the background comes a moment after the answer."""
    until(lambda: work.steps(id), "there is a step")
    [found] = ok(work.server.client.get("/user-tasks", params={"instance": id}))["items"]
    return str(found["id"])


def test_r4_a_background_step_is_a_row_and_who_completes_it_goes_on_in_the_foreground(
    work: Office, ann: httpx.Client
) -> None:
    id = work.begin("said")["id"]
    assert done(ann, open_step(work, id), foreground=True) == []
    assert open_step(work, id) in inbox(ann)
    assert done(ann, open_step(work, id), foreground=True) == ["then"]


def test_r4_the_first_step_of_a_called_process_opens_like_its_neighbours(ann: httpx.Client) -> None:
    body = {"process_id": "all_kinds", "foreground": True}
    assert [step["element"] for step in ok(ann.post("/instances", json=body))["next"]] == ["visit", "ask"]


def test_r4_without_a_word_it_is_decided_by_the_command_that_reached_the_step(
    work: Office, ann: httpx.Client
) -> None:
    in_background, in_foreground = (work.begin("said")["id"] for _ in range(2))
    for id in (in_background, in_foreground):
        done(ann, open_step(work, id), foreground=True)
    assert done(ann, open_step(work, in_background), foreground=False) == []
    assert done(ann, open_step(work, in_foreground), foreground=True) == ["then"]


def test_r4_what_shows_in_the_panel_is_fixed_at_once_and_the_page_at_its_first_opening(
    work: Office, ann: httpx.Client
) -> None:
    """A variable and a record change before the first opening, and again before the second one: the page of a record shows
    it as it is whenever it is opened, so that nobody saves over what they did not see.
    """
    guest = work.engine.records.add("guest", {"name": "Old"}).id
    id = work.begin("shown", word="one", guest=guest)["id"]
    done(ann, open_step(work, id), foreground=True)
    step = open_step(work, id)
    row = ok(ann.get(f"/user-tasks/{step}"))
    [shown] = [item for item in ok(ann.get("/inbox"))["items"] if item["id"] == step]
    assert (row["title"], row["assignee"], row["priority"], bool(row["due_at"]), bool(row["activity"])) == (
        "See one", "ann", 75, True, True,
    )  # fmt: skip
    assert [one["id"] for one in shown["connections"]] == [guest]
    _change(work, id, guest, "two")
    first = page(ann, step)
    assert (first["title"], first["hint"], first["values"]["name"]) == ("See one", "<p>Say two</p>\n", "two")
    _change(work, id, guest, "three")
    second = page(ann, step)
    assert (second["hint"], second["values"]["name"]) == (first["hint"], "three")
    assert ok(ann.get(f"/user-tasks/{step}")) == row


def _change(work: Office, id: str, guest: str, word: str) -> None:
    """A variable and a record become this word."""
    work.set(id, word=word)
    ok(work.clients["sue"].put(f"/records/{guest}", json={"values": {"name": word}}))


# -- O3: cancelled ----------------------------------------------------------------------------------------


def test_o3_with_a_cancelled_instance_its_rows_vanish_and_its_activities_and_children_are_cancelled(
    work: Office, ann: httpx.Client
) -> None:
    joe = work.clients["joe"]
    begun = work.begin("all_kinds")
    [child] = ok(work.server.client.get(f"/instances/{begun['id']}"))["children"]
    steps = {task["element"]: task["id"] for task in begun["user_tasks"]}
    asked = open_step(work, child["id"])
    activity = ok(ann.get(f"/user-tasks/{steps['visit']}"))["activity"]
    assert {steps["visit"], asked} <= set(inbox(ann))
    ok(work.server.client.post(f"/instances/{begun['id']}/cancel", json={"reason": "not wanted"}))
    until(lambda: status(work, child["id"]) == "cancelled", "the child is cancelled")
    assert status(work, begun["id"]) == "cancelled"
    assert {steps["visit"], asked} & set(inbox(ann, with_future=True)) == set()
    assert steps["pack"] not in inbox(joe, with_future=True)
    assert ok(ann.get(f"/records/{activity}"))["values"]["status"] == "cancelled"
    states = {
        step["state"] for step in ok(work.server.client.get(f"/instances/{begun['id']}/steps"))["items"]
    }
    assert states == {"cancelled"}
    assert [(entry["command"], entry["reason"]) for entry in work.history(begun["id"])[-1:]] == [
        ("CancelInstance", "not wanted")
    ]


# -- O4: versions -----------------------------------------------------------------------------------------


def test_o4_running_instances_end_on_their_version_and_new_ones_run_the_one_that_is_activated(
    work: Office, ann: httpx.Client, ground: Ground
) -> None:
    old = line(user("old", ANN), user("older", ANN), path="old older", id="trip")
    work.deploy(old, line(user("new", ANN), path="new", id="trip"))
    [new, first] = ok(work.server.client.get("/definitions", params={"process_id": "trip"}))["items"]
    running = work.begin("trip")["id"]
    ok(work.server.client.post(f"/definitions/{first['id']}/activate", json={}))
    assert work.steps(running) == ["new"]
    before = work.begin("trip")["id"]
    assert work.steps(before) == ["old"]
    _say(ground, "activate", "trip", str(new["version"]))
    until(lambda: work.steps(work.begin("trip")["id"]) == ["new"], "the server knows of it")
    ok(complete(ann, open_step(work, before)))
    assert work.steps(before) == ["older"]


def _say(ground: Ground, *words: str) -> None:
    around = environment(ground.url, actor="vera")
    said = subprocess.run([*PROGRAM, *words], env=around, cwd=ground.folder, capture_output=True, check=False)
    assert said.returncode == 0, said.stderr


# -- R6: a restart ----------------------------------------------------------------------------------------


def test_r6_a_restart_loses_nothing_that_was_queued(database_url: str, tmp_path: Path) -> None:
    """A timer, the call behind it, a message that nobody has taken yet, and what somebody typed."""
    with recording() as recorder:
        tell = service("tell", "http.request", method="POST", url=recorder.address, body="told")
        hear = catch("hear", event("message", "news"))
        with stepwell.open(database_url, upgrade=False) as engine:
            engine.deploy(line(catch("wait", timer("PT1S")), tell, path="wait tell", id="late"))
            engine.deploy(line(hear, path="hear", id="listening", roots=message("news")))
            engine.deploy(
                line(
                    user("ask", "<stepwell:question><stepwell:answer code='yes'/></stepwell:question>"),
                    path="ask",
                    id="asking",
                )
            )
        settings = {"allow_private_addresses": "true", "poll_interval": "0.1"}
        with serving(database_url, tmp_path, **settings) as server:
            late, asking = (_begin(server, process)["id"] for process in ("late", "asking"))
            ok(server.client.post("/messages", json={"name": "news"}))
            [task] = ok(server.client.get("/user-tasks", params={"instance": asking}))["items"]
            page(server.client, task["id"])
            ok(server.client.put(f"/user-tasks/{task['id']}/draft", json={"values": {"answer": "yes"}}))
        with serving(database_url, tmp_path, **settings) as server:
            listening = _begin(server, "listening")["id"]
            until(lambda: _status(server, late) == "completed", "the timer has fired and the call is made")
            until(lambda: _status(server, listening) == "completed", "the message is taken")
            assert page(server.client, task["id"])["draft"]["values"] == {"answer": "yes"}
        assert [body for _, body in recorder.calls] == ["told"]


def _begin(server: Server, process_id: str) -> Any:
    return ok(server.client.post("/instances", json={"process_id": process_id}))


def _status(server: Server, id: str) -> str:
    return str(ok(server.client.get(f"/instances/{id}"))["status"])
