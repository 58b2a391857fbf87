"""T1 to T8 and R1 with a real server: the panel of a person, and what is started from records."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stepwell.engine import commands as c
from stepwell.services.requests import OnInstance
from tests.acceptance.office import Office, counted, inbox, office
from tests.acceptance.server import until

SECOND = 1_000_000
CONTACT = {"name": "contact", "fields": [{"name": "name", "type": "text", "required": True}]}


@pytest.fixture
def at_work(database_url: str, tmp_path: Path) -> Iterator[Office]:
    with office(database_url, tmp_path, "visit", "poll", "callback") as found:
        found.hire("ada", "clerks")
        found.hire("ben", "clerks")
        yield found


def postpone(found: Office, id: str, seconds: int) -> None:
    """Let a step start in so many seconds."""
    instance, key = map(int, id.split("-"))
    with found.engine.store.reading() as session:
        start_at = session.now() + seconds * SECOND
    found.engine.submit(OnInstance(instance, c.PostponeUserTask(key, start_at, 60 * SECOND), key))


def test_t1_postponed_steps_leave_list_and_counter_and_come_back(at_work: Office) -> None:
    ada = at_work.clients["ada"]
    id = at_work.start("visit", guest="Eve")
    assert (inbox(ada), counted(ada)) == ([id], 1)
    postpone(at_work, id, 2)
    assert (inbox(ada), counted(ada), inbox(ada, with_future=True)) == ([], 0, [id])
    until(lambda: inbox(ada) == [id], "the step comes back by itself")
    assert counted(ada) == 1


def test_t1_the_panel_holds_ones_own_and_unclaimed_steps_and_nothing_else(at_work: Office) -> None:
    ada, ben = at_work.clients["ada"], at_work.clients["ben"]
    stranger = at_work.hire("eve")
    id = at_work.start("visit", guest="Eve")
    assert (inbox(ada), inbox(ben), inbox(stranger)) == ([id], [id], [])
    assert ada.post(f"/user-tasks/{id}/claim", json={}).status_code == 200
    assert (inbox(ada), inbox(ben)) == ([id], [])


def test_t4_taken_by_colleagues(at_work: Office) -> None:
    ada, ben = at_work.clients["ada"], at_work.clients["ben"]
    id = at_work.start("visit", guest="Eve")
    ada.post(f"/user-tasks/{id}/claim", json={})
    assert (inbox(ben, taken_by_colleagues=True), inbox(ada, taken_by_colleagues=True)) == ([id], [])
    ada.post(f"/user-tasks/{id}/release", json={})
    assert (inbox(ben, taken_by_colleagues=True), inbox(ben)) == ([], [id])


def test_t4_search_sort_and_group(at_work: Office) -> None:
    ada = at_work.clients["ada"]
    first, second = at_work.start("visit", guest="Zoe"), at_work.start("visit", guest="Ada")
    postpone(at_work, first, -1)
    assert inbox(ada, search="of zoe") == [first]
    assert (inbox(ada), inbox(ada, sort="due")) == ([second, first], [first, second])
    assert [item["count"] for item in ada.get("/inbox/groups?group=role").json()["items"]] == [2]


def test_t8_of_several_steps_those_that_can_be_taken_are_taken(at_work: Office) -> None:
    ada, ben = at_work.clients["ada"], at_work.clients["ben"]
    ids = [at_work.start("visit", guest=name) for name in ("Eve", "Fay", "Gil")]
    ben.post(f"/user-tasks/{ids[1]}/claim", json={})
    report = ada.post("/user-tasks/claim-many", json={"ids": [*ids, "99-1"]}).json()
    assert (report["done"], report["failed"]) == (2, 2)
    assert [row["is_done"] for row in report["items"]] == [True, False, True, False]
    assert report["items"][1]["code"] == "user-task.taken"
    assert "ben has it" in report["items"][1]["message"]
    assert inbox(ada) == [ids[2], ids[0]]


def test_t8_several_steps_go_back_to_their_role(at_work: Office) -> None:
    ada, ben = at_work.clients["ada"], at_work.clients["ben"]
    ids = [at_work.start("visit", guest=name) for name in ("Eve", "Fay")]
    ada.post("/user-tasks/claim-many", json={"ids": ids})
    assert inbox(ben) == []
    report = ada.post("/user-tasks/release-many", json={"ids": [*ids, "99-1"]}).json()
    assert (report["done"], report["failed"]) == (2, 1)
    assert inbox(ben) == [ids[1], ids[0]]


def test_t8_a_repeated_bulk_does_nothing_twice(at_work: Office) -> None:
    ada = at_work.clients["ada"]
    id = at_work.start("visit", guest="Eve")
    again = {"json": {"ids": [id]}, "headers": {"Idempotency-Key": "k"}}
    reports = [ada.post("/user-tasks/claim-many", **again).json() for _ in range(2)]  # type: ignore[arg-type]
    assert reports[0] == reports[1]
    commands = [
        entry["command"] for entry in ada.get(f"/instances/{id.split('-')[0]}/history").json()["items"]
    ]
    assert commands == ["StartInstance", "ClaimUserTask"]


def test_r1_a_start_form_asks_for_the_parameters(at_work: Office) -> None:
    ada = at_work.clients["ada"]
    [process] = ada.get("/me/processes?search=vis").json()["items"]
    form = ada.get(f"/definitions/{process['definition_id']}/start-form").json()
    keys = [(field["key"], field["type"]) for field in form["page"]["components"]]
    assert keys == [("guest", "lookup"), ("days", "number")]
    assert form["values"] == {"days": 2}


def test_r1_start_many_one_failure_does_not_stop_the_others(at_work: Office) -> None:
    records = contacts(at_work, "Eve", "Fay")
    ada = at_work.clients["ada"]
    offered = ada.get(f"/records/{records[0]}/processes").json()["items"]
    process = next(one for one in offered if one["process_id"] == "visit")
    body = {"records": [records[0], "contact/999", records[1]], "variables": {"days": 3}}
    report = ada.post(f"/definitions/{process['definition_id']}/start-many", json=body).json()
    assert [(row["is_done"], row.get("code", "")) for row in report["items"]] == [
        (True, ""), (False, "record.unknown"), (True, ""),
    ]  # fmt: skip
    captions = {row["instance_caption"] for row in ada.get("/inbox").json()["items"]}
    assert captions == {"Visit of Eve", "Visit of Fay"}
    started = ada.get(f"/instances/{report['items'][0]['instance_id']}").json()
    assert started["starter"] == "ada"


def test_r1_favourites_come_first_and_recent_ones_are_known(at_work: Office) -> None:
    ada = at_work.clients["ada"]
    assert ada.get("/me/processes?which=recent").json()["items"] == []
    ada.post("/instances", json={"process_id": "visit", "variables": {"guest": "Eve"}})
    assert [item["process_id"] for item in ada.get("/me/processes?which=recent").json()["items"]] == ["visit"]
    ada.put("/processes/visit/favourite", json={"is_favourite": True})
    assert [item["is_favourite"] for item in ada.get("/me/processes?which=favourite").json()["items"]] == [
        True
    ]
    ada.put("/processes/visit/favourite", json={"is_favourite": False})
    assert ada.get("/me/processes?which=favourite").json()["items"] == []


def contacts(at_work: Office, *names: str) -> list[str]:
    """New contacts that clerks see."""
    client = at_work.server.client
    client.post("/record-types", json={"definition": CONTACT})
    client.put("/record-types/contact/rights", json={"rights": [{"role": "clerks", "change": "all"}]})
    made = [client.post("/records/contact", json={"values": {"name": name}}) for name in names]
    return [answer.json()["id"] for answer in made]


def test_s9_a_step_is_continued_from_a_connected_record_and_from_its_row(at_work: Office) -> None:
    ada = at_work.clients["ada"]
    record, other = contacts(at_work, "Eve", "Fay")
    id = at_work.start("callback", whom=record)
    [row] = ada.get("/inbox").json()["items"]
    assert row["connections"] == [{"id": record, "title": "Eve", "type": "contact"}]
    assert [item["id"] for item in ada.get(f"/records/{record}/user-tasks").json()["items"]] == [id]
    assert ada.get(f"/records/{other}/user-tasks").json()["items"] == []
    numbers = ",".join(one.partition("/")[2] for one in (record, other))
    rows = ada.get(f"/records/contact/user-tasks?ids={numbers}").json()["items"]
    assert [(row["record"], [item["id"] for item in row["items"]]) for row in rows] == [(record, [id])]
    ada.post(f"/user-tasks/{id}/complete", json={})
    assert ada.get(f"/records/contact/user-tasks?ids={numbers}").json()["items"] == []


def test_s9_nobody_continues_what_is_not_theirs(at_work: Office) -> None:
    ada, ben = at_work.clients["ada"], at_work.clients["ben"]
    stranger = at_work.hire("eve")
    [record] = contacts(at_work, "Eve")
    id = at_work.start("callback", whom=record)
    ada.post(f"/user-tasks/{id}/claim", json={})
    assert ben.get(f"/records/{record}/user-tasks").json()["items"] == []
    assert stranger.get(f"/records/{record}/user-tasks").status_code == 404
    assert stranger.get(f"/records/contact/user-tasks?ids={record.partition('/')[2]}").json()["items"] == []


def test_s9_the_process_log_leads_to_my_step(at_work: Office) -> None:
    ada, stranger = at_work.clients["ada"], at_work.hire("eve")
    id = at_work.start("visit", guest="Zoe")
    at_work.start("visit", guest="Fay")
    rows = ada.get("/instances?search=zoe").json()["items"]
    assert [
        (row["caption"], [task["id"] for task in row["my_tasks"]], row["open_tasks"]) for row in rows
    ] == [("Visit of Zoe", [id], 1)]
    assert stranger.get("/instances").json()["items"] == []


def test_o1_the_process_log_is_filtered(at_work: Office) -> None:
    client = at_work.server.client
    id = at_work.start("visit", guest="Zoe")
    client.post(f"/user-tasks/{id}/complete", json={})
    at_work.start("visit", guest="Fay")
    captions = {
        asked: [row["caption"] for row in client.get(f"/instances?{asked}").json()["items"]]
        for asked in (
            "status=completed", "status=incident", "search=fay", "started_after=2999-01-01T00:00:00Z",
            "started_before=2999-01-01T00:00:00Z",
        )
    }  # fmt: skip
    assert captions == {
        "status=completed": ["Visit of Zoe"], "status=incident": [], "search=fay": ["Visit of Fay"],
        "started_after=2999-01-01T00:00:00Z": [],
        "started_before=2999-01-01T00:00:00Z": ["Visit of Fay", "Visit of Zoe"],
    }  # fmt: skip


def test_o2_d5_who_sees_an_instance_sees_its_steps_and_its_way(at_work: Office) -> None:
    ada, ben = at_work.clients["ada"], at_work.clients["ben"]
    id = at_work.start("visit", guest="Zoe")
    instance = id.split("-")[0]
    [step] = ben.get(f"/instances/{instance}/steps").json()["items"]
    assert (step["id"], step["state"], step["candidate_roles"], step["by"]) == (id, "open", ["clerks"], "")
    ada.post(f"/user-tasks/{id}/claim", json={})
    ada.post(f"/user-tasks/{id}/complete", json={})
    [step] = ben.get(f"/instances/{instance}/steps").json()["items"]
    assert (step["state"], step["by"], step["assignee"]) == ("completed", "ada", "ada")
    assert step["seconds"] >= 0
    found = ben.get(f"/instances/{instance}/path").json()
    assert {one["element"]: (one["entered"], one["completed"], one["waiting"]) for one in found["elements"]} == {
        "start": (1, 1, 0), "greet": (1, 1, 0), "end": (1, 1, 0),
    }  # fmt: skip
    assert {one["flow"]: one["taken"] for one in found["flows"]} == {"to_greet": 1, "to_end": 1}
    assert at_work.hire("eve").get(f"/instances/{instance}/steps").status_code == 404


def test_everything_is_found_by_one_search(at_work: Office) -> None:
    ada = at_work.clients["ada"]
    [record] = contacts(at_work, "Visit card")
    id = at_work.start("visit", guest="Zoe")
    hits = [(hit["kind"], hit["id"]) for hit in ada.get("/search?text=visit").json()["items"]]
    [process] = ada.get("/me/processes?search=visit").json()["items"]
    assert hits == [("step", id), ("process", process["definition_id"]), ("record", record)]
    assert [hit["kind"] for hit in at_work.hire("eve").get("/search?text=visit").json()["items"]] == [
        "process"
    ]


def test_t8_the_same_answer_completes_the_same_question_and_nothing_else(at_work: Office) -> None:
    ada, ben = at_work.clients["ada"], at_work.clients["ben"]
    ids = [at_work.start("poll") for _ in range(3)]
    other = at_work.start("visit", guest="Eve")
    ben.post(f"/user-tasks/{ids[2]}/claim", json={})
    report = ada.post(
        "/user-tasks/complete-many", json={"ids": [*ids, other], "values": {"answer": "yes"}}
    ).json()
    assert [(row["is_done"], row.get("code", "")) for row in report["items"]] == [
        (True, ""), (True, ""), (False, "user-task.taken"), (False, "user-task.other-question"),
    ]  # fmt: skip
    [step] = ada.get(f"/instances/{ids[0].split('-')[0]}/steps").json()["items"]
    assert (step["state"], step["by"], step["outcome"]) == ("completed", "ada", "yes")
    assert inbox(ada) == [other]


def test_t8_an_answer_that_does_not_fit_is_told_for_each_step(at_work: Office) -> None:
    ada = at_work.clients["ada"]
    ids = [at_work.start("poll") for _ in range(2)]
    report = ada.post("/user-tasks/complete-many", json={"ids": ids, "values": {"answer": "maybe"}}).json()
    assert (report["done"], report["failed"]) == (0, 2)
    assert sorted(inbox(ada)) == sorted(ids)


def test_t8_several_steps_are_postponed_at_once(at_work: Office) -> None:
    ada, ben = at_work.clients["ada"], at_work.clients["ben"]
    ids = [at_work.start("visit", guest=name) for name in ("Eve", "Fay")]
    ben.post(f"/user-tasks/{ids[0]}/claim", json={})
    body = {"ids": ids, "start_at": "2999-01-01T08:00:00Z", "duration": 60}
    report = ada.post("/user-tasks/postpone-many", json=body).json()
    assert [row["is_done"] for row in report["items"]] == [False, True]
    assert (inbox(ada), inbox(ben)) == ([], [ids[0]])
    [row] = ada.get("/inbox?with_future=true").json()["items"]
    assert (row["start_at"], row["due_at"]) == ("2999-01-01T08:00:00Z", "2999-01-01T09:00:00Z")


def test_t8_several_steps_are_handed_on_at_once(at_work: Office) -> None:
    ada, ben = at_work.clients["ada"], at_work.clients["ben"]
    ids = [at_work.start("visit", guest=name) for name in ("Eve", "Fay")]
    report = ada.post("/user-tasks/reassign-many", json={"ids": ids, "assignee": "ben"}).json()
    assert report["done"] == 2
    assert (inbox(ada), sorted(inbox(ben))) == ([], sorted(ids))
