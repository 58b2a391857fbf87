"""A disk without room is nobody's wrong request and no fault of ours: every route says *not now*."""

import functools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stepwell.api.app import COMMANDS
from stepwell.identity import STEPWELL, Role
from stepwell.services import api_tokens, logins, people, roles
from stepwell.services.api_tokens import Wanted
from stepwell.services.applications import archives
from stepwell.services.logins import Attempt
from stepwell.services.people import NewPerson
from stepwell.store import notifications
from stepwell.store.notifications import About
from tests.api.conftest import MODELS, Api
from tests.api.world import PASSWORD
from tests.store.disk import without_room

CHANGES: list[tuple[str, str, Any]] = [
    ("POST", "/instances", {"process_id": "form"}),
    ("POST", "/instances/{}/cancel", {"reason": "enough"}),
    ("PUT", "/instances/{}/variables", {"variables": {"x": 2}, "reason": "repair"}),
    ("POST", "/user-tasks/{}-1/claim", {"user": "ada"}),
    ("POST", "/user-tasks/{}-1/release", {}),
    ("POST", "/user-tasks/{}-1/open", {}),
    ("PUT", "/user-tasks/{}-1/draft", {"values": {}}),
    ("POST", "/user-tasks/{}-1/reassign", {"assignee": "ada"}),
    ("POST", "/user-tasks/{}-1/postpone", {"start_at": "2099-01-31T09:00:00Z"}),
    ("POST", "/user-tasks/{}-1/cancel", {}),
    ("POST", "/user-tasks/{}-1/complete", {}),
    ("POST", "/incidents/{}-1/retry", {}),
    ("POST", "/messages", {"name": "letter", "key": "7"}),
    ("POST", "/signals", {"name": "anything"}),
]

QUESTIONS = {("POST", "/user-tasks/{id:str}/examine")}
"""What has a body and changes nothing."""

RECORDS: list[tuple[str, str, Any]] = [
    ("POST", "/record-types", {"definition": {"name": "other"}}),
    ("PUT", "/record-types/{id:str}", {"definition": {"fields": []}, "with_data": True}),
    ("POST", "/record-types/{id:str}/remove", {"with_data": True}),
    ("PUT", "/record-types/{id:str}/rights", {"rights": [{"role": "Sales"}]}),
    ("POST", "/records/{type:str}", {"values": {"f": "x"}}),
    ("PUT", "/records/{type:str}/{id:str}", {"values": {"f": "y"}}),
    ("POST", "/records/{type:str}/{id:str}/delete", {}),
    ("POST", "/attachments/{id:str}/remove", {}),
    ("POST", "/saved-views", {"subject": "thing", "label": "Mine"}),
    ("PUT", "/saved-views/{id:str}", {"label": "Ours", "shared": True}),
    ("POST", "/saved-views/{id:str}/remove", {}),
]


MANY: list[tuple[str, str, Any]] = [
    ("POST", "/user-tasks/claim-many", {"user": "ada"}),
    ("POST", "/user-tasks/release-many", {}),
    ("POST", "/user-tasks/reassign-many", {"roles": ["clerks"]}),
    ("POST", "/user-tasks/postpone-many", {"start_at": "2999-01-01T00:00:00Z"}),
    ("POST", "/user-tasks/complete-many", {}),
    ("POST", "/definitions/{id:str}/start-many", {}),
]
VERSION = ("POST", "/definitions/{id:str}/activate")
FAVOURITE = ("PUT", "/processes/{id:str}/favourite")

CHANGES_OF_PEOPLE: list[tuple[str, str, Any]] = [
    ("PUT", "/me/settings", {"digest": "daily"}),
    ("PUT", "/me/password", {"old": PASSWORD, "new": "another good one"}),
    ("POST", "/sessions/{session}/end", {}),
    ("POST", "/api-tokens", {"name": "reports"}),
    ("POST", "/api-tokens/{token}/revoke", {}),
    ("POST", "/people", {"name": "bob"}),
    ("PUT", "/people/{name}", {"email": "a@b"}),
    ("POST", "/people/{name}/disable", {}),
    ("POST", "/people/{name}/enable", {}),
    ("PUT", "/people/{name}/password", {"password": PASSWORD}),
    ("POST", "/roles", {"name": "packers"}),
    ("PUT", "/roles/{name}", {"label": "All"}),
    ("POST", "/roles/{name}/remove", {}),
    ("POST", "/roles/{name}/add-members", {"people": ["ada"]}),
    ("POST", "/roles/{name}/remove-members", {"people": ["ada"]}),
]


