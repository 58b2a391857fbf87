"""Stories of record types and records over HTTP."""

import json
from typing import Any

import pytest

from stepwell.identity import STEPWELL, Role
from stepwell.services import api_tokens, people, roles
from stepwell.services.api_tokens import Wanted
from stepwell.services.people import NewPerson
from tests.api.conftest import Api

ACCOUNT = {
    "name": "account",
    "key": "name",
    "fields": [{"name": "name", "type": "text", "required": True, "unique": True}],
}
CASE = {
    "name": "case",
    "fields": [
        {"name": "subject", "type": "text", "required": True},
        {"name": "amount", "type": "money"},
        {"name": "account", "type": "link", "to": "account"},
        {"name": "paper", "type": "file"},
    ],
}


@pytest.fixture
def office(api: Api) -> Api:
    for definition in (ACCOUNT, CASE):
        answer = api.post("/record-types", {"definition": definition})
        assert answer.status_code == 201, answer.text
    return api


def add(api: Api, type: str, **values: Any) -> Any:
    answer = api.post(f"/records/{type}", {"values": values})
    assert answer.status_code == 201, answer.text
    return answer.json()


def ask_as(api: Api, name: str, *given: str) -> None:
    """Let somebody new in these roles ask from now on."""
    for role in given:
        roles.add(api.engine.store, Role(role), STEPWELL)
    people.add(api.engine.store, NewPerson(name=name, roles=given), STEPWELL)
    made = api_tokens.add(api.engine.directory, name, Wanted("test", "all"))
    api.client.headers["Authorization"] = f"Bearer {made.secret}"


def items(api: Api, path: str, **query: Any) -> list[str]:
    answer = api.get(path, **query)
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


def own_types(api: Api) -> list[dict[str, Any]]:
    """The record types that somebody made here, beside those that ship."""
    found = api.get("/record-types").json()["items"]
    return [one for one in found if not one["name"].startswith("activity")]


def test_a_record_type_is_made_listed_changed_and_removed(api: Api) -> None:
    assert api.post("/record-types", {"definition": ACCOUNT}).json()["done"] == "made"
    assert api.post("/record-types", {"definition": ACCOUNT}).status_code == 409
    [found] = own_types(api)
    assert (found["name"], found["definition"], found["access"]["add"]) == ("account", ACCOUNT, True)
    fields = [*ACCOUNT["fields"], {"name": "city", "type": "text"}]  # type: ignore[misc]
    changed = api.ask("PUT", "/record-types/account", json={"definition": {**ACCOUNT, "fields": fields}})
    assert changed.json() == {
        "name": "account",
        "done": "changed",
        "alterations": ["add city"],
        "revision": 2,
    }
    operators = {
        field["name"]: field["operators"] for field in api.get("/record-types/account").json()["fields"]
    }
    assert "starts with" in operators["city"]
    assert api.post("/record-types/account/remove").json()["done"] == "removed"
    assert api.get("/record-types/account").status_code == 404


def test_a_type_can_not_be_given_another_name(office: Api) -> None:
    answer = office.ask("PUT", "/record-types/account", json={"definition": {**ACCOUNT, "name": "firm"}})
    assert (answer.status_code, answer.json()["code"]) == (409, "record-type.name")
    assert (
        office.ask("PUT", "/record-types/firm", json={"definition": {**ACCOUNT, "name": "firm"}}).status_code
        == 404
    )


def test_everything_wrong_with_a_type_is_told_at_once(api: Api) -> None:
    answer = api.post(
        "/record-types", {"definition": {"name": "A", "fields": [{"name": "select", "typ": "text"}]}}
    )
    assert answer.status_code == 422
    assert [problem["field"] for problem in answer.json()["problems"]] == ["fields[0].typ", "fields[0].type"]


