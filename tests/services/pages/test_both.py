"""Steps with an activity beside their page (S7): both have to be done, in either order, and what becomes of one
becomes of the other.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwell.errors import Conflict, Invalid, NotFound
from stepwell.identity import STEPWELL, Actor
from stepwell.services.records import requests
from stepwell.services.user_tasks import Later, Receiver, UserTask
from tests.services.inline.drawing import line
from tests.services.inline.office import run, waiting
from tests.services.pages.desk import QUESTION, SWITCH, press, record_of, record_page, settle, step, the_task
from tests.services.records.conftest import Shop, place

ADA = Actor("ada")
TOMORROW = datetime(2025, 6, 16, 9, tzinfo=UTC)
RESULT = {"result": "Held", "details": "All were there"}


def asked(shop: Shop, kind: str = QUESTION) -> UserTask:
    """A process that waits at a question with an activity."""
    run(shop, line(step("visit", SWITCH, kind), step("next")))
    return the_task(shop)


def held(shop: Shop, task: UserTask, result: str = "Held") -> None:
    """The activity is completed on its ordinary page."""
    values = {"status": "completed", "result": result}
    shop.engine.submit(requests.change(ADA, place(task.activity), values))
    settle(shop)


def outcome(shop: Shop, task: UserTask) -> dict[str, Any]:
    found = shop.engine.variables(task.instance_id)["visit"]
    assert isinstance(found, dict)
    return found


def keys(page: Any) -> list[str]:
    return [one.get("key") or one.get("path") for one in page.schema["components"]]


def test_one_save_does_both(shop: Shop) -> None:
    task = asked(shop)
    press(shop, task, answer="yes", _activity=RESULT)
    assert outcome(shop, task) == {"outcome": "yes", "activityResult": "Held"}
    assert record_of(shop, task)["result_details"] == "All were there"
    assert waiting(shop) == ["next"]


def test_the_page_first_and_then_the_activity(shop: Shop) -> None:
    task = asked(shop)
    press(shop, task, answer="yes")
    assert (waiting(shop), the_task(shop).missing) == (["visit"], "result")
    held(shop, task)
    assert outcome(shop, task) == {"outcome": "yes", "activityResult": "Held"}
    assert waiting(shop) == ["next"]


def test_the_activity_first_and_then_the_page(shop: Shop) -> None:
    task = asked(shop)
    held(shop, task)
    assert (waiting(shop), the_task(shop).missing) == (["visit"], "page")
    press(shop, task, answer="no")
    assert outcome(shop, task) == {"outcome": "no", "activityResult": "Held"}
    assert waiting(shop) == ["next"]


def test_opening_shows_what_is_missing(shop: Shop) -> None:
    task = asked(shop)
    assert keys(shop.engine.open_page(task.id, actor="ada")) == ["answer", "_activity"]
    press(shop, task, answer="yes")
    page = shop.engine.open_page(task.id, actor="ada")
    assert (page.missing, page.activity, "result" in keys(page)) == ("result", task.activity, True)
    press(shop, task, result="Held")
    assert outcome(shop, task) == {"outcome": "yes", "activityResult": "Held"}


def test_with_the_activity_done_the_page_has_no_result(shop: Shop) -> None:
    task = asked(shop)
    shop.engine.open_page(task.id, actor="ada")
    held(shop, task)
    page = shop.engine.open_page(task.id, actor="ada")
    assert (page.missing, keys(page)) == ("page", ["answer"])


def test_the_result_comes_from_the_category(shop: Shop) -> None:
    with pytest.raises(Invalid):
        press(shop, asked(shop), answer="yes", _activity={"result": "Reached"})


def test_a_plain_step_may_have_an_activity_too(shop: Shop) -> None:
    task = asked(shop, "")
    press(shop, task, button="done")
    assert the_task(shop).missing == "result"
    held(shop, task)
    assert outcome(shop, task) == {"outcome": "done", "activityResult": "Held"}


def test_the_page_of_a_record_may_have_an_activity_too(shop: Shop) -> None:
    account = shop.add("account", name="a")
    task = asked(shop, record_page(record=account["id"].partition("/")[2]))
    person = Actor("ada", rights=frozenset({"administer"}))
    press(shop, task, by=person, city="Rome", _activity=RESULT)
    assert shop.load(account).values["city"] == "Rome"
    assert outcome(shop, task) == {"outcome": "save", "record": account["id"], "activityResult": "Held"}


def test_a_record_saved_elsewhere_is_only_one_half(shop: Shop) -> None:
    account = shop.add("account", name="a")
    asked(shop, record_page(record=account["id"].partition("/")[2]))
    shop.change(account, city="Rome")
    settle(shop)
    assert (waiting(shop), the_task(shop).missing) == (["visit"], "result")


def test_both_are_planned_and_handed_on_together(shop: Shop) -> None:
    task = asked(shop)
    shop.engine.postpone(task.id, Later(start_at=TOMORROW, in_calendar=True), actor="ada")
    shop.engine.reassign(task.id, Receiver("bob"), actor="ada")
    found = record_of(shop, task)
    assert (found["start"], found["owner"], found["in_calendar"]) == ("2025-06-16T09:00:00Z", "bob", True)


def test_the_activity_of_a_cancelled_step_is_cancelled(shop: Shop) -> None:
    task = asked(shop)
    shop.engine.cancel_task(task.id)
    assert record_of(shop, task)["status"] == "cancelled"


def test_a_completed_activity_stays_completed_when_its_step_is_cancelled(shop: Shop) -> None:
    task = asked(shop)
    held(shop, task)
    shop.engine.cancel_task(task.id)
    assert record_of(shop, task)["status"] == "completed"


def test_what_waits_for_its_result_can_not_be_deleted(shop: Shop) -> None:
    task = asked(shop)
    press(shop, task, answer="yes")
    assert shop.conflict(requests.delete(STEPWELL, place(task.activity))).code == "activity.awaited"


ACTS = st.lists(
    st.sampled_from(["page", "activity", "postpone", "plan", "reassign", "hand on", "open", "settle"]),
    max_size=9,
)


def test_whatever_comes_first_both_end_alike(shop: Shop) -> None:
    @given(ACTS)
    def story(acts: list[str]) -> None:
        task = begun(shop)
        for number, act in enumerate(acts):
            with suppress(Conflict, NotFound, Invalid):
                _do(shop, task, act, number)
        settle(shop)
        _expect_alike(shop, task, set(acts))

    shop.engine.deploy(line(step("visit", SWITCH, QUESTION), step("next")))
    story()


def begun(shop: Shop) -> UserTask:
    """One more instance that waits at a question with an activity."""
    id = shop.engine.start("p", actor="ada").id
    [task] = shop.engine.tasks(instance=id).items
    return task


def _do(shop: Shop, task: UserTask, act: str, number: int) -> None:
    later = TOMORROW + timedelta(hours=number)
    change = {"plan": {"start": later.isoformat()}, "hand on": {"owner": f"person{number}"}}
    if act == "page":
        missing = shop.engine.task(task.id).missing
        press(shop, task, by=STEPWELL, **({"result": "Held"} if missing == "result" else {"answer": "yes"}))
    elif act == "activity":
        values = {"status": "completed", "result": "Held"}
        shop.engine.submit(requests.change(STEPWELL, place(task.activity), values))
    elif act == "postpone":
        shop.engine.postpone(task.id, Later(start_at=later))
    elif act == "reassign":
        shop.engine.reassign(task.id, Receiver(f"person{number}"))
    elif act == "open":
        shop.engine.open_page(task.id)
    elif act == "settle":
        settle(shop)
    else:
        shop.engine.submit(requests.change(STEPWELL, place(task.activity), change[act]))


def _expect_alike(shop: Shop, task: UserTask, acts: set[str]) -> None:
    found = record_of(shop, task)
    [left] = shop.engine.tasks(instance=task.instance_id).items
    if left.element != "visit":
        assert found["status"] == "completed"
        assert outcome(shop, task) == {"outcome": "yes", "activityResult": "Held"}
        return
    assert left.missing == ("page" if found["status"] == "completed" else "result" if "page" in acts else "")
    if left.missing != "page":
        start = left.start_at or left.created_at
        assert (found["owner"], found["start"]) == (left.assignee, start.strftime("%Y-%m-%dT%H:%M:%SZ"))
