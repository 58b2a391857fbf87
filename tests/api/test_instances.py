"""Stories of instances over HTTP."""

from datetime import date

from tests.api.conftest import Api


def test_a_start_says_where_the_instance_waits(api: Api) -> None:
    started = api.start("form", variables={"x": 1}, actor="ada")
    assert started["status"] == "running"
    assert [task["title"] for task in started["user_tasks"]] == ["Fill the form in"]


def test_an_instance_says_what_it_waits_for(api: Api) -> None:
    found = api.get(f"/instances/{api.start('letter', variables={'number': 7})['id']}").json()
    waits = [(item["element"], item["waits_for"]) for item in found["waiting"]]
    assert waits == [("mail", [{"kind": "message", "name": "letter", "key": "7"}])]


def test_an_instance_that_is_not_there_is_not_found(api: Api) -> None:
    answer = api.get("/instances/4711")
    assert (answer.status_code, answer.json()["code"]) == (404, "instance.unknown")


def test_a_process_that_is_not_there_is_not_found(api: Api) -> None:
    answer = api.post("/instances", {"process_id": "nope"})
    assert (answer.status_code, answer.json()["code"]) == (404, "process.unknown")


def test_values_that_a_process_does_not_take_are_refused_at_once_and_start_nothing(api: Api) -> None:
    values = {"days": "two", "form": "2030-01-31"}
    answer = api.post("/instances", {"process_id": "trip", "variables": values})
    assert (answer.status_code, answer.json()["code"]) == (422, "parameters.invalid")
    assert [problem["field"] for problem in answer.json()["problems"]] == ["form", "days", "city"]
    assert api.get("/instances").json()["items"] == []


def test_a_date_in_json_becomes_a_date_where_one_is_declared(api: Api) -> None:
    api.start("trip", variables={"city": "Rome", "from": "2030-01-31"})
    assert api.engine.variables("1")["from"] == date(2030, 1, 31)


def test_an_instance_and_its_task_say_how_it_is_called(api: Api) -> None:
    started = api.start("trip", variables={"city": "Rome"})
    assert api.get(f"/instances/{started['id']}").json()["caption"] == "Trip to Rome, 1 days"
    assert api.get("/instances").json()["items"][0]["caption"] == "Trip to Rome, 1 days"
    task = started["user_tasks"][0]["id"]
    assert api.get(f"/user-tasks/{task}").json()["instance_caption"] == "Trip to Rome, 1 days"
    assert api.get("/inbox", user="ann").json()["items"][0]["instance_caption"] == "Trip to Rome, 1 days"


def test_an_instance_of_a_process_without_caption_is_called_like_its_process(api: Api) -> None:
    task = api.start("form")["user_tasks"][0]["id"]
    assert api.get("/instances/1").json()["caption"] == "Form"
    assert api.get(f"/user-tasks/{task}").json()["instance_caption"] == "Form"


def test_an_incident_says_how_its_instance_is_called(api: Api) -> None:
    api.start("divide")
    assert api.get("/incidents").json()["items"][0]["instance_caption"] == "Divide"


def test_a_version_can_be_named(api: Api) -> None:
    started = api.start("form", version=1)
    assert api.get(f"/instances/{started['id']}").json()["version"] == 1


def test_a_version_that_is_not_there_is_not_found(api: Api) -> None:
    assert api.post("/instances", {"process_id": "form", "version": 9}).status_code == 404


def test_a_repeated_start_with_the_same_key_is_the_same_start(api: Api) -> None:
    key = {"headers": {"Idempotency-Key": "order 17"}}
    first, second = (api.post("/instances", {"process_id": "form"}, **key).json() for _ in range(2))
    assert (first["id"], first["user_tasks"]) == (second["id"], second["user_tasks"])
    assert second["is_repeated"]


def test_the_same_key_with_another_body_is_refused(api: Api) -> None:
    key = {"headers": {"Idempotency-Key": "order 17"}}
    api.post("/instances", {"process_id": "form"}, **key)
    answer = api.post("/instances", {"process_id": "letter"}, **key)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.other-request")


def test_lists_go_on_where_they_ended(api: Api) -> None:
    ids = [api.start("form")["id"] for _ in range(5)]
    first = api.get("/instances", limit=2).json()
    second = api.get("/instances", limit=3, after=first["after"]).json()
    assert [item["id"] for item in first["items"] + second["items"]] == ids[::-1]
    assert second["after"] is None


def test_lists_can_be_narrowed(api: Api) -> None:
    wanted = api.start("form", business_key="A1", actor="ada")["id"]
    api.start("form", business_key="A2", actor="bob")
    api.post(f"/instances/{api.start('form', business_key='A1')['id']}/cancel")
    found = api.get("/instances", status="running", business_key="A1", starter="ada", process_id="form")
    assert [item["id"] for item in found.json()["items"]] == [wanted]


