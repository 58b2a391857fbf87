"""Data steps: part of the transaction of their process (R2, R6)."""

from stepwell.services.histories import HistoryEvent
from tests.services.inline.drawing import filter_of, line, output, step, user, values
from tests.services.records.conftest import Shop

IN_ROME = filter_of("city = Rome")


def run(shop: Shop, xml: bytes, **given: object) -> str:
    """Start the process; gives the number of the instance."""
    shop.engine.deploy(xml)
    return shop.engine.start("p", given, actor="ada").id


def variables(shop: Shop, id: str) -> dict[str, object]:
    return shop.engine.variables(id)


def events(shop: Shop, id: str, type: str) -> list[HistoryEvent]:
    return [event for entry in shop.engine.history(id) for event in entry.events if event.type == type]


def test_a_record_that_is_added_is_there_with_the_commit_of_the_process(shop: Shop) -> None:
    id = run(shop, line(step("new", "add", values(name="= who", city="Rome")), user("look")), who="Acme")
    assert variables(shop, id) == {"who": "Acme", "new": "account/3"}
    assert shop.load("account/3").values["city"] == "Rome"
    assert [task.element for task in shop.engine.tasks().items] == ["look"]


def test_nothing_of_a_data_step_is_left_to_do_afterwards(shop: Shop) -> None:
    run(shop, line(step("new", "add", values(name="x")), user("look")))
    assert shop.engine.store.next_due_at() is None


def test_the_history_says_how_many_records_were_touched(shop: Shop) -> None:
    for name in ("a", "b", "c"):
        shop.add("account", name=name, city="Rome")
    id = run(shop, line(step("move", "change", values(city="Oslo") + IN_ROME), user("look")))
    [event] = events(shop, id, "RecordsTouched")
    assert (event.element, event.details["verb"], event.details["count"]) == ("move", "change", 3)
    assert variables(shop, id) == {"move": 3}


def test_the_history_of_the_record_names_the_step_and_the_starter(shop: Shop) -> None:
    account = shop.add("account", name="a", city="Rome")
    id = run(shop, line(step("move", "change", values(city="Oslo") + IN_ROME), user("look")))
    entry = shop.history(account)[0]
    assert (entry.actor, entry.instance_id, entry.element) == ("ada", id, "move")


def test_outputs_see_what_the_step_gave(shop: Shop) -> None:
    shop.add("account", name="a", city="Rome")
    read = step("find", "read", IN_ROME, output("found", "= name") + output("id", "= result.id"))
    assert variables(shop, run(shop, line(read, user("look")))) == {"found": "a", "id": "account/3"}
