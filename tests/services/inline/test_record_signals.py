"""Record signals: what becomes of records starts processes and lets them go on (R1)."""

from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest

import stepwell
from stepwell.identity import STEPWELL
from stepwell.services import record_signals
from stepwell.services.records import requests
from stepwell.services.records.work import Work
from stepwell.services.records.writing import change
from stepwell.store.records import watchers
from tests.engine.world import flows
from tests.services.inline.drawing import (
    boundary,
    catching,
    filter_of,
    line,
    output,
    starting,
    step,
    user,
    values,
)
from tests.services.inline.office import limit, run, stuck, waiting
from tests.services.records.conftest import Shop

IN_ROME = filter_of("city = Rome")


def deployed(shop: Shop, *files: bytes) -> None:
    for xml in files:
        shop.engine.deploy(xml)


def started(shop: Shop) -> list[dict[str, Any]]:
    """The variables of each instance, in order, once all deliveries were carried out."""
    shop.engine.work()
    found = shop.engine.instances(limit=200).items
    return [shop.engine.variables(item.id) for item in reversed(found)]


# -- starting --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["added", "changed", "deleted"])
def test_what_becomes_of_a_record_starts_a_process(shop: Shop, kind: str) -> None:
    account = shop.add("account", name="a")
    deployed(shop, line(user("look"), start=starting(kind)))
    if kind == "added":
        account = shop.add("account", name="b")
    elif kind == "changed":
        shop.change(account, city="Rome")
    else:
        shop.delete(account)
    assert started(shop) == [{"record": account["id"], "change": kind}]


def test_nothing_is_started_by_what_is_not_waited_for(shop: Shop) -> None:
    deployed(shop, line(user("look"), start=starting("deleted")))
    shop.change(shop.add("account", name="a"), city="Rome")
    shop.add("case", subject="x")
    assert started(shop) == []


def test_only_changes_of_the_listed_fields_count(shop: Shop) -> None:
    account = shop.add("account", name="a")
    deployed(shop, line(user("look"), start=starting("changed", fields="city, parent")))
    shop.change(account, name="b")
    assert started(shop) == []
    shop.change(account, city="Rome")
    assert len(started(shop)) == 1


def test_a_save_that_changes_nothing_starts_nothing(shop: Shop) -> None:
    account = shop.add("account", name="a")
    deployed(shop, line(user("look"), start=starting("changed")))
    shop.change(account, name="a")
    assert started(shop) == []


def test_the_filter_is_held_against_the_record_as_it_is_at_delivery(shop: Shop) -> None:
    deployed(shop, line(user("look"), start=starting("added", IN_ROME)))
    first, second = shop.add("account", name="a", city="Rome"), shop.add("account", name="b", city="Oslo")
    shop.change(first, city="Oslo")
    shop.change(second, city="Rome")
    assert [found["record"] for found in started(shop)] == [second["id"]]


def test_a_record_that_is_gone_at_delivery_starts_nothing(shop: Shop) -> None:
    deployed(shop, line(user("look"), start=starting("added")))
    shop.delete(shop.add("account", name="a"))
    assert started(shop) == []


def test_each_record_of_an_import_starts_an_instance(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_signals, "PORTION", 5)
    monkeypatch.setattr(record_signals, "STARTS", 2)
    deployed(shop, line(user("look"), start=starting("added")))
    shop.engine.submit(requests.import_csv(STEPWELL, "account", "name\n" + "\n".join("abcdefghijkl")))
    assert len({found["record"] for found in started(shop)}) == 12


def test_the_version_before_is_not_started_any_more(shop: Shop) -> None:
    deployed(shop, line(user("look"), start=starting("added")), line(user("see"), start=starting("added")))
    shop.add("account", name="a")
    shop.engine.work()
    assert waiting(shop) == ["see"]


def test_a_process_that_was_deployed_later_is_not_started_by_what_was_before(shop: Shop) -> None:
    shop.add("account", name="a")
    deployed(shop, line(user("look"), start=starting("added")))
    assert started(shop) == []


def test_what_a_data_step_does_starts_other_processes(shop: Shop) -> None:
    deployed(shop, line(user("look"), start=starting("added"), id="q"))
    run(shop, line(step("new", "add", values(name="a"))))
    shop.engine.work()
    assert waiting(shop) == ["look"]


def test_a_person_is_asked_after_25_processes_have_caused_each_other(shop: Shop) -> None:
    again = step(
        "again", "change", values(city="= selected.city + &quot;x&quot;") + filter_of("id = = record")
    )
    deployed(shop, line(again, start=starting("changed")))
    account = shop.add("account", name="a", city="")
    shop.change(account, city="x")
    shop.engine.work()
    found = stuck(shop)
    assert (found.element, found.code) == ("start", "cause.too-deep")
    assert shop.load(account).values["city"] == "x" * 26
    shop.engine.retry(found.id)
    assert shop.load(account).values["city"] == "x" * 27


# -- going on --------------------------------------------------------------------------------------------


def test_a_change_of_the_record_lets_the_process_go_on(shop: Shop) -> None:
    one, other = shop.add("account", name="a"), shop.add("account", name="b")
    id = run(shop, line(catching("wait", "changed", record="= account"), user("look")), account=one["id"])
    shop.change(other, city="Rome")
    shop.engine.work()
    assert waiting(shop) == []
    shop.change(one, city="Rome")
    shop.engine.work()
    assert waiting(shop) == ["look"]
    assert shop.engine.variables(id)["change"] == "changed"


