"""Data steps: part of the transaction of their process (R2, R6)."""

from datetime import date
from decimal import Decimal

import pytest

from stepwell.errors import Invalid
from stepwell.identity import STEPWELL
from stepwell.services.records import record_types, writing
from tests.engine.world import flows, process
from tests.services.inline.drawing import filter_of, line, on_error, output, step, user, values
from tests.services.inline.office import cities, events, limit, run, stuck, waiting
from tests.services.records.conftest import Shop

IN_ROME = filter_of("city = Rome")


def accounts(shop: Shop, *names: str, city: str = "Rome") -> None:
    for name in names:
        shop.add("account", name=name, city=city)


# -- inline ----------------------------------------------------------------------------------------------


def test_a_record_that_is_added_is_there_with_the_commit_of_the_process(shop: Shop) -> None:
    id = run(shop, line(step("new", "add", values(name="= who", city="Rome")), user("look")), who="Acme")
    assert shop.engine.variables(id) == {"who": "Acme", "new": "account/3"}
    assert shop.load("account/3").values["city"] == "Rome"
    assert waiting(shop) == ["look"]


def test_nothing_of_a_data_step_is_left_to_do_afterwards(shop: Shop) -> None:
    run(shop, line(step("new", "add", values(name="x")), user("look")))
    assert shop.engine.store.next_due_at() is None


def test_the_answer_tells_of_the_steps_behind_a_data_step(shop: Shop) -> None:
    shop.engine.deploy(line(user("ask"), step("new", "add", values(name="x")), user("look")))
    [ask] = shop.engine.start("p", actor="ada").user_tasks
    assert [task.element for task in shop.engine.complete(ask.id, actor="ada").user_tasks] == ["look"]


def test_a_repeated_start_tells_the_same_and_adds_nothing(shop: Shop) -> None:
    shop.engine.deploy(line(step("new", "add", values(name="x")), user("look")))
    first, second = (shop.engine.start("p", idempotency_key="k") for _ in range(2))
    assert [task.id for task in first.user_tasks] == [task.id for task in second.user_tasks]
    assert shop.titles("account") == ["x"]


def test_the_history_says_how_many_records_were_touched(shop: Shop) -> None:
    accounts(shop, "a", "b", "c")
    id = run(shop, line(step("move", "change", values(city="Oslo") + IN_ROME), user("look")))
    [event] = events(shop, id, "RecordsTouched")
    assert (event.element, event.details["verb"], event.details["count"]) == ("move", "change", 3)
    assert shop.engine.variables(id) == {"move": 3}


def test_the_history_of_the_record_names_the_step_and_the_starter(shop: Shop) -> None:
    account = shop.add("account", name="a", city="Rome")
    id = run(shop, line(step("move", "change", values(city="Oslo") + IN_ROME), user("look")))
    entry = shop.history(account)[0]
    assert (entry.actor, entry.instance_id, entry.element) == ("ada", id, "move")


def test_steps_see_what_steps_before_them_did_in_the_same_transaction(shop: Shop) -> None:
    add = step("new", "add", values(name="a", city="Rome"))
    move = step("move", "change", values(city="Oslo") + filter_of("id = = new"))
    id = run(
        shop, line(add, move, step("count", "read", filter_of("city = Oslo"), mode="count"), user("look"))
    )
    assert shop.engine.variables(id)["count"] == 1


def test_records_that_meet_the_filter_are_deleted(shop: Shop) -> None:
    accounts(shop, "a", "b")
    accounts(shop, "c", city="Oslo")
    id = run(shop, line(step("clean", "delete", IN_ROME), user("look")))
    assert (shop.titles("account"), shop.engine.variables(id)) == (["c"], {"clean": 2})


def test_a_selection_makes_one_record_for_each_of_its_own(shop: Shop) -> None:
    accounts(shop, "a", "b")
    given = values(subject="= greeting + selected.name", account="= selected.id")
    add = step("greet", "add", given + IN_ROME, type="case", from_="account")
    id = run(shop, line(add, user("look")), greeting="Hello ")
    assert sorted(shop.titles("case")) == ["Hello a", "Hello b"]
    assert shop.engine.variables(id)["greet"] == 2


def test_a_change_can_depend_on_what_the_record_was(shop: Shop) -> None:
    accounts(shop, "a", "b")
    run(shop, line(step("move", "change", values(city="= selected.name + selected.city") + IN_ROME)))
    assert cities(shop) == {"a": "aRome", "b": "bRome"}


