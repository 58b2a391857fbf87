"""K1, S7, S9 and D3 with a real server: a step with an activity beside its page, and which half each way in opens."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.acceptance.conftest import Ground
from tests.acceptance.drawing import line, user
from tests.acceptance.office import Office, complete, inbox, office, ok, page
from tests.acceptance.server import until

ANN = '<stepwell:assignment user="ann"/>'
MEETING = '<stepwell:activity category="Meeting" showInCalendar="true"/>'
QUESTION = '<stepwell:question required="true"><stepwell:answer code="offer"/><stepwell:answer code="nothing"/></stepwell:question>'
PLANNED = (
    "<stepwell:title>Call {name}</stepwell:title>"
    '<stepwell:timing startIn="PT2H" duration="PT1H" remind="PT30M" priority="high"/>'
    '<stepwell:connect recordType="guest" record="= guest"/><stepwell:activityStep category="Call"/>'
)
CALL = line(user("call", '<stepwell:assignment roles="sales"/>' + PLANNED), path="call", id="calling")
VISIT = line(user("see", ANN + MEETING + QUESTION), user("after", ANN), path="see after", id="visit")
HELD = {"status": "completed", "result": "Held"}


@pytest.fixture(scope="module")
def work(ground: Ground) -> Iterator[Office]:
    with office(ground.url, ground.folder, poll_interval="0.1") as found:
        found.hire("ann", "sales")
        found.hire("bob", "sales")
        found.engine.records.put_type({"name": "guest", "fields": [{"name": "name", "type": "text"}]})
        found.deploy(VISIT, CALL)
        yield found


@pytest.fixture
def step(work: Office) -> str:
    return work.start("visit")


def row(client: httpx.Client, id: str) -> Any:
    """The row of a step in somebody's panel."""
    items = ok(client.get("/inbox", params={"with_future": True, "limit": 200}))["items"]
    return next(item for item in items if item["id"] == id)


def activity(client: httpx.Client, id: str) -> str:
    return str(ok(client.get(f"/user-tasks/{id}"))["activity"])


def fields(client: httpx.Client, id: str) -> list[str]:
    """What the page of a step asks for, whichever half it is."""
    return [one.get("key") or one.get("path") for one in page(client, id)["schema"]["components"]]


def hold(client: httpx.Client, id: str) -> None:
    """Complete the activity of a step on its own page."""
    ok(client.put(f"/records/{activity(client, id)}", json={"values": HELD}))
    until(lambda: row(client, id)["missing"] == "page", "the activity is one half")


def opened(client: httpx.Client, id: str) -> str:
    """The step that opening the activity in its section opens; empty if it is the activity itself."""
    number = activity(client, id).partition("/")[2]
    return str(ok(client.get(f"/activities/{number}"))["step"])


def test_k1_the_activity_is_made_with_the_step_and_is_planned_as_it_is(
    work: Office, ann: httpx.Client
) -> None:
    guest = work.engine.records.add("guest", {"name": "Ada"}).id
    id = work.start("calling", name="Ada", guest=guest)
    made = ok(ann.get(f"/records/{activity(ann, id)}"))["values"]
    wanted = {
        "subject": "Call Ada", "category": "Call", "priority": "High", "status": "not_started", "owner": None,
        "owner_role": "sales", "connections": [guest], "step": id,
    }  # fmt: skip
    assert {name: made[name] for name in wanted} == wanted
    times = [datetime.fromisoformat(made[name]) for name in ("remind_at", "start", "due")]
    assert [later - times[0] for later in times[1:]] == [timedelta(minutes=30), timedelta(minutes=90)]
    assert ok(ann.get(f"/user-tasks/{id}"))["start_at"] == made["start"]


def test_k1_saved_for_later_on_its_page_the_activity_is_handed_on_and_planned_anew(
    work: Office, ann: httpx.Client
) -> None:
    id = work.start("calling", name="Ada", guest=work.engine.records.add("guest", {"name": "Ada"}).id)
    shown = page(ann, id)
    [later] = [button["code"] for button in shown["buttons"] if not button["completes"]]
    ok(complete(ann, id, later, owner="bob", start="2031-01-02T09:00:00Z", due="2031-01-02T10:00:00Z"))
    bob = work.clients["bob"]
    assert (id in inbox(ann, with_future=True), row(bob, id)["start_at"]) == (False, "2031-01-02T09:00:00Z")
    assert ok(bob.get(f"/records/{activity(bob, id)}"))["values"]["owner"] == "bob"


