"""What people are told, over HTTP on both databases."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stepwell.engine.commands import ReassignUserTask
from stepwell.services.ids import inner_key
from stepwell.services.requests import OnInstance
from stepwell.store import notifications
from stepwell.store.notifications import KEPT, About
from tests.api.world import World, company
from tests.engine.world import flows, process


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with company(database_url) as found:
        yield found


def hand_on(world: World, step: str, to: str, by: str) -> None:
    instance, key = inner_key(step, "user task")
    actor = world.engine.actor(by)
    world.engine.submit(OnInstance(instance, ReassignUserTask(key, to, actor=by), key, by=actor))


def items(world: World, who: str, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.get(who, "/me/notifications", **query).json()["items"]
    return found


def kinds(world: World, who: str) -> list[str]:
    return [item["kind"] for item in items(world, who)]


def unread(world: World, who: str) -> int:
    found: int = world.get(who, "/me/notifications").json()["unread"]
    return found


def tell(world: World, who: str, count: int = 1) -> list[str]:
    """Notifications of somebody; gives their ids."""
    with world.engine.store.transaction() as tx:
        told = [(who, About("comment", 1, 3, f"{number}")) for number in range(count)]
        return [str(row.id) for row in notifications.add(tx.session, told, tx.now)]


# -- what is told -----------------------------------------------------------------------------------------


def test_a_step_that_somebody_else_assigns_to_me_is_told_to_me(world: World) -> None:
    step = f"{world.order()}-3"
    before = len(items(world, "starter"))
    hand_on(world, step, "starter", "member")
    [found, *_] = items(world, "starter")
    assert (found["kind"], found["user_task"], found["by"], found["title"]) == (
        "step",
        step,
        "member",
        "Pack",
    )
    assert len(items(world, "starter")) == before + 1


def test_a_step_of_a_process_that_is_for_me_is_told_to_me(world: World) -> None:
    id = world.order()
    assert [item["user_task"] for item in items(world, "assignee")] == [f"{id}-2"]


def test_nobody_is_told_of_what_they_did_themselves(world: World) -> None:
    step = f"{world.order()}-3"
    world.post("member", f"/user-tasks/{step}/claim")
    assert items(world, "member") == []


def test_members_of_a_role_are_not_told_of_each_of_its_steps(world: World) -> None:
    world.order()
    assert items(world, "member") == items(world, "colleague") == []


DIVIDE = '<bpmn:scriptTask id="{}">{}<bpmn:script>=1 / nothing</bpmn:script></bpmn:scriptTask>'
FIVE = (
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>5</bpmn:loopCardinality>"
    "</bpmn:multiInstanceLoopCharacteristics>"
)
DIVIDING = process(
    '<bpmn:startEvent id="start"/><bpmn:parallelGateway id="fork"/><bpmn:endEvent id="end"/>'
    + DIVIDE.format("each", FIVE)
    + DIVIDE.format("other", "")
    + flows("start fork each end", "fork other end")
)


def test_of_many_incidents_at_once_operators_are_told_one_for_each_element(world: World) -> None:
    world.engine.deploy(DIVIDING)
    world.engine.start("p", actor="starter")
    assert len(world.engine.incidents().items) == 6
    assert kinds(world, "operator") == ["incident", "incident"]


def test_operators_are_told_of_an_incident_once_as_long_as_they_have_not_read_it(world: World) -> None:
    first, _second = world.order(), world.order()
    [found] = items(world, "operator")
    assert (found["kind"], found["incident"], found["user_task"]) == ("incident", f"{first}-4", "")
    world.post("operator", f"/notifications/{found['id']}/read")
    third = world.order()
    assert [item["incident"] for item in items(world, "operator", is_unread=True)] == [f"{third}-4"]


def stuck(world: World) -> dict[str, Any]:
    """What the operator is told of a run that divides by what is not there."""
    one = '<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>' + DIVIDE.format("one", "")
    world.engine.deploy(process(one + flows("start one end")))
    world.engine.start("p", actor="starter")
    [found] = items(world, "operator")
    return found


def repair(world: World, told: dict[str, Any]) -> None:
    world.engine.set_variables(told["instance_id"], {"nothing": 2}, reason="It was missing.")
    world.engine.retry(told["incident"])


def cancel(world: World, told: dict[str, Any]) -> None:
    world.engine.cancel(told["instance_id"])


def fail_again(world: World, told: dict[str, Any]) -> None:
    world.engine.retry(told["incident"])


def test_an_incident_is_told_by_the_name_of_the_run_with_what_is_wrong(world: World) -> None:
    told = stuck(world)
    [incident] = world.engine.incidents().items
    assert (told["title"], told["message"]) == (incident.instance_caption, incident.message)


@pytest.mark.parametrize("end", [repair, cancel])
def test_what_was_told_of_an_incident_is_read_when_it_is_repaired_or_gone(
    world: World, end: Callable[[World, dict[str, Any]], None]
) -> None:
    told = stuck(world)
    assert unread(world, "operator") == 1
    end(world, told)
    [found] = items(world, "operator")
    assert (unread(world, "operator"), found["read_at"] is None, found["message"]) == (0, False, "")


def test_an_incident_that_comes_again_is_still_to_be_read(world: World) -> None:
    fail_again(world, stuck(world))
    assert unread(world, "operator") == 1


def test_a_change_that_is_refused_tells_nobody(world: World) -> None:
    step = f"{world.order()}-3"
    world.post("stranger", f"/user-tasks/{step}/claim")
    world.post("member", f"/user-tasks/{step}/claim", user="nobody\0")
    assert items(world, "member") == []


# -- reading ----------------------------------------------------------------------------------------------


def test_they_stand_the_newest_first_page_by_page(world: World) -> None:
    ids = [tell(world, "member")[0] for _ in range(5)]
    first = world.get("member", "/me/notifications", limit=3).json()
    rest = world.get("member", "/me/notifications", limit=3, after=first["after"]).json()
    found = [item["id"] for item in [*first["items"], *rest["items"]]]
    assert (found, rest["after"]) == (ids[::-1], None)


def test_one_that_is_read_counts_no_more(world: World) -> None:
    one, _ = tell(world, "member", 2)
    assert unread(world, "member") == 2
    found = world.post("member", f"/notifications/{one}/read").json()
    assert found["read_at"] is not None
    assert unread(world, "member") == 1
    assert len(items(world, "member")) == 2


def test_read_again_the_first_time_counts(world: World) -> None:
    [one] = tell(world, "member")
    found = [world.post("member", f"/notifications/{one}/read").json()["read_at"] for _ in range(2)]
    assert found[0] == found[1]


def test_all_are_read_at_once(world: World) -> None:
    tell(world, "member", 3)
    tell(world, "colleague")
    assert world.ask("member", "PUT", "/me/notifications", json={}).json() == {"unread": 0}
    assert unread(world, "colleague") == 1


def test_those_about_one_step_are_read_at_once(world: World) -> None:
    tell(world, "member", 2)
    assert world.ask("member", "PUT", "/me/notifications", json={"about": "1-4"}).json() == {"unread": 2}
    assert world.ask("member", "PUT", "/me/notifications", json={"about": "1-3"}).json() == {"unread": 0}


def test_more_than_99_are_counted_as_100(world: World) -> None:
    tell(world, "member", 120)
    assert unread(world, "member") == 100


def test_what_is_somebody_elses_is_not_there(world: World) -> None:
    [one] = tell(world, "colleague")
    for path in ("read", "postpone"):
        body = {} if path == "read" else {"until": later(1)}
        answer = world.ask("member", "POST", f"/notifications/{one}/{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "notification.unknown")


@pytest.mark.parametrize("id", ["x", "0", "-1", "9" * 30, "٣"])
def test_what_is_no_id_is_not_there(world: World, id: str) -> None:
    assert world.post("member", f"/notifications/{id}/read").status_code == 404


# -- postponing -------------------------------------------------------------------------------------------


def later(days: float) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def test_one_that_is_put_off_is_gone_until_then(world: World) -> None:
    one, other = tell(world, "member", 2)
    found = world.post("member", f"/notifications/{one}/postpone", until=later(1)).json()
    assert found["shown_at"] > found["at"]
    assert [item["id"] for item in items(world, "member")] == [other]
    assert unread(world, "member") == 1


def test_one_that_was_put_off_comes_back_as_unread(world: World) -> None:
    [one] = tell(world, "member")
    world.post("member", f"/notifications/{one}/read")
    world.post("member", f"/notifications/{one}/postpone", until=later(1))
    with world.engine.store.transaction() as tx:
        tx.session.run("update notification set shown_at = ?", tx.now)
    assert [(item["id"], item["read_at"]) for item in items(world, "member")] == [(one, None)]


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_it_can_not_be_put_off_to_the_past_or_beyond_a_year(world: World, days: float) -> None:
    [one] = tell(world, "member")
    answer = world.post("member", f"/notifications/{one}/postpone", until=later(days))
    assert (answer.status_code, answer.json()["problems"][0]["field"]) == (422, "until")


# -- keeping ----------------------------------------------------------------------------------------------


def test_they_are_kept_for_30_days(world: World) -> None:
    tell(world, "member", 3)
    put_off = tell(world, "member")[0]
    world.post("member", f"/notifications/{put_off}/postpone", until=later(20))
    with world.engine.store.transaction() as tx:
        assert notifications.sweep(tx.session, tx.now + KEPT - 60_000_000) == 0
        assert notifications.sweep(tx.session, tx.now + KEPT + 60_000_000) == 3


def test_the_installations_own_bearer_is_told_nothing(world: World) -> None:
    assert world.get("stranger", "/me/notifications").json() == {"items": [], "unread": 0, "after": None}