def test_a_cancelled_instance_is_over(api: Api) -> None:
    id = api.start("form")["id"]
    assert (
        api.post(f"/instances/{id}/cancel", {"reason": "not needed", "actor": "ada"}).json()["status"]
        == "cancelled"
    )
    found = api.get(f"/instances/{id}").json()
    assert (found["status"], found["waiting"]) == ("cancelled", [])


def test_what_is_over_can_not_be_cancelled(api: Api) -> None:
    id = api.start("form")["id"]
    api.post(f"/instances/{id}/cancel")
    answer = api.post(f"/instances/{id}/cancel")
    assert answer.status_code == 409
    assert id in answer.json()["detail"]


def test_the_history_says_who_did_what_and_why(api: Api) -> None:
    id = api.start("form", actor="ada")["id"]
    api.post(f"/instances/{id}/cancel", {"reason": "not needed", "actor": "bob"})
    found = api.get(f"/instances/{id}/history").json()["items"]
    told = [(entry["command"], entry["actor"], entry["reason"]) for entry in found]
    assert told == [("StartInstance", "ada", ""), ("CancelInstance", "bob", "not needed")]


def test_the_history_comes_in_parts(api: Api) -> None:
    id = api.start("form")["id"]
    api.post(f"/instances/{id}/cancel")
    first = api.get(f"/instances/{id}/history", limit=1).json()
    second = api.get(f"/instances/{id}/history", limit=1, after=first["after"]).json()
    assert [entry["command"] for entry in first["items"] + second["items"]] == [
        "StartInstance",
        "CancelInstance",
    ]


def test_the_history_tells_how_long_a_timer_and_a_job_may_take(api: Api) -> None:
    id = api.start("pause")["id"]
    entry = api.get(f"/instances/{id}/history").json()["items"][0]
    [job] = [event["details"] for event in entry["events"] if event["type"] == "JobCreated"]
    assert (job["type"], job["timeout"], job["backoff"]) == ("timer", 60, 10)


def test_variables_are_read_as_json(api: Api) -> None:
    given = {"n": 1.5, "text": "ä", "list": [1, {"a": None}], "yes": True}
    id = api.start("form", variables=given)["id"]
    found = api.get(f"/instances/{id}/variables").json()
    assert (found["scope"], found["variables"]) == (0, given)


def test_variables_are_set_for_a_reason(api: Api) -> None:
    id = api.start("form", variables={"a": 1, "b": 1})["id"]
    api.ask("PUT", f"/instances/{id}/variables", json={"variables": {"b": 2}, "reason": "typing error"})
    assert api.get(f"/instances/{id}/variables").json()["variables"] == {"a": 1, "b": 2}
    assert api.get(f"/instances/{id}/history").json()["items"][-1]["reason"] == "typing error"


def test_text_becomes_a_date_where_its_type_is_said(api: Api) -> None:
    id = api.start("form")["id"]
    body = {
        "variables": {"until": "2030-01-31", "note": "x"},
        "types": {"until": "date"},
        "reason": "typing error",
    }
    assert api.ask("PUT", f"/instances/{id}/variables", json=body).status_code == 200
    assert api.get(f"/instances/{id}/variables").json()["types"] == {"until": "date", "note": "text"}
    assert api.engine.variables(id)["until"] == date(2030, 1, 31)


def test_every_variable_of_another_type_than_was_said_is_refused(api: Api) -> None:
    id = api.start("form", variables={"a": 1})["id"]
    body = {
        "variables": {"a": "x", "until": "soon", "b": 2}, "types": {"a": "number", "until": "date", "c": "text"},
        "reason": "typing error",
    }  # fmt: skip
    answer = api.ask("PUT", f"/instances/{id}/variables", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "variables.invalid")
    fields = {problem["field"] for problem in answer.json()["problems"]}
    assert fields == {"variables.a", "variables.until", "types.c"}
    assert api.engine.variables(id) == {"a": 1}


def test_variables_are_not_set_without_a_reason(api: Api) -> None:
    id = api.start("form")["id"]
    answer = api.ask("PUT", f"/instances/{id}/variables", json={"variables": {"b": 2}, "reason": " "})
    assert answer.status_code == 422


def test_a_scope_that_is_not_there_is_not_found(api: Api) -> None:
    id = api.start("form")["id"]
    body = {"variables": {"b": 2}, "reason": "repair", "scope": 99}
    answer = api.ask("PUT", f"/instances/{id}/variables", json=body)
    assert (answer.status_code, answer.json()["code"]) == (404, "scope.unknown")


def test_a_wrong_variable_is_repaired_and_the_instance_goes_on(api: Api) -> None:
    started = api.start("divide", variables={"size": "smal"})
    incident = started["incidents"][0]
    body = {"variables": {"size": "small"}, "reason": "typing error"}
    api.ask("PUT", f"/instances/{started['id']}/variables", json=body)
    assert (
        api.post(f"/incidents/{incident['id']}/retry", {"reason": "repaired"}).json()["status"] == "completed"
    )