def test_a_record_is_added_read_changed_and_deleted(office: Api) -> None:
    acme = add(office, "account", name="Acme")
    case = add(office, "case", subject="x", amount=12.5, account=acme["id"])
    assert office.get(f"/records/{case['id']}").json()["titles"] == {"account": "Acme"}
    changed = office.ask(
        "PUT", f"/records/{case['id']}", json={"values": {"amount": "13"}, "revision": 1}
    ).json()
    assert (changed["values"]["amount"], changed["revision"]) == ("13.00", 2)
    history = office.get(f"/records/{case['id']}/history").json()["items"]
    assert history[0]["changes"] == [{"field": "amount", "label": "Amount", "old": "12.50", "new": "13.00"}]
    assert office.post(f"/records/{case['id']}/delete", {"revision": 2}).json() == {"deleted": 1}
    assert office.get(f"/records/{case['id']}").status_code == 404


def test_an_outdated_edit_gets_both_versions(office: Api) -> None:
    case = add(office, "case", subject="x")
    office.ask("PUT", f"/records/{case['id']}", json={"values": {"subject": "theirs"}})
    answer = office.ask("PUT", f"/records/{case['id']}", json={"values": {"subject": "yours"}, "revision": 1})
    assert answer.status_code == 409
    facts = answer.json()["facts"]
    assert (facts["theirs"]["subject"], facts["yours"]["subject"], facts["revision"]) == (
        "theirs",
        "yours",
        2,
    )


def test_a_linked_record_stays_and_the_places_are_told(office: Api) -> None:
    acme = add(office, "account", name="Acme")
    case = add(office, "case", subject="x", account=acme["id"])
    answer = office.post(f"/records/{acme['id']}/delete")
    assert (answer.status_code, answer.json()["code"]) == (409, "record.linked")
    assert answer.json()["facts"]["links"][0]["examples"] == [case["id"]]
    related = next(
        one for one in office.get(f"/records/{acme['id']}/related").json()["items"] if one["type"] == "case"
    )
    assert items(office, "/records/case", filter=json.dumps(related["filter"])) == ["x"]


def test_a_repetition_with_the_same_key_adds_nothing(office: Api) -> None:
    key = {"Idempotency-Key": "k1"}
    first, second = (
        office.post("/records/account", {"values": {"name": "Acme"}}, headers=key) for _ in range(2)
    )
    assert first.json() == second.json()
    assert items(office, "/records/account") == ["Acme"]


def test_lists_are_filtered_searched_sorted_and_paged(office: Api) -> None:
    for number in range(7):
        add(office, "case", subject=f"case {number}", amount=number)
    condition = json.dumps({"field": "amount", "op": ">=", "value": 2})
    first = office.get(
        "/records/case", filter=condition, sort="-amount", search="CASE", limit=3, columns="amount"
    ).json()
    assert [item["values"] for item in first["items"]] == [{"amount": f"{number}.00"} for number in (6, 5, 4)]
    assert items(
        office, "/records/case", filter=condition, sort="-amount", limit=3, after=first["after"]
    ) == ["case 3", "case 2"]
    assert office.get("/records/case/count", filter=condition).json() == {"count": 5, "is_exact": True}
    assert office.get("/records/case/measure", what="sum", field="amount").json() == {"value": "21.00"}


@pytest.mark.parametrize("query", [
    {"filter": "{"}, {"filter": "[]"}, {"filter": '{"field": "nothing"}'}, {"sort": "nothing"}, {"columns": "x"}, {"nonsense": "1"},
    {"limit": "0"}, {"after": "nonsense"},
])  # fmt: skip
def test_a_list_that_can_not_be_is_refused(office: Api, query: dict[str, str]) -> None:
    answer = office.get("/records/case", **query)
    assert answer.status_code == 422
    assert answer.json()["problems"]


def test_a_csv_file_goes_in_and_out(office: Api) -> None:
    csv = {"content-type": "text/csv"}
    trial = office.ask("POST", "/records/account/import?trial=true", content="name\nAcme\n", headers=csv)
    assert trial.json() == {"added": 1, "changed": 0, "unchanged": 0, "is_trial": True}
    done = office.ask("POST", "/records/account/import?key=name", content="name\nAcme\nBeta\n", headers=csv)
    assert done.json()["added"] == 2
    out = office.get("/records/account/export", sort="-name")
    assert (out.text, out.headers["content-type"]) == ("name\nBeta\nAcme\n", "text/csv; charset=utf-8")
    wrong = office.ask("POST", "/records/account/import", content="nam\nAcme\n", headers=csv)
    assert (wrong.status_code, wrong.json()["problems"][0]["line"]) == (422, 1)
    assert office.ask("POST", "/records/account/import", content="name\nx\n").status_code == 415
    assert (
        office.ask("POST", "/records/account/import", content=b"name\n\xff\n", headers=csv).status_code == 400
    )


