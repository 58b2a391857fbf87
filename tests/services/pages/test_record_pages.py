"""Pages of records (K2): saved whatever is valid, done when the conditions are met, by whomever the rules say."""

from typing import Any

import pytest
from msgspec.structs import replace

from stepwell.errors import Conflict, Invalid
from stepwell.identity import STEPWELL, Actor
from stepwell.services.records import requests
from stepwell.services.user_tasks import UserTask
from tests.engine.world import flows, process
from tests.services.inline.drawing import filter_of, line, values
from tests.services.inline.drawing import step as data_step
from tests.services.inline.office import run, stuck, waiting
from tests.services.pages.desk import for_user, press, record_page, settle, step, the_task
from tests.services.records.conftest import Shop, place

IN_ROME = filter_of("city = Rome")
ADA = Actor("ada", rights=frozenset({"administer"}))
BOB = Actor("bob", rights=frozenset({"administer"}))


def number(record: Any) -> str:
    return str(record["id"].partition("/")[2])


def opened(shop: Shop, record: Any, filter: str = "", *more: str) -> UserTask:
    """A process that waits at the page of a record that is there."""
    run(shop, line(step("look", record_page(filter, record=number(record)), *more), step("next")))
    return the_task(shop)


def added(shop: Shop, filter: str = "", **settings: str) -> UserTask:
    """A process that waits at the page of a new record."""
    run(shop, line(step("look", record_page(filter, mode="new", **settings)), step("next")))
    return the_task(shop)


def test_without_conditions_a_save_on_its_page_is_enough(shop: Shop) -> None:
    account = shop.add("account", name="a")
    task = opened(shop, account)
    press(shop, task, by=ADA, city="Oslo")
    assert shop.load(account).values["city"] == "Oslo"
    assert shop.engine.variables(task.instance_id)["look"] == {"outcome": "save", "record": account["id"]}
    assert waiting(shop) == ["next"]


def test_the_history_of_the_record_names_the_step(shop: Shop) -> None:
    account = shop.add("account", name="a")
    task = opened(shop, account)
    press(shop, task, by=ADA, city="Oslo")
    entry = shop.history(account)[0]
    assert (entry.actor, entry.instance_id, entry.element) == ("ada", task.instance_id, "look")


def test_a_new_record_is_added_by_the_save_of_its_page(shop: Shop) -> None:
    task = added(shop)
    assert shop.titles("account") == []
    press(shop, task, by=ADA, name="new one")
    [record] = [row.id for row in shop.engine.records.page("account").items]
    assert shop.engine.variables(task.instance_id)["look"]["record"] == record


def test_a_save_that_does_not_meet_the_conditions_is_kept_and_says_what_is_open(shop: Shop) -> None:
    account = shop.add("account", name="a")
    task = opened(shop, account, filter_of("city = Rome", "name = b"))
    done = press(shop, task, by=ADA, city="Rome")
    assert done.open_conditions == ("Name is b",)
    assert shop.load(account).values["city"] == "Rome"
    page = shop.engine.open_page(task.id, actor=ADA)
    assert (page.open_conditions, page.revision, page.values["city"]) == (("Name is b",), 2, "Rome")
    assert press(shop, task, by=ADA, name="b").open_conditions == ()
    assert waiting(shop) == ["next"]


def test_a_page_that_stays_shows_what_others_saved_of_its_record(shop: Shop) -> None:
    account = shop.add("account", name="a", city="Oslo")
    task = opened(shop, account, filter_of("name = never"))
    shop.engine.open_page(task.id, actor=ADA)
    shop.change(account, by=BOB, city="Rome")
    press(shop, task, by=ADA, revision=2, name="b", city="Oslo")
    page = shop.engine.open_page(task.id, actor=ADA)
    assert (page.values["name"], page.values["city"], page.revision) == ("b", "Rome", 3)
    assert shop.load(account).values["city"] == "Rome"