def test_s7_with_neither_half_done_step_and_activity_open_the_page_with_the_result(
    ann: httpx.Client, step: str
) -> None:
    assert (row(ann, step)["missing"], opened(ann, step)) == ("", step)
    assert fields(ann, step) == ["answer", "_activity"]


def test_s7_with_the_page_done_both_open_the_activity_and_the_row_says_that_the_result_is_missing(
    ann: httpx.Client, step: str
) -> None:
    ok(complete(ann, step, "", answer="offer"))
    assert (row(ann, step)["missing"], opened(ann, step)) == ("result", step)
    assert {"result", "answer"} & set(fields(ann, step)) == {"result"}


def test_s7_with_the_activity_done_the_page_opens_without_the_result(ann: httpx.Client, step: str) -> None:
    page(ann, step)
    hold(ann, step)
    assert (row(ann, step)["missing"], fields(ann, step)) == ("page", ["answer"])


def test_s7_the_result_is_required_and_of_its_category(ann: httpx.Client, step: str) -> None:
    for result in ({}, {"result": "Reached"}):
        record = ok(ann.get(f"/user-tasks/{step}"))["activity"]
        answer = ann.put(f"/records/{record}", json={"values": {"status": "completed", **result}})
        assert (answer.status_code, answer.json()["problems"][0]["field"]) == (422, "result")
    refused = complete(ann, step, "", answer="offer", _activity={"result": "Reached"})
    assert refused.status_code == 422


def test_s7_the_page_steers_the_flows_and_the_result_stands_beside_its_outcome(
    work: Office, ann: httpx.Client, step: str
) -> None:
    ok(complete(ann, step, "", answer="nothing", _activity={"result": "Called off"}))
    assert (work.steps(step), work.variables(step)["see"]) == (
        ["after"],
        {"outcome": "nothing", "activityResult": "Called off"},
    )


def test_s7_a_step_that_is_put_off_puts_its_activity_off(ann: httpx.Client, step: str) -> None:
    later = {"start_at": "2031-01-02T09:00:00Z", "duration": 60}
    ok(ann.post(f"/user-tasks/{step}/postpone", json=later))
    found = ok(ann.get(f"/records/{activity(ann, step)}"))["values"]
    assert (found["start"], found["due"]) == ("2031-01-02T09:00:00Z", "2031-01-02T10:00:00Z")


def test_s7_an_activity_that_is_put_off_puts_its_step_off(ann: httpx.Client, step: str) -> None:
    ok(ann.put(f"/records/{activity(ann, step)}", json={"values": {"start": "2031-01-02T09:00:00Z"}}))
    until(lambda: step not in inbox(ann), "the step is put off with its activity")
    assert row(ann, step)["start_at"] == "2031-01-02T09:00:00Z"


def test_s7_a_step_that_is_handed_on_hands_its_activity_on(
    work: Office, ann: httpx.Client, step: str
) -> None:
    ok(ann.post(f"/user-tasks/{step}/reassign", json={"assignee": "bob"}))
    found = ok(work.clients["bob"].get(f"/records/{activity(work.clients['bob'], step)}"))
    assert found["values"]["owner"] == "bob"


def test_s7_an_activity_that_is_handed_on_hands_its_step_on(
    work: Office, ann: httpx.Client, step: str
) -> None:
    ok(ann.put(f"/records/{activity(ann, step)}", json={"values": {"owner": "bob"}}))
    until(lambda: step in inbox(work.clients["bob"]), "the step is handed on with its activity")
    assert step not in inbox(ann)


def test_s9_a_step_is_continued_from_the_panel_the_log_and_the_activities(
    ann: httpx.Client, step: str
) -> None:
    [logged] = [one for one in ok(ann.get("/instances"))["items"] if one["id"] == step.partition("-")[0]]
    assert (step in inbox(ann), [task["id"] for task in logged["my_tasks"]], opened(ann, step)) == (
        True, [step], step,
    )  # fmt: skip