BESIDE_STEPS: list[tuple[str, str, Any]] = [
    ("POST", "/user-tasks/{task}/comments", {"text": "soon"}),
    ("PUT", "/user-tasks/{task}/presence", {}),
    ("PUT", "/me/notifications", {}),
    ("POST", "/notifications/{notice}/read", {}),
    ("POST", "/notifications/{notice}/postpone", {"until": (datetime.now(UTC) + timedelta(1)).isoformat()}),
]


@pytest.mark.parametrize(("method", "path", "body"), BESIDE_STEPS)
def test_what_is_beside_steps_is_refused_and_can_be_repeated(
    api: Api, method: str, path: str, body: Any
) -> None:
    task = api.start("form")["user_tasks"][0]["id"]
    with api.engine.store.transaction() as tx:
        [notice] = notifications.add(tx.session, [("ada", About("comment", 1, 1, "Fill in"))], tx.now)
    given: dict[str, Any] = {"json": body, "headers": {"Stepwell-Actor": "ada"}}
    path = path.format(task=task, notice=notice.id)
    with without_room(api.engine.store):
        answer = api.ask(method, path, **given)
        assert (answer.status_code, answer.json()["code"]) == (503, "database.unavailable")
    assert api.ask(method, path, **given).is_success


@pytest.mark.parametrize(("method", "path", "body"), CHANGES_OF_PEOPLE)
def test_a_change_of_people_is_refused_and_can_be_repeated(
    api: Api, method: str, path: str, body: Any
) -> None:
    roles.add(api.engine.store, Role("clerks"), STEPWELL)
    for name in ("ada", "eve"):
        people.add(api.engine.store, NewPerson(name=name, password=PASSWORD), STEPWELL)
    session = logins.login(api.engine.store, Attempt("ada", PASSWORD), api.engine.settings).session
    token = api_tokens.add(api.engine.directory, "ada", Wanted("test")).id
    path = path.format(session=session, token=token, name="clerks" if "roles" in path else "eve")
    given: dict[str, Any] = {"json": body, "headers": {"Stepwell-Actor": "ada"}}
    with without_room(api.engine.store):
        answer = api.ask(method, path, **given)
        assert (answer.status_code, answer.json()["code"]) == (503, "database.unavailable")
    assert api.ask(method, path, **given).status_code in (200, 201)


def change(api: Api, path: str, body: Any, method: str, key: str = "") -> tuple[int, str]:
    """Make a change to something that is there; gives status and code."""
    wanted = "divide" if "incidents" in path else "form"
    id = api.get("/instances", process_id=wanted).json()["items"][0]["id"]
    headers = {"Idempotency-Key": key} if key else {}
    answer = api.ask(method, path.format(id), json=body, headers=headers)
    return answer.status_code, answer.json().get("code", "")


def test_the_changes_are_all_that_the_api_has() -> None:
    places = ("{}-1", "{}", "{session}", "{token}", "{name}", "{task}", "{notice}")
    known = {
        (method, functools.reduce(lambda path, place: path.replace(place, "{id:str}"), places, path))
        for method, path, _ in [*CHANGES, *CHANGES_OF_PEOPLE, *BESIDE_STEPS]
    }
    of_records = {(method, path) for method, path, _ in RECORDS}
    made = {(found.method, found.path) for group in COMMANDS.values() for found in group}
    of_many = {(method, path) for method, path, _ in MANY}
    assert known | of_records | of_many | {FAVOURITE, VERSION} | QUESTIONS == made


@pytest.mark.parametrize(("method", "path", "body"), [given for given in MANY if "{" not in given[1]])
def test_each_of_many_is_refused_and_can_be_repeated(api: Api, method: str, path: str, body: Any) -> None:
    task = api.start("form")["user_tasks"][0]["id"]
    asked = {**body, "ids": [task]}
    if "release" in path:
        api.post(f"/user-tasks/{task}/claim", {"user": "ada"})
    with without_room(api.engine.store):
        [row] = api.ask(method, path, json=asked).json()["items"]
        assert (row["is_done"], row["code"]) == (False, "database.unavailable")
    [row] = api.ask(method, path, json=asked).json()["items"]
    assert row["is_done"] or row["code"] == "user-task.no-candidates", row


