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
    with office(database_url, tmp_path, "visit") as found:
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
    client = at_work.server.client
    client.post("/record-types", json={"definition": CONTACT})
    client.put("/record-types/contact/rights", json={"rights": [{"role": "clerks"}]})
    records = [
        client.post("/records/contact", json={"values": {"name": name}}).json()["id"]
        for name in ("Eve", "Fay")
    ]
    ada = at_work.clients["ada"]
    [process] = ada.get(f"/records/{records[0]}/processes").json()["items"]
    body = {"records": [records[0], "contact/999", records[1]], "variables": {"days": 3}}
    report = ada.post(f"/definitions/{process['definition_id']}/start-many", json=body).json()
    assert [(row["is_done"], row.get("code", "")) for row in report["items"]] == [
        (True, ""), (False, "record.unknown"), (True, ""),
    ]  # fmt: skip
    captions = {row["instance_caption"] for row in ada.get("/inbox").json()["items"]}
    assert captions == {f"Visit of {record}" for record in records}
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
