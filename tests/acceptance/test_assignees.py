"""S1, S3, S4 and S8 with a real server: whose a step is, when it is done, and what is said beside it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from stepwell.identity.policies.record import RecordRight
from tests.acceptance.conftest import Ground
from tests.acceptance.drawing import drawn, line, user
from tests.acceptance.office import Office, counted, inbox, office, ok, page, refusal
from tests.acceptance.server import until
from tests.engine.world import flows

CLERKS = '<stepwell:assignment roles="clerks"/>'
LANES = (
    '<bpmn:laneSet id="lanes"><bpmn:lane id="desk"><bpmn:extensionElements><stepwell:lane role="sellers"/>'
    "</bpmn:extensionElements><bpmn:flowNodeRef>do</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"
)
APPROVAL = '<stepwell:approval recordType="guest" record="= guest"/>'
BYTES = {"content-type": "application/octet-stream"}


def one(id: str, *extensions: str) -> bytes:
    """A process of one step."""
    return line(user("do", "".join(extensions)), path="do", id=id)


PROCESSES = (
    one("person", '<stepwell:assignment user="ann"/>'),
    one("roles", '<stepwell:assignment roles="clerks, bosses"/>'),
    one("people", '<stepwell:assignment candidateUsers="ann, joe"/>'),
    one("manager", '<stepwell:assignment manager="= who"/>'),
    one("expression", '<stepwell:assignment roles="= if amount &gt; 100 then &quot;bosses&quot; else &quot;clerks&quot;"/>'),
    one("nothing"),
    drawn(user("do"), flows("start do end"), id="in_lane", head=LANES),
    one("of_role", CLERKS, APPROVAL),
    one("chosen", '<stepwell:assignment user="= who"/>', APPROVAL),
    one("clerks", CLERKS, "<stepwell:title>Pack {what}</stepwell:title>"),
    one("planned", CLERKS, '<stepwell:timing startIn="PT1H" duration="PT2H" priority="high"/>'),
    one("dated", CLERKS, '<stepwell:timing due="= date and time(&quot;2099-01-31T17:00:00Z&quot;)"/>'),
)  # fmt: skip


@pytest.fixture(scope="module")
def work(ground: Ground) -> Iterator[Office]:
    """Ann sells, her manager is bob; joe and eve are clerks, who have no right to guests."""
    files = str(ground.folder / "files")
    with office(ground.url, ground.folder, poll_interval="0.1", files_url=files) as found:
        found.hire("bob", "bosses")
        found.hire("ann", "sellers", manager="bob")
        found.hire("joe", "clerks")
        found.hire("eve", "clerks")
        records = found.engine.records
        records.put_type({"name": "guest", "fields": [{"name": "name", "type": "text"}]})
        seeing = RecordRight(role="auditors")
        records.put_rights("guest", [RecordRight(role="bosses", add=True, change="all"), seeing])
        found.deploy(*PROCESSES)
        yield found


def seers(work: Office, id: str) -> set[str]:
    """Who has a step in their panel."""
    return {name for name, client in work.clients.items() if id in inbox(client, with_future=True)}


# -- S1 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("process", "given", "people"),
    [
        pytest.param("person", {}, {"ann"}, id="a person"),
        pytest.param("roles", {}, {"bob", "joe", "eve"}, id="one or more roles"),
        pytest.param("people", {}, {"ann", "joe"}, id="several people"),
        pytest.param("manager", {"who": "ann"}, {"bob"}, id="the manager of a person"),
        pytest.param("expression", {"amount": 500}, {"bob"}, id="an expression"),
        pytest.param("expression", {"amount": 5}, {"joe", "eve"}, id="an expression over other data"),
        pytest.param("in_lane", {}, {"ann"}, id="the role of the lane"),
    ],
)
def test_s1_a_step_is_for_whom_its_author_says(
    work: Office, process: str, given: dict[str, Any], people: set[str]
) -> None:
    assert seers(work, work.start(process, **given)) == people


def test_s1_nothing_set_and_no_lane_it_is_for_the_starter(work: Office) -> None:
    [task] = work.begin("nothing", "eve")["user_tasks"]
    assert (task["assignee"], seers(work, task["id"])) == ("eve", {"eve"})


def test_s1_who_can_not_be_found_is_an_incident_that_names_them(work: Office) -> None:
    [incident] = work.begin("manager", who="bob")["incidents"]
    assert (incident["element"], "'bob' has none" in incident["message"]) == ("do", True)


def test_s1_a_role_of_which_nobody_may_have_the_record_is_an_incident_that_names_role_record_and_right(
    work: Office,
) -> None:
    guest = work.engine.records.add("guest", {"name": "Ada"}).id
    [incident] = work.begin("of_role", guest=guest)["incidents"]
    assert f"a member of role 'clerks' may not see {guest}" in incident["message"]


def test_s1_who_may_see_the_record_but_not_change_it_is_an_incident_that_names_the_right(
    work: Office,
) -> None:
    work.hire("ada", "auditors")
    guest = work.engine.records.add("guest", {"name": "Ada"}).id
    [incident] = work.begin("chosen", who="ada", guest=guest)["incidents"]
    assert f"person 'ada' may not change {guest}" in incident["message"]


# -- S3 ---------------------------------------------------------------------------------------------------


def test_s3_it_starts_and_is_due_as_it_was_planned(work: Office, joe: httpx.Client) -> None:
    found = ok(joe.get(f"/user-tasks/{work.start('planned')}"))
    created, start, due = (
        datetime.fromisoformat(found[name]) for name in ("created_at", "start_at", "due_at")
    )
    assert (start - created, due - start, found["priority"]) == (timedelta(hours=1), timedelta(hours=2), 75)


def test_s3_it_is_due_at_the_time_that_is_said(work: Office, joe: httpx.Client) -> None:
    assert ok(joe.get(f"/user-tasks/{work.start('dated')}"))["due_at"] == "2099-01-31T17:00:00Z"


# -- S4 ---------------------------------------------------------------------------------------------------


def test_s4_all_that_the_form_asks_for_is_kept(work: Office, joe: httpx.Client, eve: httpx.Client) -> None:
    id = work.start("clerks", what="plums")
    form = {
        "start_at": "2099-03-01T09:00:00Z", "duration": 45, "remind_at": "2099-03-01T08:50:00Z", "in_calendar": True,
        "assignee": "eve", "title": "Pack plums well",
    }  # fmt: skip
    ok(joe.post(f"/user-tasks/{id}/postpone", json=form))
    found = ok(eve.get(f"/user-tasks/{id}"))
    assert {name: found[name] for name in ("start_at", "due_at", "assignee", "title")} == {
        "start_at": form["start_at"], "due_at": "2099-03-01T09:45:00Z", "assignee": "eve", "title": form["title"],
    }  # fmt: skip
    shown = ok(eve.get("/activities/calendar", params={"from": "2099-03-01T00:00:00Z", "days": 1}))["items"]
    assert [(item["kind"], item["title"], item["step"]) for item in shown] == [("step", form["title"], id)]


def test_s4_postponed_by_a_day_for_a_new_owner_it_is_a_future_task_of_theirs(
    work: Office, joe: httpx.Client, eve: httpx.Client
) -> None:
    id = work.start("clerks", what="pears")
    before = counted(joe), counted(eve)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    ok(joe.post(f"/user-tasks/{id}/postpone", json={"start_at": tomorrow, "assignee": "eve"}))
    assert (id in inbox(joe), id in inbox(eve), seers(work, id)) == (False, False, {"eve"})
    assert (counted(joe), counted(eve)) == (before[0] - 1, before[1] - 1)
    assert ok(eve.get(f"/instances/{id.partition('-')[0]}"))["status"] == "running"


def test_s4_the_history_says_who_put_it_off_and_when(work: Office, joe: httpx.Client) -> None:
    id = work.start("clerks", what="figs")
    before = datetime.fromisoformat(work.history(id)[0]["at"])
    ok(joe.post(f"/user-tasks/{id}/postpone", json={"start_at": "2099-03-01T09:00:00Z"}))
    entry = work.history(id)[-1]
    assert (entry["command"], entry["actor"]) == ("PostponeUserTask", "joe")
    assert before <= datetime.fromisoformat(entry["at"])
    assert "2099-03-01T09:00:00Z" in str(entry["events"])


def test_s4_the_reminder_comes_in_time_or_not_at_all(work: Office, joe: httpx.Client) -> None:
    with_it, without = work.start("clerks", what="kiwis"), work.start("clerks", what="limes")
    soon = (datetime.now(UTC) + timedelta(seconds=0.3)).isoformat()
    later = {"start_at": "2099-03-01T09:00:00Z", "assignee": "joe"}
    ok(joe.post(f"/user-tasks/{without}/postpone", json=later))
    ok(joe.post(f"/user-tasks/{with_it}/postpone", json=later | {"remind_at": soon}))

    def reminded() -> list[str]:
        items = ok(joe.get("/me/notifications"))["items"]
        return [item["user_task"] for item in items if item["kind"] == "reminder"]

    until(lambda: with_it in reminded(), "joe is reminded")
    assert without not in reminded()


def test_s4_only_who_may_do_a_step_puts_it_off(work: Office) -> None:
    id = work.start("clerks", what="nuts")
    body = {"start_at": "2099-03-01T09:00:00Z"}
    assert refusal(work.clients["ann"].post(f"/user-tasks/{id}/postpone", json=body))[0] == 404


# -- S8 ---------------------------------------------------------------------------------------------------


def test_s8_comments_on_a_step_are_read_by_colleagues_and_stay(
    work: Office, joe: httpx.Client, eve: httpx.Client
) -> None:
    id = work.start("clerks", what="apples")
    ok(joe.post(f"/user-tasks/{id}/comments", json={"text": "They want green ones."}))
    ok(eve.post(f"/user-tasks/{id}/complete", json={}))
    found = ok(eve.get(f"/user-tasks/{id}/comments"))["items"]
    assert [(item["author"], item["text"]) for item in found] == [("joe", "They want green ones.")]
    assert refusal(work.clients["ann"].get(f"/user-tasks/{id}/comments"))[0] == 404


def test_s8_files_beside_a_step_are_read_by_colleagues_and_stay(
    work: Office, joe: httpx.Client, eve: httpx.Client
) -> None:
    id = work.start("clerks", what="apples")
    page(joe, id)
    made = ok(joe.post(f"/user-tasks/{id}/attachments?name=list.txt", content=b"green", headers=BYTES))
    ok(eve.post(f"/user-tasks/{id}/complete", json={}))
    assert [item["name"] for item in ok(eve.get(f"/user-tasks/{id}/attachments"))["items"]] == ["list.txt"]
    assert eve.get(f"/attachments/{made['id']}/content").content == b"green"
    assert refusal(work.clients["ann"].get(f"/attachments/{made['id']}"))[0] == 404