def test_a_favourite_is_refused_and_can_be_repeated(api: Api) -> None:
    asked: dict[str, Any] = {"json": {"is_favourite": True}, "headers": {"Stepwell-Actor": "ada"}}
    with without_room(api.engine.store):
        answer = api.ask("PUT", "/processes/form/favourite", **asked)
        assert (answer.status_code, answer.json()["code"]) == (503, "database.unavailable")
    assert api.ask("PUT", "/processes/form/favourite", **asked).json()["is_favourite"]


@pytest.mark.parametrize(("method", "path", "body"), RECORDS)
def test_a_change_of_records_is_refused_and_can_be_repeated(
    api: Api, method: str, path: str, body: Any
) -> None:
    api.post("/record-types", {"definition": {"name": "thing", "fields": [{"name": "f", "type": "text"}]}})
    record = api.post("/records/thing", {"values": {"f": "old"}}).json()["id"]
    content = {"content": b"x", "headers": {"content-type": "application/octet-stream"}}
    ids = {
        "/attachments": api.ask("POST", f"/records/{record}/attachments?name=x", **content).json()["id"],
        "/saved-views": api.post("/saved-views", {"subject": "thing", "label": "x"}).json()["id"],
        "/records": record.partition("/")[2],
        "/record-types": "thing",
    }
    concrete = path.replace("{type:str}", "thing").replace("{id:str}", ids[f"/{path.split('/')[1]}"])
    with without_room(api.engine.store):
        answer = api.ask(method, concrete, json=body)
        assert (answer.status_code, answer.json()["code"]) == (503, "database.unavailable")
    assert api.ask(method, concrete, json=body).status_code < 300


@pytest.mark.parametrize(
    ("key", "method", "path", "body"),
    [
        (key, *given)
        for key in ("", "order 17")
        for given in CHANGES
        if key or given[1] != "/signals"  # nobody waits for it: only the key has to be written
    ],
)
def test_a_change_is_refused_and_can_be_repeated(
    api: Api, key: str, method: str, path: str, body: Any
) -> None:
    api.start("divide")
    task = api.start("form")["user_tasks"][0]["id"]
    if "release" in path:
        api.post(f"/user-tasks/{task}/claim", {"user": "ada"})
    if "draft" in path:
        api.post(f"/user-tasks/{task}/open", {})
    with without_room(api.engine.store):
        assert change(api, path, body, method, key) == (503, "database.unavailable")
    status, code = change(api, path, body, method, key)
    assert status < 300 or code == "user-task.no-candidates"


def test_a_deployment_is_refused_and_can_be_repeated(api: Api) -> None:
    xml = (MODELS / "form.bpmn").read_bytes().replace(b"Fill the form in", b"Fill in")
    deploy: dict[str, Any] = {"content": xml, "headers": {"content-type": "application/xml"}}
    with without_room(api.engine.store):
        answer = api.ask("POST", "/deployments", **deploy)
        assert (answer.status_code, answer.json()["code"]) == (503, "database.unavailable")
    assert api.ask("POST", "/deployments", **deploy).status_code == 201


def test_an_application_is_refused_and_can_be_repeated(api: Api) -> None:
    data = archives.write({"app.yaml": b"name: shop\n", "lookups/size.csv": b"code,label\nsmall,Small\n"})
    deploy: dict[str, Any] = {"content": data, "headers": {"content-type": "application/zip"}}
    with without_room(api.engine.store):
        answer = api.ask("POST", "/applications", **deploy)
        assert (answer.status_code, answer.json()["code"]) == (503, "database.unavailable")
    assert api.ask("POST", "/applications", **deploy).status_code == 200


def test_what_is_there_can_be_read_meanwhile(api: Api) -> None:
    started = api.start("form")
    with without_room(api.engine.store):
        for path in ("/instances", f"/instances/{started['id']}", "/user-tasks", "/definitions"):
            assert api.get(path).status_code == 200
