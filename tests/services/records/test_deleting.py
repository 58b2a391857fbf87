"""Deleting records that others link to."""

from typing import Any

from stepwell.identity import STEPWELL
from stepwell.services.records import requests
from tests.services.records.conftest import ACCOUNT, Shop, place


def deletion(record: Any) -> Any:
    return requests.delete(STEPWELL, place(record))


def test_a_record_that_nothing_links_to_goes(shop: Shop) -> None:
    assert shop.delete(shop.add("account", name="Acme")) == 1
    assert shop.titles("account") == []


def test_a_record_that_others_link_to_stays_and_the_places_are_named(shop: Shop) -> None:
    acme = shop.add("account", name="Acme")
    cases = [shop.add("case", subject=str(number), account=acme["id"]) for number in range(7)]
    refused = shop.conflict(deletion(acme))
    assert refused.code == "record.linked"
    [link] = refused.facts["links"]
    assert (link.type, link.field, link.count) == ("case", "account", 7)
    assert link.examples == tuple(case["id"] for case in cases[:5])
    assert shop.titles("account") == ["Acme"]


def test_a_link_that_may_be_emptied_is_and_the_history_tells_it(shop: Shop) -> None:
    acme = shop.add("account", name="Acme")
    child = shop.add("account", name="Child", parent=acme["id"])
    case = shop.add("case", subject="x", others=[acme["id"], child["id"]])
    assert shop.delete(acme) == 1
    assert shop.load(child).values["parent"] is None
    assert shop.load(case).values["others"] == [child["id"]]
    assert [entry.kind for entry in shop.history(case)] == ["changed", "added"]


def test_a_link_that_takes_its_record_along_does(shop: Shop) -> None:
    shop.define(
        {
            "name": "line",
            "fields": [{"name": "account", "type": "link", "to": "account", "on_delete": "delete"}],
        }
    )
    acme = shop.add("account", name="Acme")
    for _ in range(3):
        shop.add("line", account=acme["id"])
    assert shop.delete(acme) == 4
    assert shop.titles("line") == []


def test_what_goes_along_may_itself_be_held_by_a_link(shop: Shop) -> None:
    shop.define(
        {
            "name": "line",
            "fields": [{"name": "account", "type": "link", "to": "account", "on_delete": "delete"}],
        }
    )
    shop.define({"name": "part", "fields": [{"name": "line", "type": "link", "to": "line"}]})
    acme = shop.add("account", name="Acme")
    line = shop.add("line", account=acme["id"])
    shop.add("part", line=line["id"])
    assert shop.conflict(deletion(acme)).code == "record.linked"
    assert shop.titles("account") == ["Acme"]


def test_records_that_only_link_to_each_other_go_together(shop: Shop) -> None:
    changed = {
        **ACCOUNT,
        "fields": [
            *ACCOUNT["fields"][:2],
            {"name": "parent", "type": "link", "to": "account", "on_delete": "delete"},
        ],
    }
    shop.define(changed)
    first = shop.add("account", name="first")
    second = shop.add("account", name="second", parent=first["id"])
    shop.change(first, parent=second["id"])
    assert shop.delete(first) == 2


def test_a_code_that_is_in_use_stays(shop: Shop) -> None:
    shop.add("case", subject="x", status="open")
    assert shop.conflict(deletion("status/1")).code == "record.linked"
    assert shop.delete("status/2") == 1


def test_the_history_of_a_deleted_record_keeps_what_it_held(shop: Shop) -> None:
    acme = shop.add("account", name="Acme", city="Oslo")
    shop.delete(acme)
    type, number = place(acme)
    with shop.engine.store.reading() as session:
        from stepwell.store.records import history

        known = shop.engine.store.records.known(session)
        last = history.page(session, (known.numbers[type], int(number)), history.LAST, 1)[0]
    assert (last.kind, last.fields) == ("deleted", {"name": ("Acme", None), "city": ("Oslo", None)})


def test_an_outdated_deletion_is_refused(shop: Shop) -> None:
    acme = shop.add("account", name="Acme")
    shop.change(acme, city="Oslo")
    assert shop.conflict(requests.delete(STEPWELL, place(acme), 1)).code == "record.outdated"


def test_too_much_at_once_is_refused(shop: Shop) -> None:
    shop.define(
        {
            "name": "line",
            "fields": [{"name": "account", "type": "link", "to": "account", "on_delete": "delete"}],
        }
    )
    acme = shop.add("account", name="Acme")
    text = "account\n" + "Acme\n" * 1002
    shop.do(requests.import_csv(STEPWELL, "line", text))
    assert shop.conflict(deletion(acme)).code == "record.takes-too-many"