def test_outputs_of_the_event_see_the_record(shop: Shop) -> None:
    xml = line(catching("wait", "added"), user("look")).replace(
        b"</stepwell:recordSignal>", b"</stepwell:recordSignal>" + output("new", "= record").encode()
    )
    id = run(shop, xml)
    account = shop.add("account", name="a")
    shop.engine.work()
    assert shop.engine.variables(id) == {"new": account["id"]}


def test_values_of_the_filter_are_those_of_the_beginning_of_the_wait(shop: Shop) -> None:
    id = run(shop, line(catching("wait", "added", filter_of("city = = city")), user("look")), city="Rome")
    shop.engine.set_variables(id, {"city": "Oslo"}, reason="moved")
    shop.add("account", name="a", city="Oslo")
    shop.engine.work()
    assert waiting(shop) == []
    shop.add("account", name="b", city="Rome")
    shop.engine.work()
    assert waiting(shop) == ["look"]


def test_a_missing_value_in_the_filter_is_an_incident_when_the_wait_begins(shop: Shop) -> None:
    run(shop, line(catching("wait", "added", filter_of("city = = city"))), city=None)
    assert (stuck(shop).element, stuck(shop).code) == ("wait", "filter.value-missing")


def test_a_record_that_can_be_none_is_an_incident_when_the_wait_begins(shop: Shop) -> None:
    run(shop, line(catching("wait", "changed", record="= it")), it="somebody")
    assert (stuck(shop).element, stuck(shop).code) == ("wait", "record.unknown")


def test_the_change_that_a_process_made_before_it_waits_does_not_count(shop: Shop) -> None:
    run(shop, line(step("new", "add", values(name="a")), catching("wait", "added"), user("look")))
    shop.engine.work()
    assert waiting(shop) == []


def test_a_change_in_the_same_transaction_behind_the_beginning_of_the_wait_counts(shop: Shop) -> None:
    fork = '<bpmn:parallelGateway id="fork"/>'
    more = catching("wait", "added") + user("seen") + flows("fork wait seen end")
    xml = line(fork, step("new", "add", values(name="a")), user("look"), more=more)
    run(shop, xml)
    shop.engine.work()
    assert waiting(shop) == ["look", "seen"]


def test_a_boundary_event_that_does_not_interrupt_comes_for_each_record(shop: Shop) -> None:
    more = boundary("b", "work", "added", IN_ROME, interrupting="false") + user("see") + flows("b see end")
    run(shop, line(user("work"), more=more))
    for name, city in (("a", "Rome"), ("b", "Oslo"), ("c", "Rome")):
        shop.add("account", name=name, city=city)
    shop.engine.work()
    assert waiting(shop) == ["see", "see", "work"]


def test_a_boundary_event_that_interrupts_ends_the_step(shop: Shop) -> None:
    account = shop.add("account", name="a")
    more = boundary("b", "work", "deleted", record="= account") + user("sorry") + flows("b sorry end")
    run(shop, line(user("work"), more=more), account=account["id"])
    shop.delete(account)
    shop.engine.work()
    assert waiting(shop) == ["sorry"]


def test_who_waits_no_more_is_not_disturbed(shop: Shop) -> None:
    run(shop, line(catching("wait", "added"), user("look")))
    for name in ("a", "b"):
        shop.add("account", name=name)
    shop.engine.work()
    assert (waiting(shop), shop.engine.store.next_due_at()) == (["look"], None)


def test_many_who_wait_for_any_record_are_told_in_slices(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchers, "MOST", 3)
    shop.engine.deploy(line(catching("wait", "added"), user("look")))
    for _ in range(8):
        shop.engine.start("p")
    shop.add("account", name="a")
    shop.engine.work()
    assert waiting(shop) == ["look"] * 8


def test_a_loop_between_a_process_and_itself_ends_with_an_incident(shop: Shop) -> None:
    """The change is kept, and the instance waits on."""
    change = step(
        "again", "change", values(city="= selected.city + &quot;x&quot;") + filter_of("id = = account")
    )
    more = (
        boundary("b", "work", "changed", record="= account", interrupting="false")
        + change
        + flows("b again end")
    )
    account = shop.add("account", name="a", city="")
    shop.engine.deploy(line(user("work"), more=more))
    limit(shop, seconds=60)
    shop.engine.start("p", {"account": account["id"]})
    shop.change(account, city="x")
    shop.engine.work()
    found = stuck(shop)
    assert (found.element, found.code) == ("", "cause.too-deep")
    assert shop.load(account).values["city"] == "x" * 26
    shop.engine.retry(found.id)
    assert waiting(shop) == ["work"]


def test_who_begins_to_wait_for_a_record_waits_for_who_is_just_changing_it(
    shop: Shop, database_url: str
) -> None:
    """Otherwise neither would know of the other, and the change would be lost on who waits."""
    account = shop.add("account", name="a")
    shop.engine.deploy(line(catching("wait", "changed", record="= account"), user("look")))
    with stepwell.open(database_url, upgrade=False) as other, ThreadPoolExecutor(1) as hands:
        with shop.engine.store.transaction() as tx:
            change(Work(tx, STEPWELL), "account", [int(account["id"].partition("/")[2])], {"city": "Oslo"})
            begun = hands.submit(other.start, "p", {"account": account["id"]})
            assert wait([begun], timeout=0.3).not_done == {begun}
        begun.result(60)
        shop.change(account, city="Rome")
        other.work()
    assert waiting(shop) == ["look"]
