"""Stories of incidents over HTTP."""

from tests.api.conftest import Api


def stuck(api: Api) -> str:
    """The id of an incident whose element gave a word where a number was wanted."""
    task = api.start("piece")["user_tasks"][0]["id"]
    done = api.post(f"/user-tasks/{task}/complete", {"variables": {"price": "five", "amount": 3}}).json()
    found: str = done["incidents"][0]["id"]
    return found


def test_an_incident_shows_the_result_that_could_not_be_taken_over(api: Api) -> None:
    assert api.get(f"/incidents/{stuck(api)}").json()["values"] == {"price": "five", "amount": 3}


def test_a_retry_with_values_replaces_what_was_wrong_in_it(api: Api) -> None:
    answer = api.post(f"/incidents/{stuck(api)}/retry", {"values": {"price": 5}, "reason": "a number"})
    assert (answer.status_code, answer.json()["status"]) == (200, "completed")
    assert api.get("/instances/1/variables").json()["variables"] == {"total": 15}


def test_the_reason_of_a_retry_stands_in_the_history(api: Api) -> None:
    api.post(f"/incidents/{stuck(api)}/retry", {"values": {"price": 5}, "reason": "a number", "actor": "ada"})
    last = api.get("/instances/1/history").json()["items"][-1]
    assert (last["command"], last["actor"], last["reason"]) == ("RetryIncident", "ada", "a number")


def test_values_for_an_incident_that_keeps_none_are_refused(api: Api) -> None:
    incident = api.start("divide")["incidents"][0]["id"]
    answer = api.post(f"/incidents/{incident}/retry", {"values": {"size": "small"}})
    assert (answer.status_code, answer.json()["code"]) == (409, "incident.keeps-nothing")