def test_a_page_that_is_opened_again_shows_its_record_as_it_is_now(shop: Shop) -> None:
    account = shop.add("account", name="a", city="Oslo")
    task = opened(shop, account)
    first = shop.engine.open_page(task.id, actor=ADA)
    shop.change(account, by=STEPWELL, city="Rome")
    page = shop.engine.open_page(task.id, actor=ADA)
    assert (page.values["name"], page.values["city"], page.revision) == ("a", "Rome", 2)
    assert (page.schema, page.hint) == (first.schema, first.hint)
    press(shop, task, by=ADA, name="b", city="Rome")
    found = shop.load(account).values
    assert (found["name"], found["city"]) == ("b", "Rome")


def test_what_was_typed_over_an_older_record_is_refused_though_the_page_shows_the_newer_one(
    shop: Shop,
) -> None:
    account = shop.add("account", name="a", city="Oslo")
    task = opened(shop, account)
    shop.engine.open_page(task.id, actor=ADA)
    shop.change(account, by=STEPWELL, city="Rome")
    shop.engine.open_page(task.id, actor=ADA)
    with pytest.raises(Conflict) as caught:
        press(shop, task, by=ADA, revision=1, city="Bergen")
    assert caught.value.code == "record.outdated"
    assert shop.load(account).values["city"] == "Rome"


def test_a_page_whose_record_is_gone_stays_as_it_was(shop: Shop) -> None:
    account = shop.add("account", name="a", city="Oslo")
    task = opened(shop, account)
    shop.engine.open_page(task.id, actor=STEPWELL)
    shop.engine.records.delete(account["id"])
    shop.engine.open_page(task.id, actor=STEPWELL)


def test_conditions_are_said_in_the_language_of_who_reads_them(shop: Shop) -> None:
    account = shop.add("account", name="a")
    task = opened(shop, account, filter_of("city = Rome", "name = b"))
    german = replace(ADA, language="de-AT")
    assert press(shop, task, by=german, city="Rome").open_conditions == ("Name ist b",)
    assert shop.engine.open_page(task.id, actor=german).open_conditions == ("Name ist b",)


def test_a_new_record_with_open_conditions_is_connected_and_stays_the_same(shop: Shop) -> None:
    task = added(shop, IN_ROME)
    assert press(shop, task, by=ADA, name="a").open_conditions == ("City is Rome",)
    [account] = shop.engine.records.page("account").items
    page = shop.engine.open_page(task.id, actor=ADA)
    assert (page.record, page.connections) == (account.id, (account.id,))
    press(shop, task, by=ADA, city="Rome")
    assert shop.titles("account") == ["a"]
    assert waiting(shop) == ["next"]


BOOKING = {
    "name": "booking",
    "fields": [
        {"name": "place", "type": "text", "required": True, "default": "Room 1"},
        {"name": "seats", "type": "integer", "default": 4},
        {"name": "day", "type": "date", "required": True, "default": "today"},
        {"name": "who", "type": "text", "holds": "person", "required": True, "default": "me"},
    ],
}


def booked(shop: Shop) -> UserTask:
    """A process that waits at the page of a new booking."""
    shop.define(BOOKING)
    return added(shop, recordType="booking")


def test_a_new_record_begins_with_the_defaults_of_its_fields(shop: Shop) -> None:
    page = shop.engine.open_page(booked(shop).id, actor=ADA)
    assert (page.values["place"], page.values["seats"]) == ("Room 1", 4)
    assert page.values["day"] is None


def test_what_depends_on_who_saves_a_new_record_and_when_need_not_be_filled_in(shop: Shop) -> None:
    press(shop, booked(shop), by=ADA)
    [found] = shop.engine.records.page("booking").items
    assert found.values == {"place": "Room 1", "seats": 4, "day": "2025-06-15", "who": "ada"}


