"""Stories of messages, signals and incidents over HTTP."""

from tests.api.conftest import Api


def test_a_message_reaches_who_waits_for_its_key(api: Api) -> None:
    ids = [api.start("letter", variables={"number": number})["id"] for number in (1, 2)]
    assert api.post("/messages", {"name": "letter", "key": "2"}).status_code == 202
    api.engine.work()
    places = [api.get(f"/instances/{id}").json()["waiting"][0]["element"] for id in ids]
    assert places == ["mail", "bell"]


def test_a_signal_reaches_everybody_who_waits(api: Api) -> None:
    ids = [api.start("letter", variables={"number": number})["id"] for number in (1, 2)]
    for key in ("1", "2"):
        api.post("/messages", {"name": "letter", "key": key})
    api.engine.work()
    assert api.post("/signals", {"name": "alarm"}).status_code == 202
    api.engine.work()
    assert {api.get(f"/instances/{id}").json()["status"] for id in ids} == {"completed"}


def test_a_message_without_a_name_is_refused(api: Api) -> None:
    answer = api.post("/messages", {"name": ""})
    assert (answer.status_code, answer.json()["problems"][0]["field"]) == (422, "name")


def test_a_stuck_element_is_listed_with_what_was_expected(api: Api) -> None:
    started = api.start("divide", variables={"size": "huge"})
    found = api.get("/incidents", process_id="divide").json()["items"]
    assert [(item["instance_id"], item["element"]) for item in found] == [(started["id"], "which")]
    assert found[0]["message"].startswith("Expected")


def test_an_incident_that_is_not_repaired_is_raised_again(api: Api) -> None:
    incident = api.start("divide", variables={"size": "huge"})["incidents"][0]
    again = api.post(f"/incidents/{incident['id']}/retry").json()["incidents"][0]
    assert again["code"] == incident["code"]
    assert api.get(f"/incidents/{again['id']}").status_code == 200


def test_an_incident_that_is_not_there_is_not_found(api: Api) -> None:
    instance = api.start("form")["id"]
    answers = [api.post(f"/incidents/{id}/retry") for id in (f"{instance}-1", "x")]
    assert [answer.json()["code"] for answer in answers] == ["incident.unknown", "incident.unknown"]