def test_a_value_that_is_left_out_empties_the_field(shop: Shop) -> None:
    accounts(shop, "a")
    run(shop, line(step("move", "change", '<stepwell:value field="city"/>' + IN_ROME)))
    assert cities(shop) == {"a": None}


def test_what_transactions_have_no_room_for_is_done_by_the_next_ones(shop: Shop) -> None:
    steps = [step(f"new{n}", "add", values(name=f"n{n}")) for n in range(7)]
    shop.engine.deploy(line(*steps, user("look")))
    limit(shop, steps=3)
    id = shop.engine.start("p").id
    assert shop.titles("account") == ["n2", "n1", "n0"]
    shop.engine.work()
    assert (len(shop.titles("account")), waiting(shop)) == (7, ["look"])
    assert len(events(shop, id, "RecordsTouched")) == 7


def test_only_so_many_records_are_changed_in_one_transaction(shop: Shop) -> None:
    accounts(shop, "a", "b", "c")
    move = step("move", "change", values(city="Oslo") + IN_ROME)
    back = step("back", "change", values(city="Rome") + filter_of("city = Oslo"))
    shop.engine.deploy(line(move, back, user("look")))
    limit(shop, records=4)
    shop.engine.start("p")
    assert set(cities(shop).values()) == {"Oslo"}
    shop.engine.work()
    assert set(cities(shop).values()) == {"Rome"}


# -- reading ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"mode": "count"}, 3),
        ({"mode": "sum", "field": "amount"}, Decimal("6.50")),
        ({"mode": "average", "field": "number"}, 2),
        ({"mode": "min", "field": "amount"}, Decimal("1.25")),
        ({"mode": "max", "field": "day"}, date(2026, 3, 3)),
    ],
)
def test_records_are_counted_and_measured(shop: Shop, settings: dict[str, str], expected: object) -> None:
    for number, amount in enumerate(("1.25", "2.00", "3.25"), 1):
        shop.add("case", subject=str(number), number=number, amount=amount, day=f"2026-0{number}-0{number}")
    id = run(shop, line(step("read", "read", type="case", **settings), user("look")))
    assert shop.engine.variables(id)["read"] == expected


def test_a_measure_of_nothing_is_null(shop: Shop) -> None:
    id = run(shop, line(step("read", "read", type="case", mode="sum", field="amount"), user("look")))
    assert shop.engine.variables(id) == {"read": None}


def test_the_first_record_is_the_one_that_sorts_first(shop: Shop) -> None:
    accounts(shop, "b", "a", "c")
    read = step("find", "read", "", output("name", "= result.name"), sort="-name")
    assert shop.engine.variables(run(shop, line(read, user("look")))) == {"name": "c"}


def test_without_an_order_the_record_made_first_is_read(shop: Shop) -> None:
    accounts(shop, "b", "a")
    read = step("find", "read", "", output("name", "= result.name"))
    assert shop.engine.variables(run(shop, line(read, user("look")))) == {"name": "b"}


def test_no_record_is_null(shop: Shop) -> None:
    assert shop.engine.variables(run(shop, line(step("find", "read", IN_ROME), user("look")))) == {
        "find": None
    }


def test_a_list_can_be_gone_through(shop: Shop) -> None:
    accounts(shop, "b", "a", "c")
    read = step("find", "read", "", output("names", "= result.name"), mode="list", sort="name", limit="2")
    assert shop.engine.variables(run(shop, line(read, user("look")))) == {"names": ["a", "b"]}