def test_a_default_of_a_new_record_that_was_cleared_is_empty(shop: Shop) -> None:
    press(shop, booked(shop), by=ADA, seats=None)
    [found] = shop.engine.records.page("booking").items
    assert found.values["seats"] is None


def test_a_new_record_is_waited_for_from_its_first_own_save(shop: Shop) -> None:
    press(shop, added(shop, IN_ROME), by=ADA, name="a")
    shop.change(shop.engine.records.page("account").items[0].id, city="Rome")
    settle(shop)
    assert waiting(shop) == ["next"]


@pytest.mark.parametrize("way", ["person", "import", "data step"])
def test_with_conditions_any_later_save_counts_by_whomever(shop: Shop, way: str) -> None:
    account = shop.add("account", name="a")
    opened(shop, account, IN_ROME)
    if way == "person":
        shop.change(account, by=BOB, city="Rome")
    elif way == "import":
        shop.do(requests.import_csv(STEPWELL, "account", "name,city\na,Rome\n", "name"))
    else:
        xml = line(data_step("set", "change", filter_of("name = a") + values(city="Rome")), id="q")
        shop.engine.deploy(xml)
        shop.engine.start("q", actor="bob")
    settle(shop)
    assert waiting(shop) == ["next"]


def test_the_state_at_activation_alone_is_not_enough(shop: Shop) -> None:
    account = shop.add("account", name="a", city="Rome")
    opened(shop, account, IN_ROME)
    settle(shop)
    assert waiting(shop) == ["look"]
    shop.change(account, name="b")
    settle(shop)
    assert waiting(shop) == ["next"]


def test_without_conditions_the_ordinary_page_counts_for_who_can_do_the_step(shop: Shop) -> None:
    account = shop.add("account", name="a")
    opened(shop, account, "", for_user("ada"))
    shop.change(account, by=Actor("bob", rights=frozenset({"administer"})), city="Oslo")
    settle(shop)
    assert waiting(shop) == ["look"]
    shop.change(account, by=ADA, city="Rome")
    settle(shop)
    assert waiting(shop) == ["next"]


@pytest.mark.parametrize("way", ["import", "data step"])
def test_without_conditions_neither_imports_nor_data_steps_count(shop: Shop, way: str) -> None:
    account = shop.add("account", name="a")
    opened(shop, account)
    if way == "import":
        shop.do(requests.import_csv(ADA, "account", "name,city\na,Rome\n", "name"))
    else:
        xml = line(data_step("set", "change", filter_of("name = a") + values(city="Rome")), id="q")
        shop.engine.deploy(xml)
        shop.engine.start("q", actor="ada")
    settle(shop)
    assert shop.load(account).values["city"] == "Rome"
    assert waiting(shop) == ["look"]


def test_two_steps_on_one_record_never_complete_each_other(shop: Shop) -> None:
    account = shop.add("account", name="a")
    page = record_page(record=number(account))
    xml = process(
        '<bpmn:startEvent id="start"/><bpmn:parallelGateway id="both"/>'
        + step("first", page)
        + step("second", page)
        + '<bpmn:endEvent id="end"/>'
        + flows("start both first end", "both second end")
    )
    run(shop, xml)
    press(shop, the_task(shop, "first"), by=ADA, city="Rome")
    settle(shop)
    assert waiting(shop) == ["second"]


def test_a_save_before_a_step_began_to_wait_does_not_complete_it(shop: Shop) -> None:
    account = shop.add("account", name="a")
    page = record_page(IN_ROME, record=number(account))
    run(shop, line(step("first", page), step("second", page)))
    press(shop, the_task(shop), by=ADA, city="Rome")
    settle(shop)
    assert waiting(shop) == ["second"]


