"""K1, K2, S7, D3 with a real server: activities, pages of records, and steps that need both."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from stepwell.identity.policies.record import RecordRight
from tests.acceptance.office import Office, inbox, office, ok
from tests.acceptance.server import until

CONTACT = {
    "name": "contact",
    "fields": [{"name": "name", "type": "text", "required": True}, {"name": "phone", "type": "text"}],
}
SALES = RecordRight(role="sales", see="all", add=True, change="all")


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Office]:
    with office(database_url, tmp_path) as found:
        found.engine.records.put_type(CONTACT)
        found.engine.records.put_rights("contact", [SALES])
        found.hire("ann", "sales")
        found.hire("bob", "sales")
        found.hire("eve")
        found.engine.deploy(Path(__file__).parent / "models" / "activities.bpmn")
        yield found


def started(client: httpx.Client, process: str, **variables: Any) -> str:
    """A new instance of somebody; gives the id of its open step."""
    answer = client.post("/instances", json={"process_id": process, "variables": variables})
    assert answer.status_code == 201, answer.text
    [task] = answer.json()["user_tasks"]
    return str(task["id"])


def activity(client: httpx.Client, task: str) -> str:
    return str(ok(client.get(f"/user-tasks/{task}"))["activity"])


def gone(client: httpx.Client, task: str) -> bool:
    return client.get(f"/user-tasks/{task}").status_code == 404


def test_k1_the_page_completes_the_activity_with_a_result_that_steers_the_flows(desk: Office) -> None:
    ann = desk.clients["ann"]
    task = started(ann, "call")
    page = ok(ann.post(f"/user-tasks/{task}/open", json={}))
    assert (page["activity"], page["record"]) == (activity(ann, task), activity(ann, task))
    body = {"values": {"result": "Not reached"}, "foreground": True}
    done = ok(ann.post(f"/user-tasks/{task}/complete", json=body))
    assert [step["element"] for step in done["next"] or done["user_tasks"]] == ["write"]
    assert ok(ann.get(f"/records/{page['activity']}"))["values"]["status"] == "completed"


def test_k1_saving_the_activity_itself_completes_the_step(desk: Office) -> None:
    ann, bob = desk.clients["ann"], desk.clients["bob"]
    task = started(ann, "call")
    record = activity(ann, task)
    refused = bob.put(f"/records/{record}", json={"values": {"status": "completed", "result": "Held"}})
    assert (refused.status_code, refused.json()["problems"][0]["field"]) == (422, "result")
    ok(bob.put(f"/records/{record}", json={"values": {"status": "completed", "result": "Reached"}}))
    until(lambda: gone(bob, task), "the step is done by its activity")


def test_k1_what_is_changed_on_one_is_changed_on_the_other(desk: Office) -> None:
    ann, bob = desk.clients["ann"], desk.clients["bob"]
    task = started(ann, "call")
    record = activity(ann, task)
    ok(ann.post(f"/user-tasks/{task}/reassign", json={"assignee": "bob"}))
    assert ok(bob.get(f"/records/{record}"))["values"]["owner"] == "bob"
    ok(bob.put(f"/records/{record}", json={"values": {"start": "2031-01-01T09:00:00Z", "due": None}}))
    until(lambda: task not in inbox(bob), "the step is postponed with its activity")
    assert task in inbox(bob, with_future=True)


def test_k1_nobody_else_takes_an_activity_from_its_step(desk: Office) -> None:
    ann, eve = desk.clients["ann"], desk.clients["eve"]
    task = started(ann, "call")
    record = activity(ann, task)
    assert eve.get(f"/records/{record}").status_code == 404
    refused = ann.post(f"/records/{record}/delete", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "activity.awaited")
    assert task in refused.json()["detail"]
    body = {"values": {"status": "cancelled"}, "cancel_step": True}
    assert ann.put(f"/records/{record}", json=body).status_code == 409
    ok(desk.server.client.put(f"/records/{record}", json=body))
    until(lambda: gone(ann, task), "the step is cancelled with its activity")


def test_k2_a_save_is_kept_and_says_what_is_open(desk: Office) -> None:
    ann = desk.clients["ann"]
    contact = ok(ann.post("/records/contact", json={"values": {"name": "Acme"}}))["id"]
    task = started(ann, "edit", contact=contact)
    page = ok(ann.post(f"/user-tasks/{task}/open", json={}))
    assert (page["record"], page["open_conditions"]) == (contact, ["Phone has a value"])
    done = ok(ann.post(f"/user-tasks/{task}/complete", json={"values": {"name": "Acme Ltd"}}))
    assert done["open_conditions"] == ["Phone has a value"]
    assert ok(ann.get(f"/records/{contact}"))["values"]["name"] == "Acme Ltd"
    done = ok(ann.post(f"/user-tasks/{task}/complete", json={"values": {"phone": "123"}}))
    assert [step["element"] for step in done["user_tasks"]] == ["look"]


def test_k2_with_conditions_any_later_save_counts(desk: Office) -> None:
    ann, bob = desk.clients["ann"], desk.clients["bob"]
    contact = ok(ann.post("/records/contact", json={"values": {"name": "Acme"}}))["id"]
    task = started(ann, "edit", contact=contact)
    ok(bob.put(f"/records/{contact}", json={"values": {"phone": "123"}}))
    until(lambda: gone(ann, task), "a colleague's save meets the conditions")


def test_k2_without_conditions_only_who_can_do_the_step_completes_it(desk: Office) -> None:
    ann, bob = desk.clients["ann"], desk.clients["bob"]
    contact = ok(ann.post("/records/contact", json={"values": {"name": "Acme"}}))["id"]
    first = started(ann, "edit", contact=contact)
    ok(ann.post(f"/user-tasks/{first}/complete", json={"values": {"phone": "123"}}))
    [look] = inbox(ann)
    ok(bob.put(f"/records/{contact}", json={"values": {"name": "Acme Ltd"}}))
    ok(ann.put(f"/records/{contact}", json={"values": {"name": "Acme Inc"}}))
    until(lambda: gone(ann, look), "the save of who has the step completes it")
    by = [entry["actor"] for entry in ok(ann.get(f"/instances/{look.partition('-')[0]}/history"))["items"]]
    assert by[-1:] != ["bob"]


def test_k2_an_outdated_edit_shows_both(desk: Office) -> None:
    ann, bob = desk.clients["ann"], desk.clients["bob"]
    contact = ok(ann.post("/records/contact", json={"values": {"name": "Acme"}}))["id"]
    task = started(ann, "edit", contact=contact)
    ok(ann.post(f"/user-tasks/{task}/open", json={}))
    ok(bob.put(f"/records/{contact}", json={"values": {"name": "Acme Ltd"}}))
    body = {"values": {"name": "Acme Inc", "phone": "123"}}
    refused = ann.post(f"/user-tasks/{task}/complete", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "record.outdated")
    assert "Acme Ltd" in refused.text
    ok(ann.post(f"/user-tasks/{task}/complete", json=body | {"revision": 2}))


@pytest.mark.parametrize("first", ["page", "activity"])
def test_s7_both_have_to_be_done_in_either_order(desk: Office, first: str) -> None:
    ann = desk.clients["ann"]
    task = started(ann, "visit")
    record = activity(ann, task)
    held = {"values": {"status": "completed", "result": "Held"}}
    if first == "page":
        ok(ann.post(f"/user-tasks/{task}/complete", json={"values": {"answer": "offer"}}))
        assert ok(ann.get(f"/user-tasks/{task}"))["missing"] == "result"
        assert ok(ann.get("/inbox"))["items"][0]["missing"] == "result"
        ok(ann.put(f"/records/{record}", json=held))
    else:
        ok(ann.put(f"/records/{record}", json=held))
        until(lambda: ok(ann.get(f"/user-tasks/{task}"))["missing"] == "page", "the activity is one half")
        ok(ann.post(f"/user-tasks/{task}/complete", json={"values": {"answer": "offer"}}))
    until(lambda: gone(ann, task), "both are done")
    found = desk.engine.variables(task.partition("-")[0])["see"]
    assert found == {"outcome": "offer", "activityResult": "Held"}


def test_s7_one_save_does_both(desk: Office) -> None:
    ann = desk.clients["ann"]
    task = started(ann, "visit")
    values = {"answer": "nothing", "_activity": {"result": "Called off"}}
    done = ok(ann.post(f"/user-tasks/{task}/complete", json={"values": values}))
    assert [step["element"] for step in done["user_tasks"]] == ["after"]


def test_s7_cancelling_the_instance_cancels_the_activity(desk: Office) -> None:
    ann = desk.clients["ann"]
    task = started(ann, "visit")
    record = activity(ann, task)
    ok(desk.server.client.post(f"/instances/{task.partition('-')[0]}/cancel", json={}))
    assert ok(ann.get(f"/records/{record}"))["values"]["status"] == "cancelled"


def test_d3_the_section_lists_mine_my_roles_overdue_and_those_of_processes(desk: Office) -> None:
    ann, eve = desk.clients["ann"], desk.clients["eve"]
    task = started(ann, "call")
    past = {"start": "2020-01-01T09:00:00Z", "due": "2020-01-01T10:00:00Z"}
    ok(ann.post("/records/activity", json={"values": {"subject": "Tidy up", "owner": "ann", **past}}))

    def listed(client: httpx.Client, **asked: bool) -> list[str]:
        return [item["title"] for item in ok(client.get("/activities", params=asked))["items"]]

    assert listed(ann) == ["Tidy up", "Call them"]
    assert listed(ann, mine=True) == ["Tidy up"]
    assert listed(ann, of_my_roles=True) == ["Call them"]
    assert listed(ann, overdue=True) == ["Tidy up"]
    assert listed(ann, of_process=True) == ["Call them"]
    assert listed(eve) == []
    number = activity(ann, task).partition("/")[2]
    assert ok(ann.get(f"/activities/{number}"))["step"] == task


def test_d3_the_calendar_shows_activities_and_steps_that_were_put_there(desk: Office) -> None:
    ann = desk.clients["ann"]
    task = started(ann, "visit")
    ok(
        ann.post(
            f"/user-tasks/{task}/complete",
            json={"values": {"answer": "offer", "_activity": {"result": "Held"}}},
        )
    )
    [after] = inbox(ann)
    later = {"start_at": "2031-01-02T09:00:00Z", "duration": 60, "in_calendar": True}
    ok(ann.post(f"/user-tasks/{after}/postpone", json=later))
    call = started(ann, "call")
    ok(
        ann.put(
            f"/records/{activity(ann, call)}", json={"values": {"start": "2031-01-01T09:00:00Z", "due": None}}
        )
    )
    found = ok(ann.get("/activities/calendar", params={"from": "2031-01-01T00:00:00Z", "days": 7}))
    assert [(item["kind"], item["title"], item["step"]) for item in found["items"]] == [
        ("activity", "Call them", call),
        ("step", "After it", after),
    ]
    ours = {"from": "2031-01-01T00:00:00Z", "days": 7, "of_my_roles": True, "search": "call"}
    assert [item["title"] for item in ok(ann.get("/activities/calendar", params=ours))["items"]] == [
        "Call them"
    ]
    assert ok(ann.get("/activities/calendar", params={**ours, "search": "elephants"}))["items"] == []
    before = ok(ann.get("/activities/calendar", params={"from": "2030-01-01T00:00:00Z", "days": 7}))
    assert before["items"] == []
