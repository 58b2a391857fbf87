"""R1, R2, R6, D4 with a real server: data steps and record signals, asked over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import stepwell
from tests.acceptance import server
from tests.acceptance.server import Server, until
from tests.engine.world import flows
from tests.services.inline.drawing import (
    boundary,
    catching,
    filter_of,
    line,
    rights,
    starting,
    step,
    user,
    values,
)

XML = {"content-type": "application/xml"}
ACCOUNT = {
    "name": "account",
    "fields": [
        {"name": "name", "type": "text", "required": True},
        {"name": "city", "type": "text", "indexed": True},
        {"name": "count", "type": "integer", "default": 0},
    ],
}
IN_ROME = filter_of("city = Rome")


class Story:
    """A server, and what people ask of it."""

    def __init__(self, serving: Server) -> None:
        self.client = serving.client

    def post(self, path: str, **body: Any) -> Any:
        answer = self.client.post(path, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def deploy(self, xml: bytes) -> httpx.Response:
        return self.client.post("/deployments", content=xml, headers=XML)

    def start(self, xml: bytes, foreground: bool = False, **variables: Any) -> Any:
        answer = self.deploy(xml)
        assert answer.is_success, answer.text
        return self.post("/instances", process_id="p", variables=variables, foreground=foreground)

    def add(self, **given: Any) -> str:
        return str(self.post("/records/account", values=given)["id"])

    def change(self, id: str, **given: Any) -> None:
        assert self.client.put(f"/records/{id}", json={"values": given}).is_success

    def cities(self) -> list[str]:
        items = self.client.get("/records/account", params={"limit": 200}).json()["items"]
        return sorted(item["values"]["city"] or "" for item in items)

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(path, params=query).json()

    def steps(self) -> list[str]:
        return sorted(item["element"] for item in self.get("/user-tasks")["items"])

    def incident(self) -> Any:
        [found] = self.get("/incidents")["items"]
        return found

    def events(self, id: str, type: str) -> list[Any]:
        entries = self.get(f"/instances/{id}/history")["items"]
        return [event for entry in entries for event in entry["events"] if event["type"] == type]


@pytest.fixture
def story(database_url: str, tmp_path: Path) -> Iterator[Story]:
    with server.serving(database_url, tmp_path, step_records="20", poll_interval="0.1") as found:
        begun = Story(found)
        begun.post("/record-types", definition=ACCOUNT)
        yield begun
    with stepwell.open(database_url) as engine:
        assert engine.verify() == []


# -- R1 --------------------------------------------------------------------------------------------------


def test_r1_a_record_that_was_added_starts_a_process(story: Story) -> None:
    story.deploy(line(user("look"), start=starting("added", IN_ROME)))
    story.add(name="other", city="Oslo")
    account = story.add(name="a", city="Rome")
    until(lambda: story.steps() == ["look"], "the process is started")
    [instance] = story.get("/instances")["items"]
    variables = story.get(f"/instances/{instance['id']}/variables")["variables"]
    assert variables == {"record": account, "change": "added"}


def test_r1_only_the_listed_fields_of_a_changed_record_count(story: Story) -> None:
    account = story.add(name="a", city="Oslo")
    story.deploy(line(user("look"), start=starting("changed", fields="city")))
    story.change(account, name="b")
    story.change(account, city="Rome")
    until(lambda: story.steps() == ["look"], "the process is started once")


def test_r1_a_record_that_was_deleted_starts_a_process(story: Story) -> None:
    account = story.add(name="a")
    story.deploy(line(user("look"), start=starting("deleted")))
    story.post(f"/records/{account}/delete")
    until(lambda: story.steps() == ["look"], "the process is started")


def test_r1_each_record_of_an_import_starts_an_instance(story: Story) -> None:
    story.deploy(line(user("look"), start=starting("added")))
    rows = "name\n" + "".join(f"n{number}\n" for number in range(120))
    done = story.client.post("/records/account/import", content=rows, headers={"content-type": "text/csv"})
    assert done.json()["added"] == 120
    until(lambda: len(story.get("/instances", limit=200)["items"]) == 120, "all are started")


def test_r1_a_waiting_process_goes_on_when_its_record_is_as_it_wants_it(story: Story) -> None:
    account = story.add(name="a", city="Oslo")
    story.start(line(catching("wait", "changed", IN_ROME, record="= account"), user("look")), account=account)
    story.change(account, city="Bergen")
    story.change(account, city="Rome")
    until(lambda: story.steps() == ["look"], "the process goes on")


def test_r1_a_step_for_a_person_ends_with_its_record(story: Story) -> None:
    account = story.add(name="a")
    more = boundary("b", "work", "deleted", record="= account") + user("sorry") + flows("b sorry end")
    story.start(line(user("work"), more=more), account=account)
    story.post(f"/records/{account}/delete")
    until(lambda: story.steps() == ["sorry"], "the step is ended")


def test_r1_an_instance_of_a_record_is_called_by_its_title(story: Story) -> None:
    account, gone = story.add(name="Harbour Studio", city="Rome"), "account/999"
    caption = '<bpmn:extensionElements><stepwell:process caption="Offer for {who}"/></bpmn:extensionElements>'
    for who in (account, gone, "Ada"):
        story.start(line(user("look"), more=caption), who=who)
    found = sorted(item["caption"] for item in story.get("/instances")["items"])
    assert found == ["Offer for Ada", "Offer for Harbour Studio", f"Offer for {gone}"]


# -- R2 --------------------------------------------------------------------------------------------------


def test_r2_steps_read_add_change_and_delete_records(story: Story) -> None:
    for name, city in (("a", "Rome"), ("b", "Rome"), ("c", "Oslo")):
        story.add(name=name, city=city)
    begun = story.start(
        line(
            step("rome", "read", IN_ROME, mode="count"),
            step("new", "add", values(name="= &quot;n&quot; + string(rome)", city="Bergen")),
            step("move", "change", values(city="Paris") + IN_ROME),
            step("clean", "delete", filter_of("city = Oslo")),
            user("look"),
        )
    )
    assert story.cities() == ["Bergen", "Paris", "Paris"]
    variables = story.get(f"/instances/{begun['id']}/variables")["variables"]
    assert (variables["rome"], variables["move"], variables["clean"]) == (2, 2, 1)
    counts = [(e["element"], e["details"]["count"]) for e in story.events(begun["id"], "RecordsTouched")]
    assert counts == [("rome", 2), ("new", 1), ("move", 2), ("clean", 1)]


@pytest.mark.parametrize("verb", ["change", "delete"])
def test_r2_without_any_condition_it_is_refused_at_deployment(story: Story, verb: str) -> None:
    given = values(city="x") if verb == "change" else ""
    answer = story.deploy(line(step("clean", verb, given)))
    assert answer.status_code == 422
    [problem] = answer.json()["problems"]
    assert (problem["rule"], problem["element"]) == ("records.filter-missing", "clean")
    assert problem["hint"]


def test_r2_a_missing_value_in_a_condition_is_an_incident_never_no_condition(story: Story) -> None:
    story.add(name="a", city="Rome")
    begun = story.start(line(step("clean", "delete", filter_of("city = = city")), user("look")), city=None)
    assert (story.incident()["code"], story.cities()) == ("filter.value-missing", ["Rome"])
    body = {"variables": {"city": "Rome"}, "reason": "forgotten"}
    assert story.client.put(f"/instances/{begun['id']}/variables", json=body).is_success
    story.post(f"/incidents/{story.incident()['id']}/retry")
    assert (story.cities(), story.steps()) == ([], ["look"])


def test_r2_many_records_are_touched_in_slices_each_once(story: Story) -> None:
    rows = "name,city\n" + "".join(f"n{number},Rome\n" for number in range(90))
    story.client.post("/records/account/import", content=rows, headers={"content-type": "text/csv"})
    move = step("move", "change", values(city="Oslo", count="= selected.count + 1") + IN_ROME)
    begun = story.start(line(move, user("look")))
    until(lambda: story.steps() == ["look"], "all slices are done")
    total = story.get("/records/account/measure", what="sum", field="count")
    assert total["value"] == 90
    sizes = [event["details"].get("count", 0) for event in story.events(begun["id"], "RecordsTouched")]
    assert (sum(sizes), max(sizes)) == (90, 20)


def test_r2_a_person_in_the_foreground_is_told_that_slices_go_on(story: Story) -> None:
    rows = "name,city\n" + "".join(f"n{number},Rome\n" for number in range(90))
    story.client.post("/records/account/import", content=rows, headers={"content-type": "text/csv"})
    move = step("move", "change", values(city="Oslo") + IN_ROME)
    assert story.start(line(move, user("look")), foreground=True)["state"] in ("running", "waiting")
    until(lambda: story.steps() == ["look"], "all slices are done")


@pytest.mark.parametrize("option", [{"atMost": "89"}, {"allOrNothing": "true"}])
def test_r2_above_a_maximum_nothing_is_touched(story: Story, option: dict[str, str]) -> None:
    rows = "name,city\n" + "".join(f"n{number},Rome\n" for number in range(90))
    story.client.post("/records/account/import", content=rows, headers={"content-type": "text/csv"})
    story.start(line(step("clean", "delete", IN_ROME, **option), user("look")))
    until(lambda: story.get("/incidents")["items"], "it is an incident")
    assert (story.incident()["code"], len(story.cities())) == ("records.too-many", 90)


# -- R6, D4 ----------------------------------------------------------------------------------------------


def test_r6_a_refused_completion_leaves_neither_step_nor_records_changed(story: Story) -> None:
    begun = story.start(line(user("ask"), step("new", "add", values(name="= who")), user("look")))
    [task] = begun["user_tasks"]
    first = story.client.post(f"/user-tasks/{task['id']}/complete", json={"variables": {"who": "a"}})
    second = story.client.post(f"/user-tasks/{task['id']}/complete", json={"variables": {"who": "b"}})
    assert (first.status_code, second.status_code) == (200, 409)
    assert [item["element"] for item in first.json()["user_tasks"]] == ["look"]
    assert [item["title"] for item in story.get("/records/account")["items"]] == ["a"]


def test_d4_with_the_rights_of_the_starter_a_missing_right_is_an_incident(story: Story) -> None:
    story.add(name="a", city="Rome")
    story.deploy(line(step("clean", "delete", IN_ROME), more=rights("starter")))
    story.post("/instances", process_id="p", actor="ada")
    found = story.incident()
    assert found["code"] == "record.not-allowed"
    assert all(word in found["message"] for word in ("'ada'", "'account'", "delete"))