def test_an_outdated_edit_shows_both(shop: Shop) -> None:
    account = shop.add("account", name="a")
    task = opened(shop, account)
    shop.engine.open_page(task.id, actor=ADA)
    xml = line(data_step("set", "change", filter_of("name = a") + values(city="Rome")), id="q")
    shop.engine.deploy(xml)
    shop.engine.start("q", actor="bob")
    with pytest.raises(Conflict) as refused:
        press(shop, task, by=ADA, city="Oslo")
    assert refused.value.code == "record.outdated"
    assert (refused.value.facts["theirs"]["city"], refused.value.facts["yours"]["city"]) == ("Rome", "Oslo")
    press(shop, task, by=ADA, city="Oslo", revision=2)
    assert shop.load(account).values["city"] == "Oslo"


def test_what_the_record_refuses_are_problems_of_the_page(shop: Shop) -> None:
    shop.add("account", name="taken")
    task = added(shop)
    with pytest.raises(Invalid) as refused:
        press(shop, task, by=ADA, name="taken")
    assert refused.value.code == "page.wrong-input"
    assert [(one.field, one.rule) for one in refused.value.problems] == [("name", "field.not-unique")]
    assert waiting(shop) == ["look"]


def test_a_lookup_of_the_record_is_the_outcome(shop: Shop) -> None:
    run(
        shop,
        line(step("look", record_page(recordType="case", mode="new", outcomeField="status")), step("next")),
    )
    task = the_task(shop)
    press(shop, task, by=ADA, subject="x", status="shut")
    assert shop.engine.variables(task.instance_id)["look"]["outcome"] == "shut"


def test_a_lookup_of_the_record_is_the_outcome_of_a_save_elsewhere(shop: Shop) -> None:
    case = shop.add("case", subject="x")
    page = record_page(
        filter_of("subject = y"), recordType="case", record=number(case), outcomeField="status"
    )
    run(shop, line(step("look", page), step("next")))
    task = the_task(shop)
    shop.change(case, subject="y", status="shut")
    settle(shop)
    assert shop.engine.variables(task.instance_id)["look"] == {"outcome": "shut", "record": case["id"]}


def test_every_kind_of_field_is_saved_from_its_page(shop: Shop) -> None:
    account = shop.add("account", name="a")
    run(shop, line(step("look", record_page(recordType="case", mode="new")), step("next")))
    typed = {
        "subject": "x", "number": 7, "amount": "12.50", "due": "2026-01-02T10:00:00Z", "day": "2026-01-02",
        "is_urgent": True, "note": "long", "status": "open", "account": account["id"],
    }  # fmt: skip
    press(shop, the_task(shop), by=ADA, **typed)
    [case] = shop.engine.records.page("case").items
    found = {name: case.values[name] for name in typed}
    assert found == {**typed, "account": number(account)}


def test_a_record_that_goes_is_an_incident(shop: Shop) -> None:
    account = shop.add("account", name="a")
    opened(shop, account, IN_ROME)
    shop.delete(account)
    settle(shop)
    assert (stuck(shop).code, stuck(shop).element) == ("step.no-record", "look")


def test_a_person_without_the_right_to_the_record_is_refused(shop: Shop) -> None:
    account = shop.add("account", name="a")
    task = opened(shop, account)
    with pytest.raises(Exception, match="account"):
        press(shop, task, by=Actor("ada"), city="Rome")
    assert waiting(shop) == ["look"]


def test_the_ordinary_page_is_judged_by_the_rights_at_delivery(shop: Shop) -> None:
    account = shop.add("account", name="a")
    task = opened(shop, account)
    shop.engine.submit(requests.change(STEPWELL, place(account), {"city": "Rome"}))
    settle(shop)
    assert waiting(shop) == ["next"]
    assert task.kind == "recordPage"


def test_k2_the_history_of_the_instance_says_whose_save_elsewhere_it_was(shop: Shop) -> None:
    account = shop.add("account", name="a")
    task = opened(shop, account, IN_ROME)
    shop.change(account, BOB, city="Rome")
    settle(shop)
    entry = shop.engine.history(task.instance_id)[-1]
    assert (entry.command, entry.actor) == ("CatchRecords", "bob")
