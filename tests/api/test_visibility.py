"""D4 and D5 over HTTP, on both databases: who sees what of an order, and who may do what with its steps."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.world import PEOPLE, World, company


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with company(database_url) as found:
        yield found


def seeing(world: World, path: str) -> set[str]:
    return {who for who in PEOPLE if world.get(who, path).status_code == 200}


def listed(world: World, who: str, path: str, **query: Any) -> list[str]:
    return [item["id"] for item in world.get(who, path, **query).json()["items"]]


def titles(world: World, who: str) -> list[str]:
    return [item["title"] for item in world.get(who, "/inbox").json()["items"]]


INVOLVED = {"starter", "assignee", "member", "colleague", "former", "seer", "operator"}


def test_d5_an_instance_is_seen_by_who_is_involved_and_no_one_else(world: World) -> None:
    id = world.order()
    for path in ("", "/history", "/variables", "/diagram"):
        assert seeing(world, f"/instances/{id}{path}") == INVOLVED
    assert {who for who in PEOPLE if id in listed(world, who, "/instances")} == INVOLVED


def test_d5_a_former_participant_keeps_seeing_the_instance_when_it_is_over(world: World) -> None:
    id = world.order()
    world.post("operator", f"/instances/{id}/cancel", reason="test")
    assert seeing(world, f"/instances/{id}") == INVOLVED


def test_d5_what_one_may_not_see_is_told_as_what_is_not_there(world: World) -> None:
    id = world.order()
    for path, other in ((f"/instances/{id}", "/instances/99"), (f"/user-tasks/{id}-3", "/user-tasks/99-3")):
        hidden, missing = world.get("stranger", path).json(), world.get("stranger", other).json()
        assert hidden["code"] == missing["code"]
        assert hidden["detail"].replace(id, "N") == missing["detail"].replace("99", "N")


def test_d5_commands_tell_a_stranger_no_more_than_reading(world: World) -> None:
    id = world.order()
    for path in (f"/instances/{id}/cancel", f"/incidents/{id}-4/retry"):
        hidden = world.post("stranger", path).json()
        missing = world.post("stranger", path.replace(f"/{id}", "/99")).json()
        assert hidden["code"] == missing["code"] == "instance.unknown"
        assert hidden["detail"].replace(id, "N") == missing["detail"].replace("99", "N")


GIVEN = {"reassign": {"assignee": "member"}, "postpone": {"start_at": "2099-01-01T00:00:00Z"}}


@pytest.mark.parametrize("command", ["claim", "complete", "open", "release", "postpone", "reassign"])
def test_d5_a_command_on_a_hidden_step_is_refused_as_reading_it(world: World, command: str) -> None:
    id = world.order()
    for step in (f"{id}-3", "99-3"):
        told = world.post("stranger", f"/user-tasks/{step}/{command}", **GIVEN.get(command, {}))
        read = world.get("stranger", f"/user-tasks/{step}")
        assert (told.status_code, told.json()) == (404, read.json())


def test_d5_in_a_row_of_many_a_hidden_step_is_refused_as_alone(world: World) -> None:
    hidden = f"{world.order()}-3"
    report = world.post("stranger", "/user-tasks/claim-many", ids=[hidden, "99-3"]).json()
    assert [(row["code"], row["message"]) for row in report["items"]] == [
        ("user-task.not-open", f"Expected user task {id} to be open, but it is not.")
        for id in (hidden, "99-3")
    ]


def test_d5_a_completed_step_tells_who_did_it_only_to_those_who_see_the_instance(world: World) -> None:
    id = world.order()
    world.post("member", f"/user-tasks/{id}-3/complete")
    answer = world.post("colleague", f"/user-tasks/{id}-3/complete")
    assert (answer.status_code, "member completed it" in answer.json()["detail"]) == (409, True)
    assert world.post("stranger", f"/user-tasks/{id}-3/complete").status_code == 404


def test_d5_the_panel_holds_what_is_ones_own_to_do_also_for_operators(world: World) -> None:
    world.order()
    assert {who: titles(world, who) for who in PEOPLE if titles(world, who)} == {
        "assignee": ["Approve"],
        "member": ["Pack"],
        "colleague": ["Pack"],
    }


def test_d5_a_claimed_step_leaves_the_panels_of_the_colleagues_and_comes_back(world: World) -> None:
    task = f"{world.order()}-3"
    world.post("member", f"/user-tasks/{task}/claim")
    assert (titles(world, "member"), titles(world, "colleague")) == (["Pack"], [])
    taken = world.get("colleague", "/user-tasks", assignee="member").json()["items"]
    assert [item["id"] for item in taken] == [task]
    world.post("member", f"/user-tasks/{task}/release")
    assert titles(world, "colleague") == ["Pack"]


def test_d5_a_step_that_somebody_has_is_not_completed_by_others(world: World) -> None:
    task = f"{world.order()}-3"
    world.post("member", f"/user-tasks/{task}/claim")
    answer = world.post("colleague", f"/user-tasks/{task}/complete")
    assert (answer.status_code, answer.json()["code"]) == (409, "user-task.taken")
    assert answer.json()["detail"] == f"Expected user task {task} to be free, but member has it."
    assert world.post("member", f"/user-tasks/{task}/complete").status_code == 200


def test_d5_a_step_that_somebody_has_is_not_given_back_by_others(world: World) -> None:
    task = f"{world.order()}-3"
    world.post("member", f"/user-tasks/{task}/claim")
    assert world.post("colleague", f"/user-tasks/{task}/release").status_code == 409
    assert world.post("starter", f"/user-tasks/{task}/release").status_code == 403


def test_t6_first_click_wins_also_between_claim_and_complete(world: World) -> None:
    task = f"{world.order()}-3"
    assert world.post("colleague", f"/user-tasks/{task}/complete").status_code == 200
    assert world.post("member", f"/user-tasks/{task}/claim").status_code == 409


def test_d5_contents_of_an_open_step_are_for_who_has_it_and_may_take_it(world: World) -> None:
    id = world.order()
    assert seeing(world, f"/instances/{id}/variables?scope=2") == {"assignee", "operator"}


def secrets_in_history(world: World, who: str, id: str) -> list[Any]:
    entries = world.get(who, f"/instances/{id}/history").json()["items"]
    events = [event for entry in entries for event in entry["events"] if event["type"] == "VariablesSet"]
    return [event["details"].get("values", {}).get("secret") for event in events]


def test_d5_the_history_shows_contents_of_an_open_step_only_to_those(world: World) -> None:
    id = world.order()
    world.post("assignee", f"/user-tasks/{id}-2/open")
    assert 42 in secrets_in_history(world, "assignee", id)
    assert 42 in secrets_in_history(world, "operator", id)
    assert 42 not in secrets_in_history(world, "starter", id)
    assert 42 not in secrets_in_history(world, "member", id)


def test_d5_after_completion_all_who_see_the_instance_see_them(world: World) -> None:
    id = world.order()
    world.post("assignee", f"/user-tasks/{id}-2/complete")
    assert 42 in secrets_in_history(world, "starter", id)


@pytest.mark.parametrize("path", ["/instances/{}", "/user-tasks/{}-2"])
def test_d5_after_it_is_cancelled_only_those_see_them_who_did_before(world: World, path: str) -> None:
    id = world.order()
    world.post("assignee", f"/user-tasks/{id}-2/open")
    world.post("operator", f"{path.format(id)}/cancel", reason="enough")
    seeing = {who for who in INVOLVED if 42 in secrets_in_history(world, who, id)}
    assert seeing == {"assignee", "operator"}


def test_d5_those_who_see_an_instance_see_all_its_steps(world: World) -> None:
    id = world.order()
    steps = {f"{id}-2", f"{id}-3"}
    for who in ("starter", "seer", "former", "assignee"):
        assert set(listed(world, who, "/user-tasks", instance=id)) == steps
        assert set(listed(world, who, "/user-tasks")) == steps
    assert listed(world, "stranger", "/user-tasks", instance=id) == []
    assert listed(world, "designer", "/user-tasks") == []


def test_d5_incidents_are_seen_with_their_instance(world: World) -> None:
    id = world.order()
    assert {who for who in PEOPLE if listed(world, who, "/incidents")} == INVOLVED
    assert listed(world, "starter", "/incidents") == [f"{id}-4"]


def test_r7_an_incident_says_who_can_repair_it_wherever_it_is_shown(world: World) -> None:
    id = world.order()
    shown = [
        *world.get("starter", "/incidents").json()["items"],
        world.get("starter", f"/incidents/{id}-4").json(),
        *world.get("starter", f"/instances/{id}").json()["open_incidents"],
    ]
    assert [incident["repairers"] for incident in shown] == [["operators"]] * 3


def test_d4_a_process_is_offered_to_who_may_run_it(world: World) -> None:
    def offered(who: str, **query: Any) -> list[str]:
        return [item["process_id"] for item in world.get(who, "/definitions", **query).json()["items"]]

    assert [who for who in PEOPLE if offered(who, only_runnable=True)] == ["starter", "operator"]
    assert [who for who in PEOPLE if offered(who)] == ["starter", "seer", "designer", "operator"]


def test_d4_a_process_is_run_only_by_the_roles_that_it_names(world: World) -> None:
    answer = world.post("seer", "/instances", process_id="order")
    assert (answer.status_code, answer.json()["code"]) == (403, "process.forbidden")
    assert "only members of sellers may run it" in answer.json()["detail"]
    assert world.post("stranger", "/instances", process_id="order").json()["code"] == "process.unknown"


def test_d4_an_operator_does_a_step_for_somebody_and_stands_in_the_history(world: World) -> None:
    id = world.order()
    assert world.post("operator", f"/user-tasks/{id}-2/complete").status_code == 200
    assert world.get("starter", f"/instances/{id}/history").json()["items"][-1]["actor"] == "operator"


def test_d5_lists_of_others_are_narrowed_to_what_one_sees(world: World) -> None:
    mine = world.order()
    world.engine.start("order", {"amount": 1}, actor="colleague")
    assert listed(world, "former", "/instances", starter="starter") == [mine]
    assert listed(world, "stranger", "/instances", starter="starter") == []
    assert listed(world, "starter", "/instances", process_id="order", status="running") == [mine]


# -- why --------------------------------------------------------------------------------------------------


def why(world: World, who: str, task: str, person: str = "") -> dict[str, Any]:
    query = {"person": person} if person else {}
    found: dict[str, Any] = world.get(who, f"/user-tasks/{task}/why", **query).json()
    return found


def reason(found: dict[str, Any], may: str) -> str:
    """The sentence that says why somebody may (not) do something."""
    [sentence] = [one["reason"] for one in found["reasons"] if may in one["about"]]
    return str(sentence)


def test_why_i_see_a_step_is_told_in_words(world: World) -> None:
    found = why(world, "member", f"{world.order()}-3")
    assert all(found[may] for may in ("sees", "panel", "contents", "claim", "complete", "reassign"))
    assert reason(found, "panel") == "member is a member of clerks, to whom it is offered"
    assert reason(found, "sees") == "member is a member of clerks, who have or had one of its steps"


def test_why_tells_each_reason_once_with_all_that_it_is_about(world: World) -> None:
    assert why(world, "member", f"{world.order()}-3")["reasons"] == [
        {
            "about": ["sees"],
            "is_allowed": True,
            "reason": "member is a member of clerks, who have or had one of its steps",
        },
        {
            "about": ["panel", "contents", "claim", "complete", "reassign"],
            "is_allowed": True,
            "reason": "member is a member of clerks, to whom it is offered",
        },
    ]
    [all_about] = why(world, "stranger", "99-3")["reasons"]
    assert len(all_about["about"]) == 6


def test_why_names_all_roles_in_one_sentence(world: World) -> None:
    both = world.add("both", "clerks", "sellers", "auditors")
    task = f"{world.order()}-3"
    world.post("member", f"/user-tasks/{task}/reassign", roles=["sellers", "auditors", "clerks"])
    found = why(world, both, task)
    assert reason(found, "claim") == "both is a member of auditors, clerks and sellers, to whom it is offered"
    assert len(found["reasons"]) == 2


def test_why_a_step_is_not_in_my_panel_is_told_in_words(world: World) -> None:
    task = f"{world.order()}-3"
    world.post("colleague", f"/user-tasks/{task}/claim")
    found = why(world, "member", task)
    assert (found["panel"], reason(found, "panel")) == (False, "colleague has it, a colleague")
    assert (found["sees"], found["complete"]) == (True, False)
    assert reason(why(world, "starter", task), "claim") == (
        "it is offered to clerks, and not to starter or one of their roles"
    )


def test_why_tells_a_stranger_the_same_of_a_hidden_step_and_of_none(world: World) -> None:
    hidden, missing = why(world, "stranger", f"{world.order()}-3"), why(world, "stranger", "99-3")
    assert hidden == missing
    assert hidden["sees"] is False


def test_operators_ask_about_anybody(world: World) -> None:
    task = f"{world.order()}-3"
    assert why(world, "operator", task, "member")["claim"] is True
    about = why(world, "operator", task, "stranger")
    assert reason(about, "sees").startswith("stranger did not start it, never had one of its steps")
    assert reason(why(world, "operator", task, "seer"), "sees") == (
        "seer is a member of auditors, who may see the instances of this process"
    )
