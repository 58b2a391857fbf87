"""What can be wrong with a request itself: refused with a code, the field, and never a trace."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from stepwell.api.front import LARGEST_BODY
from tests.api.conftest import MODELS, TOKEN, Api, opened

JSON = {"Content-Type": "application/json"}
START = "/instances"


@pytest.fixture
def api(sqlite_template: Path, tmp_path: Path) -> Iterator[Api]:
    """These never reach a database."""
    copy = tmp_path / "stepwell.db"
    copy.write_bytes(sqlite_template.read_bytes())
    with opened(f"sqlite:///{copy}") as found:
        yield found


def told(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in answer.text
    body = answer.json()
    assert body["status"] == answer.status_code
    return answer.status_code, body["code"]


@pytest.mark.parametrize("body", [
    b"", b"{", b"\xff", b'{"process_id": "a"} x', b'{"process_id": NaN}', b'{"process_id": "\\ud800"}',
    b'{"process_id": "a", "variables": {"x": ' + b"[" * 100_000,
])  # fmt: skip
def test_what_is_no_json_is_refused(api: Api, body: bytes) -> None:
    assert told(api.ask("POST", START, content=body, headers=JSON)) == (400, "body.not-json")


@pytest.mark.parametrize(("body", "field"), [
    ([], ""), ({}, "process_id"), ({"process_id": 1}, "process_id"), ({"process_id": "a", "variables": []}, "variables"),
    ({"process_id": "a", "version": "1"}, "version"), ({"process_id": "a", "version": 0}, "version"),
    ({"process_id": "a", "business_key": "k" * 256}, "business_key"), ({"process_id": "a\0b"}, "process_id"),
    ({"process_id": "a", "actor": None}, "actor"),
])  # fmt: skip
def test_a_body_of_another_shape_is_refused_with_its_field(api: Api, body: Any, field: str) -> None:
    answer = api.ask("POST", START, json=body)
    assert told(answer) == (422, "body.invalid")
    assert answer.json()["problems"][0].get("field", "") == field


def test_an_unknown_field_is_refused_with_the_nearest_that_is_known(api: Api) -> None:
    answer = api.post(START, {"process_id": "form", "varables": {}})
    assert told(answer) == (422, "body.invalid")
    (problem,) = answer.json()["problems"]
    assert (problem["rule"], problem["field"]) == ("field.unknown", "varables")
    assert problem["message"].endswith("but found 'varables' (did you mean variables?).")


def test_everything_that_is_wrong_with_a_body_is_told_at_once(api: Api) -> None:
    body = {"version": "1", "actor": None, "variables": {"#1": 1, "@2": 2, "ok": 3}, "colour": "red"}
    problems = api.post(START, body).json()["problems"]
    assert {(problem["rule"], problem["field"]) for problem in problems} == {
        ("field.unknown", "colour"), ("field.missing", "process_id"), ("field.invalid", "version"),
        ("field.invalid", "actor"), ("field.invalid", "variables.#1"), ("field.invalid", "variables.@2"),
    }  # fmt: skip


@pytest.mark.parametrize(("body", "message"), [
    ([], "Expected an object, but found an empty list."),
    ([1], "Expected an object, but found a list."),
    ({}, "Expected a value for process_id, but there is none."),
    ({"process_id": 1}, "Expected process_id to be text of 1 to 255 characters, but found the number 1."),
    ({"process_id": " "}, "Expected process_id to be text of 1 to 255 characters, but found nothing but blanks."),
    ({"process_id": ""}, "Expected process_id to be text of 1 to 255 characters, but found empty text."),
    ({"process_id": "a\0"}, "Expected process_id to be text of 1 to 255 characters, but found text with the character NUL."),
    ({"process_id": "a", "actor": "x" * 300}, "Expected actor to be text of at most 255 characters, but found text of 300 characters."),
    ({"process_id": "a", "version": 0}, "Expected version to be a whole number from 1 to 9007199254740992, but found the number 0."),
    ({"process_id": "a", "version": 10**40}, "Expected version to be a whole number from 1 to 9007199254740992, but found a number with many digits."),
    ({"process_id": "a", "version": True}, "Expected version to be a whole number from 1 to 9007199254740992, but found true."),
    ({"process_id": "a", "variables": "x"}, "Expected variables to be an object with names and values, but found the text 'x'."),
    ({"process_id": "a", "variables": {"#": 1}}, "Expected a name of 1 to 255 characters that begins with neither # nor @, but found '#'."),
])  # fmt: skip
def test_a_refusal_says_what_was_expected_and_what_was_found(api: Api, body: Any, message: str) -> None:
    assert [problem["message"] for problem in api.post(START, body).json()["problems"]] == [message]


@pytest.mark.parametrize(("ids", "messages"), [
    ([], ["Expected ids to be 1 to 200 values, but found an empty list."]),
    (["1-1"] * 201, ["Expected ids to be 1 to 200 values, but found a list of 201 values."]),
    (["1-1", 2, ""], [
        "Expected ids[1] to be text of 1 to 255 characters, but found the number 2.",
        "Expected ids[2] to be text of 1 to 255 characters, but found empty text."]),
])  # fmt: skip
def test_a_list_names_the_bound_that_was_missed_or_the_values_that_do_not_fit(
    api: Api, ids: list[Any], messages: list[str]
) -> None:
    problems = api.post("/user-tasks/complete-many", {"ids": ids}).json()["problems"]
    assert [problem["message"] for problem in problems] == messages


def test_a_field_that_is_there_twice_is_no_riddle(api: Api) -> None:
    answer = api.ask("POST", START, content=b'{"process_id": 1, "process_id": "form"}', headers=JSON)
    assert told(answer) == (422, "body.invalid")
    assert answer.json()["detail"] == "Expected a body as described, but a field is there twice."


def test_an_empty_body_is_called_empty(api: Api) -> None:
    answer = api.ask("POST", START, content=b"", headers=JSON)
    assert answer.json()["detail"] == "Expected a body of JSON, but it is empty."


@pytest.mark.parametrize(("path", "query", "messages"), [
    ("/instances", {"limit": "x", "status": "gone", "lim": "3"}, [
        "Expected one of after, business_key, limit, process_id, search, started_after, started_before, starter, status, but found 'lim' (did you mean limit?).",
        "Expected status to be one of cancelled, completed, incident, running, terminating, but found 'gone'.",
        "Expected limit to be a whole number from 1 to 200, but found 'x'."]),
    ("/inbox", {"user": "ann", "roles": ["r"] * 201}, ["Expected roles to be at most 200 values, but found 201 values."]),
    ("/user-tasks", {"due_before": "soon"},
     ["Expected due_before to be a date and time like 2024-01-31T10:30:00Z, but found 'soon'."]),
    ("/instances/1/variables", {"scope": "x"},
     ["Expected scope to be a whole number from 0 to 9007199254740992, but found 'x'."]),
])  # fmt: skip
def test_all_wrong_parameters_are_told_in_words(
    api: Api, path: str, query: dict[str, Any], messages: list[str]
) -> None:
    answer = api.get(path, **query)
    assert told(answer) == (422, "parameters.invalid")
    assert [problem["message"] for problem in answer.json()["problems"]] == messages


@pytest.mark.parametrize(("method", "path", "header"), [
    ("GET", "/events", "Last-Event-ID"), ("PUT", "/records/contact/1", "Idempotency-Key"),
    ("POST", "/records/contact/import", "Idempotency-Key"),
])  # fmt: skip
def test_a_header_that_is_too_long_is_told_by_its_name(api: Api, method: str, path: str, header: str) -> None:
    answer = api.ask(method, path, headers={**JSON, header: "x" * 256}, content=b"{}")
    assert told(answer) == (422, "parameters.invalid")
    message = f"Expected {header} to be text of at most 255 characters, but found text of 256 characters."
    assert answer.json()["problems"] == [{"rule": "parameter.invalid", "message": message, "field": header}]


@pytest.mark.parametrize("name", ["", "#1", "@2"])
def test_a_variable_that_can_not_be_kept_is_refused(api: Api, name: str) -> None:
    assert told(api.post(START, {"process_id": "form", "variables": {name: 1}}))[0] == 422


def test_a_number_that_is_too_long_is_kept_as_a_decimal(api: Api) -> None:
    api.engine.deploy(MODELS / "form.bpmn")
    assert api.post(START, {"process_id": "form", "variables": {"n": 10**30}}).status_code == 201


@pytest.mark.parametrize(
    "media_type", ["text/plain", "", "application/x-www-form-urlencoded", "application/jsonx"]
)
def test_a_body_that_does_not_say_that_it_is_json_is_refused(api: Api, media_type: str) -> None:
    answer = api.ask("POST", START, content=b'{"process_id": "form"}', headers={"Content-Type": media_type})
    assert told(answer) == (415, "body.media-type")


def test_the_media_type_may_name_its_characters(api: Api) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    answer = api.ask("POST", START, content=b'{"process_id": "nope"}', headers=headers)
    assert told(answer) == (404, "process.unknown")


def test_a_body_that_is_too_large_is_refused(api: Api) -> None:
    body = b'{"process_id": "' + b"x" * LARGEST_BODY + b'"}'
    assert told(api.ask("POST", START, content=body, headers=JSON)) == (413, "body.too-large")


@pytest.mark.parametrize("path", ["/nope", "/instances/1/nope", "/instances/1/cancel/2", "/api/v2/instances"])
def test_a_route_that_is_not_there_is_not_found(api: Api, path: str) -> None:
    answer = api.post(path)
    assert told(answer) == (404, "route.unknown")
    assert path in answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", "/instances/1"), ("GET", "/messages"), ("PUT", "/instances")]
)
def test_a_method_that_a_route_does_not_have_is_refused(api: Api, method: str, path: str) -> None:
    assert told(api.ask(method, path)) == (405, "method.not-allowed")


@pytest.mark.parametrize(("query", "rule"), [
    ({"lim": "3"}, "parameter.unknown"), ({"limit": "0"}, "parameter.invalid"), ({"limit": "x"}, "parameter.invalid"),
    ({"status": "gone"}, "parameter.invalid"), ({"starter": ["a", "b"]}, "parameter.repeated"),
    ({"after": "!!"}, "cursor.invalid"),
])  # fmt: skip
def test_a_wrong_filter_is_refused_by_name(api: Api, query: dict[str, Any], rule: str) -> None:
    answer = api.get("/instances", **query)
    assert told(answer)[0] == 422
    assert (answer.json()["problems"][0]["rule"], answer.json()["problems"][0]["field"]) == (
        rule,
        next(iter(query)),
    )


def rename(api: Api, table: str, name: str) -> None:
    with api.engine.store.transaction() as tx:
        tx.session.run(f"alter table {table} rename to {name}")


def test_our_own_fault_is_told_without_a_trace(api: Api) -> None:
    rename(api, "process_instance", "elsewhere")
    answer = api.get("/instances")
    rename(api, "elsewhere", "process_instance")
    assert told(answer) == (500, "internal")


@pytest.fixture
def guarded(sqlite_template: Path, tmp_path: Path) -> Iterator[Api]:
    copy = tmp_path / "guarded.db"
    copy.write_bytes(sqlite_template.read_bytes())
    with opened(f"sqlite:///{copy}", bearer=None) as found:
        yield found


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer sword", "Basic swordfish", "Bearer swordfish ", "swordfish"]
)
def test_without_the_token_nothing_is_told(guarded: Api, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    for method, path in (("GET", "/instances"), ("POST", "/instances"), ("GET", "/nope")):
        answer = guarded.ask(method, path, headers=headers)
        assert told(answer) == (401, "bearer.missing")
        assert answer.headers["www-authenticate"] == "Bearer"


def test_with_the_token_everything_is_open(guarded: Api) -> None:
    assert guarded.ask("GET", "/instances", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/docs", "/docs/openapi.json"])
def test_health_and_description_need_no_token(guarded: Api, path: str) -> None:
    assert guarded.get(path).status_code == 200


def test_doubled_slashes_are_no_way_around_the_token(guarded: Api) -> None:
    described = guarded.get("/docs/openapi.json").json()["paths"]
    asked = [(method, path) for path, methods in described.items() for method in methods]
    for method, path in asked:
        for doubled in (f"/{path}", path.replace("/", "//")):
            request = guarded.client.request(method.upper(), f"http://stepwell.test{doubled}")
            assert guarded.runner.run(request).status_code == 401, (method, doubled)
