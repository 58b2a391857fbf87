"""What was typed and not sent yet (S5): of each person their own, until the page is done."""

from typing import Any

from stepwell.identity import Actor
from stepwell.services import user_tasks
from stepwell.services.ids import inner_key
from stepwell.services.user_tasks import Receiver, UserTask
from stepwell.store import drafts
from tests.services.inline.drawing import filter_of, line
from tests.services.inline.office import run
from tests.services.pages.desk import (
    QUESTION,
    SWITCH,
    for_role,
    press,
    record_page,
    step,
    the_task,
)
from tests.services.records.conftest import Shop

RIGHTS: frozenset[Any] = frozenset({"administer"})
ADA = Actor("ada", roles=frozenset({"Sales"}), rights=RIGHTS)
BOB = Actor("bob", roles=frozenset({"Sales"}), rights=RIGHTS)
OLGA = Actor("olga", rights=frozenset({"operate"}))
FORM = """<stepwell:autoPage>
  <stepwell:parameter name="cost" direction="out" kind="money" label="Cost"/>
  <stepwell:button code="send" label="Send"/>
  <stepwell:button code="keep" label="Keep" completes="false"/>
</stepwell:autoPage>"""


def asked(shop: Shop, *kind: str) -> UserTask:
    """A process that waits for somebody of Sales at a page of this kind."""
    run(shop, line(step("ask", for_role("Sales"), *kind), step("next")))
    return the_task(shop)


def typed(shop: Shop, task: UserTask, by: Actor, **values: Any) -> None:
    """Somebody opens the page and types something."""
    shop.engine.open_page(task.id, actor=by)
    shop.engine.submit(user_tasks.save_draft(task.id, values, actor=by))


def draft(shop: Shop, task: UserTask, by: Actor) -> dict[str, Any] | None:
    """What somebody finds typed who opens the page."""
    found = shop.engine.open_page(task.id, actor=by).draft
    return None if found is None else found.values


def kept(shop: Shop, task: UserTask) -> list[str]:
    """Of whom something is kept."""
    place = inner_key(task.id, "user task")
    with shop.engine.store.reading() as session:
        return [name for name in ("ada", "bob") if drafts.fetch(session, place, name) is not None]


def test_s5_each_member_of_a_role_has_a_draft_of_their_own(shop: Shop) -> None:
    task = asked(shop, FORM)
    typed(shop, task, ADA, cost="1.")
    typed(shop, task, BOB, cost="20")
    typed(shop, task, ADA, cost="12.")
    assert (draft(shop, task, ADA), draft(shop, task, BOB)) == ({"cost": "12."}, {"cost": "20"})


def test_who_may_see_what_is_in_a_step_sees_no_draft_of_others(shop: Shop) -> None:
    task = asked(shop, FORM)
    typed(shop, task, ADA, cost="12.")
    assert (draft(shop, task, BOB), draft(shop, task, OLGA)) == (None, None)


def test_handed_on_and_back_what_one_typed_is_still_there(shop: Shop) -> None:
    task = asked(shop, FORM)
    typed(shop, task, ADA, cost="12.")
    shop.engine.reassign(task.id, Receiver("bob"), actor=ADA)
    assert draft(shop, task, BOB) is None
    shop.engine.reassign(task.id, Receiver("ada"), actor=BOB)
    assert draft(shop, task, ADA) == {"cost": "12."}


def test_a_button_that_does_not_complete_keeps_what_was_typed_for_who_pressed_it(shop: Shop) -> None:
    task = asked(shop, FORM)
    typed(shop, task, BOB, cost="20")
    press(shop, task, by=ADA, button="keep", cost="12")
    assert (draft(shop, task, ADA), draft(shop, task, BOB)) == ({"cost": "12"}, {"cost": "20"})


def test_s5_completed_the_drafts_of_everybody_go(shop: Shop) -> None:
    task = asked(shop, FORM)
    typed(shop, task, ADA, cost="12.")
    typed(shop, task, BOB, cost="20")
    press(shop, task, by=ADA, cost="12", button="send")
    assert kept(shop, task) == []


def test_saved_with_open_conditions_the_draft_of_who_saved_goes(shop: Shop) -> None:
    task = asked(shop, record_page(filter_of("city = Rome"), mode="new"))
    typed(shop, task, ADA, name="a")
    typed(shop, task, BOB, name="b")
    press(shop, task, by=ADA, name="a")
    assert (draft(shop, task, ADA), draft(shop, task, BOB)) == (None, {"name": "b"})


def test_s7_when_the_page_is_done_nobody_finds_what_was_typed_there_on_that_of_the_activity(
    shop: Shop,
) -> None:
    task = asked(shop, SWITCH, QUESTION)
    typed(shop, task, ADA, answer="no")
    typed(shop, task, BOB, answer="yes")
    press(shop, task, by=ADA, answer="no")
    assert kept(shop, task) == []