def test_a_file_is_uploaded_downloaded_and_removed(office: Api) -> None:
    case = add(office, "case", subject="x")
    data = {"content-type": "application/octet-stream"}
    made = office.ask(
        "POST", f"/records/{case['id']}/attachments?name=..%2F%22ü%22.html", content=b"<script>", headers=data
    )
    assert (made.status_code, made.json()["name"]) == (201, '"ü".html')
    got = office.get(f"/attachments/{made.json()['id']}/content")
    assert got.content == b"<script>"
    assert got.headers["content-type"] == "application/octet-stream"
    assert (
        got.headers["content-disposition"]
        == "attachment; filename=\"___.html\"; filename*=UTF-8''%22%C3%BC%22.html"
    )
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]
    assert len(office.get(f"/records/{case['id']}/attachments").json()["items"]) == 1
    office.post(f"/attachments/{made.json()['id']}/remove")
    assert office.get(f"/attachments/{made.json()['id']}").status_code == 404


def test_an_upload_is_taken_by_a_file_field(office: Api) -> None:
    data = {"content-type": "application/octet-stream"}
    made = office.ask("POST", "/attachments?name=a.pdf", content=b"x" * 100_000, headers=data).json()
    case = add(office, "case", subject="x", paper=made["id"])
    assert office.get(f"/attachments/{made['id']}").json()["owner"] == case["id"]
    assert office.ask("POST", "/attachments?name=a.pdf", content=b"x").status_code == 415


def test_rights_are_given_and_obeyed(office: Api) -> None:
    rights = {"rights": [{"role": "Sales", "see": "own", "add": True, "change": "own"}]}
    assert office.ask("PUT", "/record-types/case/rights", json=rights).status_code == 200
    outdated = office.ask("PUT", "/record-types/case/rights", json={"rights": [], "seen": []})
    assert (outdated.status_code, outdated.json()["code"]) == (409, "record-rights.outdated")
    assert outdated.json()["facts"]["theirs"] == [rights["rights"][0] | {"delete": "none"}]
    add(office, "case", subject="secret needle")
    ask_as(office, "ada", "Sales")
    mine = add(office, "case", subject="my needle")
    assert items(office, "/records/case") == ["my needle"]
    assert office.post(f"/records/{mine['id']}/delete").status_code == 403
    assert office.get("/record-types/case/rights").status_code == 403
    assert [hit["title"] for hit in office.get("/search", text="NEEDLE").json()["items"]] == ["my needle"]
    ask_as(office, "eve")
    assert office.get("/records/case").status_code == 404
    assert own_types(office) == []
    assert office.post("/record-types", {"definition": ACCOUNT}).status_code == 403


def test_views_are_kept_changed_and_removed(office: Api) -> None:
    body = {"subject": "case", "label": "Big", "content": {"columns": ["amount"], "sort": ["-amount"]}}
    made = office.post("/saved-views", body).json()
    assert office.get("/saved-views", subject="case").json()["items"] == [made]
    changed = office.ask("PUT", f"/saved-views/{made['id']}", json={"label": "Bigger", "shared": True}).json()
    assert (changed["label"], changed["shared"], changed["content"]) == ("Bigger", True, {})
    office.post(f"/saved-views/{made['id']}/remove")
    assert office.get("/saved-views", subject="case").json()["items"] == []
    assert office.post("/saved-views", {**body, "content": {"columns": ["nothing"]}}).status_code == 422


def test_only_json_is_taken_as_a_command(office: Api) -> None:
    for content_type in ("text/plain", "application/x-www-form-urlencoded", ""):
        answer = office.ask(
            "POST",
            "/records/account",
            content=b'{"values":{"name":"x"}}',
            headers={"content-type": content_type},
        )
        assert (answer.status_code, answer.json()["code"]) == (415, "body.media-type")
