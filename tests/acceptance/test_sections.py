"""D1, D2, D4, D5 and O1 with a real server: records of every kind, their section, and who sees what."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.acceptance.conftest import Ground
from tests.acceptance.drawing import drawn, line, settings, user
from tests.acceptance.office import Office, inbox, office, ok, page, refusal
from tests.engine.world import flows

CLERKS = '<stepwell:assignment roles="clerks"/>'
SEEN = settings('<stepwell:process caption="Order of {guest}" seenBy="auditors"/>')
PROCESSES = (
    drawn(user("pack", CLERKS), user("send", CLERKS), flows("start pack send end"), id="order", head=SEEN),
    line(user("do", CLERKS), path="do", id="plain"),
)
BYTES = {"content-type": "application/octet-stream"}
ACCOUNT = {"name": "account", "fields": [{"name": "name", "type": "text", "required": True}]}
CASE: dict[str, Any] = {
    "name": "case",
    "title": "subject",
    "owner": "owner",
    "fields": [
        {"name": "subject", "type": "text", "required": True, "unique": True},
        {"name": "story", "type": "long_text"},
        {"name": "number", "type": "integer", "indexed": True},
        {"name": "weight", "type": "decimal", "digits": 3},
        {"name": "cost", "type": "money", "minimum": 0},
        {"name": "is_urgent", "type": "yes_no"},
        {"name": "day", "type": "date"},
        {"name": "hour", "type": "time"},
        {"name": "due", "type": "date_time"},
        {"name": "stage", "type": "lookup", "to": "stage", "default": "new"},
        {"name": "account", "type": "link", "to": "account"},
        {"name": "paper", "type": "file"},
        {"name": "tax", "type": "calculated", "formula": "cost * 0.2", "result": "money"},
        {"name": "owner", "type": "text", "holds": "person", "default": "me"},
    ],
}
RIGHTS = [
    {"role": "clerks", "see": "own", "add": True, "change": "own", "delete": "none"},
    {"role": "bosses", "see": "all", "add": False, "change": "all", "delete": "all"},
    {"role": "auditors", "see": "all"},
]


@pytest.fixture(scope="module")
def work(ground: Ground) -> Iterator[Office]:
    """Joe and eve are clerks, bob is a boss, ada looks on, olga operates, sam has no role."""
    with office(ground.url, ground.folder, files_url=str(ground.folder / "files")) as found:
        for name, role in (("joe", "clerks"), ("eve", "clerks"), ("bob", "bosses"), ("ada", "auditors")):
            found.hire(name, role)
        found.hire("olga", "operators")
        found.hire("sam")
        client = found.server.client
        ok(client.put("/roles/operators", json={"rights": ["operate"]}))
        for definition in ({"name": "stage", "kind": "lookup"}, ACCOUNT, CASE):
            ok(client.post("/record-types", json={"definition": definition}))
        for code in ("new", "won"):
            ok(client.post("/records/stage", json={"values": {"code": code, "label": code.title()}}))
        ok(client.put("/record-types/case/rights", json={"rights": RIGHTS}))
        ok(client.put("/record-types/account/rights", json={"rights": [{"role": "*"}]}))
        found.deploy(*PROCESSES)
        yield found


@pytest.fixture
def boss(work: Office) -> httpx.Client:
    return work.clients["bob"]


def added(client: httpx.Client, type: str, **values: Any) -> str:
    return str(ok(client.post(f"/records/{type}", json={"values": values}))["id"])


def listed(client: httpx.Client, **asked: Any) -> list[str]:
    found = {name: json.dumps(value) if name == "filter" else value for name, value in asked.items()}
    return [item["title"] for item in ok(client.get("/records/case", params=found))["items"]]


# -- D1 ---------------------------------------------------------------------------------------------------


def test_d1_a_field_of_every_type_keeps_its_value(work: Office) -> None:
    client = work.server.client
    account = added(client, "account", name="Acme")
    paper = ok(client.post("/attachments?name=offer.txt", content=b"offer", headers=BYTES))["id"]
    typed = {
        "subject": "Every field", "story": "one\ntwo", "number": 7, "weight": "1.125", "cost": "12.50",
        "is_urgent": True, "day": "2026-11-25", "hour": "09:30:00", "due": "2026-11-25T09:30:00Z", "stage": "won",
        "account": account.partition("/")[2], "paper": paper,
    }  # fmt: skip
    kept = ok(client.get(f"/records/{added(client, 'case', **typed)}"))["values"]
    assert {name: kept[name] for name in typed} == typed
    assert kept["tax"] == "2.50"


def test_d1_everything_that_is_wrong_with_a_record_is_told_at_once(work: Office) -> None:
    wrong = {
        "number": "many", "weight": "1.1234", "cost": "-1", "is_urgent": "perhaps", "day": "tomorrow", "hour": "25:00",
        "due": "soon", "stage": "lost", "account": "4711", "paper": "none", "colour": "red", "tax": 1,
    }  # fmt: skip
    answer = work.server.client.post("/records/case", json={"values": wrong})
    assert answer.status_code == 422
    assert {problem["field"] for problem in answer.json()["problems"]} == {"subject", *wrong}


def test_d1_a_type_and_a_field_are_added_while_everything_runs(work: Office) -> None:
    client = work.server.client
    added(client, "account", name="Old")
    fields = [*ACCOUNT["fields"], {"name": "city", "type": "text", "indexed": True}]
    ok(client.put("/record-types/account", json={"definition": {**ACCOUNT, "fields": fields}}))
    account = added(client, "account", name="New", city="Oslo")
    assert ok(client.get(f"/records/{account}"))["values"]["city"] == "Oslo"


# -- D2 ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cases(work: Office) -> dict[str, str]:
    """Some cases, by their subjects."""
    client = work.server.client
    account = added(client, "account", name="Fish Ltd").partition("/")[2]
    given: list[dict[str, Any]] = [
        {"subject": "Boat", "number": 31, "stage": "won", "account": account},
        {"subject": "Anchor", "number": 32, "story": "a boat needs one"},
        {"subject": "Coat", "number": 33, "stage": "won"},
    ]
    return {values["subject"]: added(client, "case", **values) for values in given}


THIRTIES = {"field": "number", "op": "between", "value": [31, 33]}


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        pytest.param({"sort": "subject"}, ["Anchor", "Boat", "Coat"], id="sorted"),
        pytest.param({"sort": "-number"}, ["Coat", "Anchor", "Boat"], id="the largest first"),
        pytest.param({"search": "boat", "sort": "subject"}, ["Anchor", "Boat"], id="searched"),
        pytest.param(
            {"filter": {"all": [THIRTIES, {"field": "stage", "op": "=", "value": "won"}]}, "sort": "subject"},
            ["Boat", "Coat"], id="filtered",
        ),
        pytest.param(
            {"filter": {"field": "account.name", "op": "starts with", "value": "fish"}}, ["Boat"], id="through a link"
        ),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("cases")
def test_d2_the_list_shows_what_is_asked_for(
    boss: httpx.Client, asked: dict[str, Any], titles: list[str]
) -> None:
    assert listed(boss, **{"filter": THIRTIES, **asked}) == titles


@pytest.mark.usefixtures("cases")
def test_d2_a_view_of_the_list_is_saved_and_found_again(boss: httpx.Client) -> None:
    content = {"columns": ["subject", "number"], "filter": THIRTIES, "sort": ["-number"]}
    ok(boss.post("/saved-views", json={"subject": "case", "label": "Thirties", "content": content}))
    [kept] = ok(boss.get("/saved-views", params={"subject": "case"}))["items"]
    assert kept["content"] == content
    asked = {"columns": "subject,number", "filter": json.dumps(THIRTIES), "sort": "-number", "limit": 1}
    [row] = ok(boss.get("/records/case", params=asked))["items"]
    assert row["values"] == {"subject": "Coat", "number": 33}


def test_d2_a_record_has_related_lists_files_and_a_history(work: Office, cases: dict[str, str]) -> None:
    client, boat = work.server.client, cases["Boat"]
    ok(client.put(f"/records/{boat}", json={"values": {"number": 31, "story": "It leaks"}}))
    ok(client.post(f"/records/{boat}/attachments?name=boat.png", content=b"png", headers=BYTES))
    account = ok(client.get(f"/records/{boat}"))["values"]["account"]
    [related] = [
        one for one in ok(client.get(f"/records/account/{account}/related"))["items"] if one["type"] == "case"
    ]
    assert (related["field"], related["count"]) == ("account", 1)
    assert [file["name"] for file in ok(client.get(f"/records/{boat}/attachments"))["items"]] == ["boat.png"]
    newest = ok(client.get(f"/records/{boat}/history"))["items"][0]
    assert [(one["field"], one["old"], one["new"]) for one in newest["changes"]] == [
        ("story", None, "It leaks")
    ]


# -- D4 ---------------------------------------------------------------------------------------------------


def test_d4_a_role_may_what_its_rights_say_and_no_more(work: Office) -> None:
    clients = work.clients
    mine = added(clients["joe"], "case", subject="Joe's own")
    body = {"json": {"values": {"story": "new"}}}
    allowed = {
        name: (
            clients[name].get(f"/records/{mine}").status_code,
            clients[name].put(f"/records/{mine}", **body).status_code,  # type: ignore[arg-type]
            clients[name].post("/records/case", json={"values": {"subject": f"By {name}"}}).status_code,
        )
        for name in ("joe", "eve", "bob", "ada", "sam")
    }
    assert allowed == {
        "joe": (200, 200, 201), "eve": (404, 404, 201), "bob": (200, 200, 403), "ada": (200, 403, 403),
        "sam": (404, 404, 404),
    }  # fmt: skip
    assert clients["joe"].post(f"/records/{mine}/delete", json={}).status_code == 403
    assert clients["bob"].post(f"/records/{mine}/delete", json={}).status_code == 200


def test_d4_what_one_may_not_see_is_nowhere(work: Office) -> None:
    joe, eve = work.clients["joe"], work.clients["eve"]
    added(joe, "case", subject="Secret of joe")
    assert listed(joe, search="secret") == ["Secret of joe"]
    assert listed(eve, search="secret") == []
    assert [hit["title"] for hit in ok(eve.get("/search", params={"text": "secret of joe"}))["items"]] == []


# -- D5 ---------------------------------------------------------------------------------------------------


def test_d5_an_instance_is_seen_by_who_has_to_do_with_it(work: Office) -> None:
    id = work.begin("order", "bob", guest="Ada")["id"]
    seers = {
        name for name, client in work.clients.items() if client.get(f"/instances/{id}").status_code == 200
    }
    assert seers == {"bob", "joe", "eve", "ada", "olga"}
    assert {name for name, client in work.clients.items() if id in _log(client)} == seers


def _log(client: httpx.Client) -> list[str]:
    return [item["id"] for item in ok(client.get("/instances", params={"limit": 200}))["items"]]


def test_d5_the_panel_of_an_operator_holds_nothing_else(work: Office) -> None:
    id = work.start("order", guest="Ada")
    assert (id in inbox(work.clients["joe"]), inbox(work.clients["olga"])) == (True, [])


def test_d5_a_claimed_step_is_taken_by_a_colleague_until_it_is_given_back(work: Office) -> None:
    joe, eve = work.clients["joe"], work.clients["eve"]
    id = work.start("order", guest="Ada")
    ok(joe.post(f"/user-tasks/{id}/claim", json={}))
    assert (id in inbox(eve), id in inbox(eve, taken_by_colleagues=True)) == (False, True)
    ok(joe.post(f"/user-tasks/{id}/release", json={}))
    assert (id in inbox(eve), id in inbox(eve, taken_by_colleagues=True)) == (True, False)


def test_d5_what_is_in_an_open_step_is_for_who_can_do_it_and_all_see_that_it_is_there(work: Office) -> None:
    begun = work.begin("order", "bob", guest="Ada")
    [task] = begun["user_tasks"]
    page(work.clients["joe"], task["id"])

    def readers() -> dict[str, int]:
        paths = f"/user-tasks/{task['id']}/comments"
        return {name: client.get(paths).status_code for name, client in work.clients.items()}

    assert readers() == {"joe": 200, "eve": 200, "olga": 200, "bob": 403, "ada": 403, "sam": 404}
    assert refusal(work.clients["bob"].post(f"/user-tasks/{task['id']}/open", json={}))[0] == 403
    [step] = ok(work.clients["ada"].get(f"/instances/{begun['id']}/steps"))["items"]
    assert (step["title"], step["state"], step["candidate_roles"]) == ("pack", "open", ["clerks"])
    ok(work.clients["joe"].post(f"/user-tasks/{task['id']}/complete", json={}))
    assert readers() == {"joe": 200, "eve": 200, "olga": 200, "bob": 200, "ada": 200, "sam": 404}


# -- O1 ---------------------------------------------------------------------------------------------------


def test_o1_the_process_log_says_what_became_of_each_instance(work: Office) -> None:
    begun = work.begin("order", "bob", guest="Ada")
    ok(work.server.client.post(f"/instances/{begun['id']}/cancel", json={"reason": "not wanted"}))
    [row] = [row for row in ok(work.clients["bob"].get("/instances"))["items"] if row["id"] == begun["id"]]
    assert (row["status"], row["caption"], row["starter"], row["version"]) == (
        "cancelled",
        "Order of Ada",
        "bob",
        1,
    )
    assert row["started_at"] <= row["ended_at"]
    asked = {"status": "cancelled", "starter": "bob", "search": "order of ada"}
    assert begun["id"] in [
        row["id"] for row in ok(work.clients["olga"].get("/instances", params=asked))["items"]
    ]
