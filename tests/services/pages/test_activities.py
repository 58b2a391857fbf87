"""Activities as steps (K1): made with the step, done with a result, planned and handed on from either side."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from stepwell.errors import Conflict, Forbidden, Invalid
from stepwell.identity import STEPWELL, Actor, Role
from stepwell.identity.policies.record import RecordRight
from stepwell.services import instance_pages, people, roles
from stepwell.services.people import NewPerson
from stepwell.services.records import requests
from stepwell.services.user_tasks import Later, Receiver, UserTask
from tests.engine.world import flows, process
from tests.services.inline.drawing import line
from tests.services.inline.office import run, stuck, waiting
from tests.services.pages.desk import (
    SWITCH,
    activity,
    for_role,
    for_user,
    press,
    record_of,
    settle,
    step,
    the_task,
)
from tests.services.records.conftest import Shop, place

ADA, BOB = Actor("ada"), Actor("bob")
OPERATOR = Actor("olga", rights=frozenset({"operate"}))
TOMORROW = datetime(2025, 6, 16, 9, tzinfo=UTC)


def called(shop: Shop, *more: str, results: tuple[str, ...] = ()) -> UserTask:
    """A process that waits at its call; gives the step."""
    run(shop, line(step("call", activity(*results), *more), step("next")))
    return the_task(shop)


def change(
    task: UserTask, by: Actor = ADA, cancel_step: bool = False, **values: Any
) -> requests.ChangeRecord:
    """The activity is saved on its ordinary page."""
    return requests.change(by, place(task.activity), values, cancel_step=cancel_step)


def test_the_activity_is_made_with_the_step(shop: Shop) -> None:
    account = shop.add("account", name="a")
    number = account["id"].partition("/")[2]
    task = called(
        shop,
        '<stepwell:timing startIn="PT1H" duration="PT30M" remind="PT10M" priority="high"/>',
        f'<stepwell:connect recordType="account" record="{number}"/>',
    )
    assert record_of(shop, task) == {
        "subject": "Call",
        "category": "Call",
        "status": "not_started",
        "priority": "High",
        "start": "2025-06-15T16:06:40Z",
        "due": "2025-06-15T16:36:40Z",
        "remind_at": "2025-06-15T15:56:40Z",
        "owner": "ada",
        "owner_role": None,
        "author": "ada",
        "in_calendar": False,
        "connections": [account["id"]],
        "result": None,
        "result_details": None,
        "step": task.id,
    }


def test_its_history_names_the_step_that_made_it(shop: Shop) -> None:
    task = called(shop)
    [entry] = shop.history(task.activity)
    assert (entry.actor, entry.instance_id, entry.element) == ("ada", task.instance_id, "call")


def test_a_category_that_there_is_not_is_an_incident(shop: Shop) -> None:
    run(shop, line(step("fish", activity(category="= &quot;Fishing&quot;"))))
    assert stuck(shop).code == "activity.unfit"
    assert "activity_category" in stuck(shop).message


def test_a_result_that_there_is_not_is_an_incident_that_can_be_mended(shop: Shop) -> None:
    run(shop, line(step("call", activity("Sung"))))
    assert "'Sung'" in stuck(shop).message
    shop.add("activity_result", code="Sung", label="They sang")
    shop.engine.retry(stuck(shop).id)
    assert waiting(shop) == ["call"]


def test_the_results_of_the_category_are_offered_unless_the_author_lists_some(shop: Shop) -> None:
    task = called(shop)
    page = shop.engine.open_page(task.id, actor="ada")
    [select] = [one for one in page.schema["components"] if one.get("key") == "result"]
    offered = [option["value"] for option in select["values"]]
    assert {"Completed", "Reached", "Not reached"} <= set(offered)
    assert "Held" not in offered


def test_results_that_flows_name_are_all_that_is_offered(shop: Shop) -> None:
    def flow(id: str, to: str, codes: str) -> str:
        inner = f'<bpmn:extensionElements><stepwell:results codes="{codes}"/></bpmn:extensionElements>'
        return f'<bpmn:sequenceFlow id="{id}" sourceRef="call" targetRef="{to}">{inner}</bpmn:sequenceFlow>'

    xml = process(
        '<bpmn:startEvent id="start"/>'
        + step("call", activity())
        + step("write")
        + '<bpmn:endEvent id="end"/>'
        + flows("start call")
        + flow("f", "end", "Reached")
        + flow("g", "write", "Not reached, Rescheduled")
        + flows("write end")
    )
    run(shop, xml)
    with pytest.raises(Invalid):
        press(shop, the_task(shop), result="Completed")
    press(shop, the_task(shop), result="Rescheduled")
    assert waiting(shop) == ["write"]


def test_its_page_completes_it_with_a_result_that_is_the_outcome(shop: Shop) -> None:
    task = called(shop)
    press(shop, task, result="Reached", resultDetails="They were at home")
    found = record_of(shop, task)
    assert (found["status"], found["result"], found["result_details"]) == (
        "completed",
        "Reached",
        "They were at home",
    )
    assert shop.engine.variables(task.instance_id)["call"] == {
        "outcome": "Reached",
        "resultDetails": "They were at home",
    }
    assert waiting(shop) == ["next"]


def test_a_result_is_required_on_its_page(shop: Shop) -> None:
    with pytest.raises(Invalid) as refused:
        press(shop, called(shop), subject="Call them")
    assert [problem.field for problem in refused.value.problems] == ["result"]


def test_saving_the_activity_completed_with_a_result_completes_the_step(shop: Shop) -> None:
    task = called(shop)
    shop.engine.submit(change(task, status="completed", result="Reached"))
    settle(shop)
    assert waiting(shop) == ["next"]
    assert shop.engine.variables(task.instance_id)["call"]["outcome"] == "Reached"
    assert shop.engine.history(task.instance_id)[-1].events[0].details["by"] == "ada"


def test_a_result_alone_does_not_complete_it(shop: Shop) -> None:
    task = called(shop)
    shop.engine.submit(change(task, result="Reached"))
    settle(shop)
    assert waiting(shop) == ["call"]


@pytest.mark.parametrize("result", [None, "Held"])
def test_an_activity_of_a_step_is_completed_only_with_an_offered_result(
    shop: Shop, result: str | None
) -> None:
    wish = change(called(shop), status="completed", result=result)
    assert shop.refused(wish) == [("result", "activity.result")]


def test_only_who_can_do_the_step_changes_its_activity(shop: Shop) -> None:
    task = called(shop, for_user("bob"))
    with pytest.raises(Forbidden):
        shop.engine.submit(change(task, by=ADA, result="Reached"))
    shop.engine.submit(change(task, by=BOB, result="Reached"))


def test_the_step_of_an_activity_can_not_be_changed(shop: Shop) -> None:
    assert shop.refused(change(called(shop), step="1-77")) == [("step", "field.read-only")]
    made = requests.add(ADA, "activity", {"subject": "x", "step": "1-1"})
    assert shop.refused(made) == [("step", "field.read-only")]


# -- postponing and handing on ----------------------------------------------------------------------------


def test_postponing_the_step_postpones_its_activity(shop: Shop) -> None:
    task = called(shop)
    shop.engine.postpone(task.id, Later(start_at=TOMORROW, duration=60, title="Call again"), actor="ada")
    found = record_of(shop, task)
    assert (found["subject"], found["start"], found["due"]) == (
        "Call again",
        "2025-06-16T09:00:00Z",
        "2025-06-16T10:00:00Z",
    )


def test_planning_the_activity_postpones_the_step(shop: Shop) -> None:
    task = called(shop)
    due = TOMORROW + timedelta(hours=1)
    shop.engine.submit(change(task, start=TOMORROW.isoformat(), due=due.isoformat()))
    settle(shop)
    found = the_task(shop)
    assert (found.start_at, found.due_at) == (TOMORROW, due)


def test_handing_the_step_on_hands_its_activity_on(shop: Shop) -> None:
    task = called(shop)
    shop.engine.reassign(task.id, Receiver(roles=("Sales",)), actor="ada")
    found = record_of(shop, task)
    assert (found["owner"], found["owner_role"]) == (None, "Sales")
    shop.engine.claim(task.id, "bob")
    found = record_of(shop, task)
    assert (found["owner"], found["owner_role"]) == ("bob", "Sales")


def test_handing_the_activity_on_hands_the_step_on(shop: Shop) -> None:
    task = called(shop)
    shop.engine.submit(change(task, owner="bob"))
    settle(shop)
    assert the_task(shop).assignee == "bob"
    shop.engine.submit(change(task, by=BOB, owner=None, owner_role="Sales"))
    settle(shop)
    assert (the_task(shop).assignee, the_task(shop).candidate_roles) == ("", ("Sales",))


def test_k6_an_approval_that_may_not_be_handed_on_is_not_by_its_activity_either(shop: Shop) -> None:
    order = shop.add("account", name="a")["id"]
    approval = f'<stepwell:approval recordType="account" record="{order}" delegation="none"/>'
    run(shop, line(step("approve", for_user("ada"), approval, SWITCH), step("next")))
    with pytest.raises(Forbidden, match="may not be handed on"):
        shop.engine.submit(change(the_task(shop), owner="bob"))
    assert the_task(shop).assignee == "ada"


def test_s7_an_activity_is_not_handed_to_a_role_without_members(shop: Shop) -> None:
    people.add(shop.engine.store, NewPerson(name="ada"), STEPWELL)
    roles.add(shop.engine.store, Role("Nobody"), STEPWELL)
    task = called(shop)
    with pytest.raises(Invalid) as refused:
        shop.engine.submit(change(task, owner=None, owner_role="Nobody"))
    assert [(problem.rule, problem.field) for problem in refused.value.problems] == [
        ("role.empty", "owner_role")
    ]


def test_s7_handed_to_who_may_not_see_the_record_the_activity_becomes_as_the_step_is(shop: Shop) -> None:
    for name, given in (("ada", ("Sales",)), ("bob", ())):
        for role in given:
            roles.add(shop.engine.store, Role(role), STEPWELL)
        people.add(shop.engine.store, NewPerson(name=name, roles=given), STEPWELL)
    shop.engine.records.put_rights("account", [RecordRight(role="Sales", change="all")])
    order = shop.add("account", name="a")["id"]
    page = f'<stepwell:recordPage recordType="account" record="{order}"/>'
    run(shop, line(step("fill", for_user("ada"), page, SWITCH), step("next")))
    task = the_task(shop)
    shop.engine.submit(change(task, owner="bob"))
    settle(shop)
    assert (the_task(shop).assignee, record_of(shop, task)["owner"]) == ("ada", "ada")


@pytest.mark.parametrize(
    "values",
    [{"owner": "bob"}, {"start": TOMORROW.isoformat()}, {"status": "completed", "result": "Reached"}],
)
def test_s7_the_history_of_the_instance_says_who_did_it_by_the_activity(
    shop: Shop, values: dict[str, str]
) -> None:
    task = called(shop)
    shop.engine.submit(change(task, **values))
    settle(shop)
    entry = shop.engine.history(task.instance_id)[-1]
    assert (entry.command, entry.actor) == ("CatchRecords", "ada")
    assert len(entry.events) > 0


def test_s7_cancelled_with_its_activity_the_step_tells_by_whom(shop: Shop) -> None:
    task = called(shop)
    chief = replace(OPERATOR, rights=frozenset({"operate", "administer"}))
    shop.engine.submit(change(task, chief, cancel_step=True, status="cancelled"))
    settle(shop)
    [found] = instance_pages.steps(shop.engine.store, task.instance_id).items
    assert (found.state, found.by) == ("cancelled", "olga")


def test_the_two_do_not_answer_each_other(shop: Shop) -> None:
    task = called(shop)
    shop.engine.submit(change(task, owner="bob", start=TOMORROW.isoformat()))
    settle(shop)
    shop.engine.postpone(task.id, Later(start_at=TOMORROW + timedelta(days=1)), actor="bob")
    settle(shop)
    revision = shop.load(task.activity, STEPWELL).revision
    commands = [entry.command for entry in shop.engine.history(task.instance_id)]
    settle(shop)
    assert revision == shop.load(task.activity, STEPWELL).revision == 3
    assert commands == ["StartInstance", "CatchRecords", "PostponeUserTask"]


def test_saving_for_later_on_its_page_plans_and_hands_on(shop: Shop) -> None:
    task = called(shop)
    press(shop, task, button="later", owner="bob", start="2025-06-16T09:00:00Z")
    found = the_task(shop)
    assert (found.assignee, found.start_at) == ("bob", TOMORROW)
    assert record_of(shop, task)["owner"] == "bob"
    settle(shop)
    assert the_task(shop).assignee == "bob"
    press(shop, task, by="bob", result="Reached")
    assert waiting(shop) == ["next"]


def test_its_page_is_as_the_activity_is(shop: Shop) -> None:
    task = called(shop)
    shop.engine.open_page(task.id, actor="ada")
    shop.engine.submit(change(task, subject="Call them"))
    assert shop.engine.open_page(task.id, actor="ada").values["subject"] == "Call them"


def test_an_outdated_edit_of_its_page_is_refused(shop: Shop) -> None:
    task = called(shop)
    shop.engine.open_page(task.id, actor="ada")
    shop.engine.submit(change(task, subject="Call them"))
    with pytest.raises(Conflict) as refused:
        press(shop, task, subject="Call him", result="Reached")
    assert refused.value.code == "record.outdated"
    press(shop, task, subject="Call him", result="Reached", revision=2)
    assert record_of(shop, task)["subject"] == "Call him"


# -- the end ----------------------------------------------------------------------------------------------


def test_deleting_an_activity_on_which_a_step_waits_is_refused(shop: Shop) -> None:
    task = called(shop)
    refused = shop.conflict(requests.delete(STEPWELL, place(task.activity)))
    assert refused.code == "activity.awaited"
    assert task.id in refused.message
    press(shop, task, result="Reached")
    assert shop.delete(task.activity) == 1


def test_cancelling_the_activity_of_a_step_has_to_be_said_and_allowed(shop: Shop) -> None:
    task = called(shop)
    assert shop.conflict(change(task, by=STEPWELL, status="cancelled")).code == "activity.awaited"
    with pytest.raises((Conflict, Forbidden)):
        shop.engine.submit(change(task, by=ADA, cancel_step=True, status="cancelled"))
    shop.engine.submit(change(task, by=STEPWELL, cancel_step=True, status="cancelled"))
    settle(shop)
    assert shop.engine.instance(task.instance_id).status == "cancelled"


def test_cancelling_the_step_cancels_its_activity(shop: Shop) -> None:
    task = called(shop)
    shop.engine.cancel_task(task.id, actor=OPERATOR)
    assert record_of(shop, task)["status"] == "cancelled"


def test_cancelling_the_instance_cancels_the_activities_of_its_steps(shop: Shop) -> None:
    task = called(shop)
    shop.engine.cancel(task.instance_id, actor="ada")
    assert record_of(shop, task)["status"] == "cancelled"


# -- rights -----------------------------------------------------------------------------------------------


def test_members_of_a_role_see_its_activities(shop: Shop) -> None:
    run(shop, line(step("call", activity(), for_role("Sales"))), by="carl")
    member = Actor("bob", roles=frozenset({"Sales"}))
    assert shop.titles("activity", by=member) == ["Call"]
    assert shop.titles("activity", by=Actor("eve")) == []
    assert shop.load(the_task(shop).activity, by=member).may_change
