"""Stories of what people may run: lists, favourites, and starts for many records."""

from collections.abc import Iterator

import pytest

from stepwell.identity.policies.record import RecordRight
from tests.api.world import ORDER, World, company

CLIENT = {"name": "client", "fields": [{"name": "name", "type": "text"}]}
OFFERED = (
    b'<stepwell:process runBy="sellers" seenBy="auditors"/><stepwell:parameter name="client"/>'
    b'<stepwell:runFrom recordType="client" parameter="client"/>'
)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with company(database_url) as found:
        found.engine.records.put_type(CLIENT)
        found.engine.records.put_rights("client", [RecordRight(role="sellers"), RecordRight(role="clerks")])
        xml = ORDER.read_bytes().replace(b'<stepwell:process runBy="sellers" seenBy="auditors"/>', OFFERED)
        documented = b"<bpmn:documentation>Makes an offer.</bpmn:documentation><bpmn:extensionElements>"
        xml = xml.replace(b"<bpmn:extensionElements>", documented, 1)
        found.engine.deploy(xml.replace(b'id="order" name="Order"', b'id="offer" name="Offer"'))
        yield found


def listed(world: World, who: str, **asked: str) -> list[str]:
    return [item["process_id"] for item in world.get(who, "/me/processes", **asked).json()["items"]]


def test_one_sees_what_one_may_run(world: World) -> None:
    assert listed(world, "starter") == ["offer", "order"]
    assert listed(world, "member") == []
    assert listed(world, "seer") == []


def test_a_process_says_what_it_is_for_and_who_may_run_it(world: World) -> None:
    [found] = [
        item for item in world.get("seer", "/definitions").json()["items"] if item["process_id"] == "offer"
    ]
    assert (found["description"], found["run_by"], found["seen_by"]) == (
        "Makes an offer.",
        ["sellers"],
        ["auditors"],
    )
    assert found["is_active"]
    assert world.get("seer", f"/definitions/{found['id']}").json() == found


def test_processes_are_searched_by_name_and_id(world: World) -> None:
    assert listed(world, "starter", search="ORD") == ["order"]


def test_favourites_come_first_and_are_ones_own(world: World) -> None:
    world.ask("starter", "PUT", "/processes/order/favourite", json={"is_favourite": True})
    assert listed(world, "starter") == ["order", "offer"]
    assert listed(world, "starter", which="favourite") == ["order"]
    assert listed(world, "operator", which="favourite") == []


def test_what_was_started_last_comes_first_among_recent_ones(world: World) -> None:
    for process in ("offer", "order", "offer"):
        world.post("starter", "/instances", process_id=process)
    assert listed(world, "starter", which="recent") == ["offer", "order"]


def test_a_record_offers_what_takes_it_and_what_one_may_run(world: World) -> None:
    record = world.engine.records.add("client", {"name": "Acme"}).id
    [process] = world.get("starter", f"/records/{record}/processes").json()["items"]
    assert (process["process_id"], process["parameter"]) == ("offer", "client")
    assert world.get("member", f"/records/{record}/processes").json()["items"] == []
    assert world.get("stranger", f"/records/{record}/processes").status_code == 404


def test_starts_for_many_records_share_nothing_but_the_process(world: World) -> None:
    records = [world.engine.records.add("client", {"name": str(number)}).id for number in range(3)]
    [process] = world.get("starter", f"/records/{records[0]}/processes").json()["items"]
    path = f"/definitions/{process['definition_id']}/start-many"
    report = world.post("starter", path, records=[*records, "client/77", "nothing"]).json()
    assert [row["is_done"] for row in report["items"]] == [True, True, True, False, False]
    given = [
        world.get("starter", f"/instances/{row['instance_id']}/variables").json()["variables"]["client"]
        for row in report["items"][:3]
    ]
    assert given == records


def test_a_process_that_is_not_offered_on_a_type_is_not_started_from_it(world: World) -> None:
    record = world.engine.records.add("client", {"name": "Acme"}).id
    [definition] = [
        item for item in world.get("starter", "/definitions").json()["items"] if item["process_id"] == "order"
    ]
    report = world.post("starter", f"/definitions/{definition['id']}/start-many", records=[record]).json()
    assert [row["code"] for row in report["items"]] == ["process.not-offered"]


def test_a_wrong_value_is_told_for_each_record(world: World) -> None:
    record = world.engine.records.add("client", {"name": "Acme"}).id
    [process] = world.get("starter", f"/records/{record}/processes").json()["items"]
    path = f"/definitions/{process['definition_id']}/start-many"
    [row] = world.post("starter", path, records=[record], variables={"colour": "red"}).json()["items"]
    assert not row["is_done"]
    assert "colour" in row["message"]


def test_who_may_not_run_a_process_starts_it_for_no_record(world: World) -> None:
    record = world.engine.records.add("client", {"name": "Acme"}).id
    [process] = world.get("starter", f"/records/{record}/processes").json()["items"]
    report = world.post(
        "seer", f"/definitions/{process['definition_id']}/start-many", records=[record]
    ).json()
    assert report["done"] == 0