def test_what_takes_long_to_read_is_read_beside_the_transactions(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stepwell.services.records.slices.WINDOW", 2)
    accounts(shop, "a", "b", "c")
    id = run(shop, line(step("count", "read", filter_of("name contains a"), mode="count"), user("look")))
    assert shop.engine.variables(id) == {}
    shop.engine.work()
    assert shop.engine.variables(id) == {"count": 1}


# -- what can not be done --------------------------------------------------------------------------------


def test_a_value_that_does_not_fit_is_an_incident_and_what_was_done_before_stays(shop: Shop) -> None:
    first = step("first", "add", values(name="a"))
    second = step("second", "add", values(subject="x", amount="= amount"), type="case")
    id = run(shop, line(first, second, user("look")), amount="much")
    found = stuck(shop)
    assert (found.element, found.code) == ("second", "record.invalid")
    assert "amount" in found.message and "'much'" in found.message
    assert shop.titles("account") == ["a"]
    shop.engine.set_variables(id, {"amount": 3}, reason="a number")
    shop.engine.retry(found.id)
    assert (shop.titles("case"), waiting(shop)) == (["x"], ["look"])


def test_a_condition_whose_value_is_missing_is_an_incident_never_no_condition(shop: Shop) -> None:
    accounts(shop, "a")
    run(shop, line(step("clean", "delete", filter_of("city = = nothing"))), nothing=None)
    assert (stuck(shop).code, shop.titles("account")) == ("filter.value-missing", ["a"])
    assert "city" in stuck(shop).message and "nothing" in stuck(shop).message


def test_a_record_to_which_others_link_stays_and_the_incident_names_them(shop: Shop) -> None:
    account = shop.add("account", name="a", city="Rome")
    shop.add("case", subject="x", account=account["id"])
    run(shop, line(step("clean", "delete", IN_ROME)))
    assert (stuck(shop).code, shop.titles("account")) == ("record.linked", ["a"])
    assert "case" in stuck(shop).message


def test_an_error_boundary_takes_a_failure_over(shop: Shop) -> None:
    caught = on_error("b", "clean") + user("sorry") + flows("b sorry end")
    xml = line(step("clean", "delete", IN_ROME), user("look"), more=caught)
    account = shop.add("account", name="a", city="Rome")
    shop.add("case", subject="x", account=account["id"])
    run(shop, xml)
    assert waiting(shop) == ["sorry"]


def test_a_record_type_that_is_gone_is_an_incident(shop: Shop) -> None:
    shop.define({"name": "thing", "fields": [{"name": "f", "type": "text"}]})
    shop.engine.deploy(line(step("new", "add", values(f="x"), type="thing")))
    record_types.remove(shop.engine.store, "thing", record_types.Change(actor=STEPWELL))
    shop.engine.start("p")
    assert stuck(shop).code == "record-type.unknown"


def test_a_value_that_somebody_else_has_is_an_incident_that_says_so(shop: Shop) -> None:
    accounts(shop, "a")
    run(shop, line(step("new", "add", values(name="a"))))
    assert (stuck(shop).code, shop.titles("account")) == ("record.invalid", ["a"])
    assert "taken" in stuck(shop).message


def test_a_step_that_was_ended_meanwhile_is_not_done(shop: Shop) -> None:
    """Two branches begin together; the first ends the process before the data step of the second."""
    inner = (
        '<bpmn:startEvent id="s"/><bpmn:parallelGateway id="fork"/>'
        + step("new", "add", values(name="a"))
        + '<bpmn:endEvent id="stop"><bpmn:terminateEventDefinition/></bpmn:endEvent><bpmn:endEvent id="e"/>'
        + flows("s fork new e", "fork stop")
    )
    shop.engine.deploy(process(inner))
    assert shop.engine.start("p").state == "ended"
    assert shop.titles("account") == []


def test_deploying_is_refused_without_any_condition(shop: Shop) -> None:
    with pytest.raises(Invalid) as refused:
        shop.engine.deploy(line(step("clean", "delete")))
    assert [problem.rule for problem in refused.value.problems] == ["records.filter-missing"]


def test_what_breaks_leaves_what_was_before_it_and_is_tried_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = writing.save

    def broken(*_: object) -> None:
        raise RuntimeError("somebody pulled the plug")

    first, second = step("first", "add", values(name="a")), step("second", "add", values(name="b"))
    shop.engine.deploy(line(first, user("ask"), second, user("look")))
    [ask] = shop.engine.start("p").user_tasks
    monkeypatch.setattr(writing, "save", broken)
    shop.engine.complete(ask.id)
    assert (shop.titles("account"), waiting(shop)) == (["a"], [])
    monkeypatch.setattr(writing, "save", save)
    shop.engine.work()
    assert (shop.titles("account"), waiting(shop)) == (["b", "a"], ["look"])


def test_each_round_of_a_multi_instance_has_its_own_step(shop: Shop) -> None:
    rounds = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements/>"
        "<bpmn:loopDataInputRef>names</bpmn:loopDataInputRef>"
        '<bpmn:inputDataItem id="i" name="name"/></bpmn:multiInstanceLoopCharacteristics></bpmn:serviceTask>'
    )
    one = step("new", "add", values(name="= name")).replace("</bpmn:serviceTask>", rounds)
    run(shop, line(one, user("look")), names=[f"n{number:02}" for number in range(50)])
    shop.engine.work()
    assert (len(shop.titles("account")), waiting(shop)) == (50, ["look"])
