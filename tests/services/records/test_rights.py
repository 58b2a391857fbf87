"""D4: who may see, add, change and delete; lists, search, files and history obey it."""

from collections.abc import Callable
from typing import Any

import pytest

from stepwell.errors import Conflict, Forbidden, Invalid, NotFound, Rejection
from stepwell.identity import STEPWELL
from stepwell.identity.policies.record import RecordRight
from stepwell.records import shipped
from stepwell.services.records import exporting, reading, record_types, related, requests, searching
from stepwell.services.records.reading import ListAsked
from stepwell.services.records.record_types import Change
from tests.services.records.conftest import ADA, BOB, EVE, Shop, place

SALES = RecordRight(role="Sales", see="own", add=True, change="own", delete="none")


@pytest.fixture
def office(shop: Shop) -> Shop:
    """Sales see and change their own cases, everybody sees accounts."""
    shop.give("case", SALES)
    shop.give("account", RecordRight(role="*", see="all"))
    return shop


def everything(shop: Shop) -> dict[str, Callable[[Any, Any], object]]:
    """Every way to reach a record of the type ``case``, as a person."""
    store, case = shop.engine.store, ListAsked(type="case")
    return {
        "load": lambda by, it: reading.load(store, by, *place(it)),
        "list": lambda by, it: reading.page(store, by, case),
        "count": lambda by, it: reading.count(store, by, case),
        "measure": lambda by, it: reading.measure(store, by, case, "sum", "amount"),
        "history": lambda by, it: reading.history_page(store, by, place(it), None, 5),
        "related": lambda by, it: related.related(store, by, place(it)),
        "export": lambda by, it: next(exporting.export_csv(store, by, case)),
        "change": lambda by, it: shop.change(it, by=by, subject="y"),
        "delete": lambda by, it: shop.delete(it, by=by),
        "import": lambda by, it: shop.do(requests.import_csv(by, "case", "subject\nx\n")),
        "type": lambda by, it: record_types.load(store, by, "case"),
        "rights": lambda by, it: record_types.rights(store, by, "case"),
    }


def answer(ask: Callable[[Any, Any], object], by: Any, id: Any) -> str:
    try:
        ask(by, id)
    except Rejection as refused:
        return str(refused.status)
    return "ok"


def test_d4_what_one_may_not_see_is_not_there_by_any_way(office: Shop) -> None:
    case = office.add("case", by=ADA, subject="x")
    found = {name: answer(ask, EVE, case) for name, ask in everything(office).items()}
    assert found == dict.fromkeys(found, "404") | {"rights": "403"}


def test_d4_own_records_only(office: Shop) -> None:
    mine, theirs = office.add("case", by=ADA, subject="mine"), office.add("case", by=BOB, subject="theirs")
    assert office.titles("case", by=ADA) == ["mine"]
    assert reading.count(office.engine.store, ADA, ListAsked(type="case")).count == 1
    assert [
        answer(ask, ADA, theirs)
        for name, ask in everything(office).items()
        if name in {"load", "history", "change"}
    ] == ["404"] * 3
    assert office.change(mine, by=ADA, subject="still mine")["title"] == "still mine"


def test_d4_a_record_kept_as_theirs_is_own_too(office: Shop) -> None:
    theirs = office.add("case", by=BOB, subject="x", owner="ada")
    assert office.load(theirs, by=ADA).may_change
    assert office.titles("case", by=ADA) == ["x"]


def test_d4_who_sees_but_may_not_is_told_so(office: Shop) -> None:
    mine = office.add("case", by=ADA, subject="x")
    acme = office.add("account", name="Acme")
    with pytest.raises(Forbidden) as refused:
        office.delete(mine, by=ADA)
    assert refused.value.code == "record.not-allowed"
    for wish in (
        requests.change(EVE, place(acme), {"city": "x"}),
        requests.add(EVE, "account", {"name": "x"}),
    ):
        with pytest.raises(Forbidden):
            office.engine.submit(wish)


def test_d4_who_may_only_add_adds_and_sees_nothing(office: Shop) -> None:
    office.give("case", RecordRight(role="*", see="none", add=True))
    office.add("case", by=EVE, subject="from outside")
    with pytest.raises(NotFound):
        office.titles("case", by=EVE)


def test_d4_links_do_not_tell_of_what_one_may_not_see(office: Shop) -> None:
    office.give("account", RecordRight(role="Sales", see="own", add=True))
    hidden = office.add("account", name="Hidden", city="Oslo")
    case = office.add("case", subject="x", owner="ada", account=hidden["id"])
    assert office.load(case, by=ADA).titles == {"status": "Open"}
    assert office.titles("case", by=ADA, filter={"field": "account.city", "value": "Oslo"}) == []
    assert office.titles("case", by=ADA, filter={"field": "account.city", "op": "is empty"}) == ["x"]
    office.titles("case", by=ADA, sort=("account.name",))
    lists = related.related(office.engine.store, STEPWELL, place(hidden))
    assert next(one.count for one in lists if one.type == "case") == 1


def test_d4_one_can_not_link_to_what_one_may_not_see(office: Shop) -> None:
    office.give("account", RecordRight(role="Sales", see="own", add=True))
    hidden = office.add("account", name="Hidden")
    assert office.refused(requests.add(ADA, "case", {"subject": "x", "account": hidden["id"]})) == [
        ("account", "record.unknown")
    ]


def test_d4_a_type_one_may_not_see_can_not_be_asked_through_a_link(office: Shop) -> None:
    office.give("account")
    with pytest.raises(Invalid):
        office.titles("case", by=ADA, filter={"field": "account.city", "value": "Oslo"})


def test_d4_search_finds_only_what_one_may_see(office: Shop) -> None:
    office.add("case", by=ADA, subject="needle one")
    office.add("case", by=BOB, subject="needle two")
    found = {
        by.name: [hit.title for hit in searching.search(office.engine.store, by, "NEEDLE").items]
        for by in (ADA, EVE)
    }
    assert found == {"ada": ["needle one"], "eve": []}


def test_d4_rights_are_all_that_were_given_last(office: Shop) -> None:
    office.give("case", RecordRight(role="Boss", see="all"))
    assert [right.role for right in record_types.rights(office.engine.store, STEPWELL, "case")] == ["Boss"]
    with pytest.raises(NotFound):
        office.titles("case", by=ADA)


def test_rights_that_somebody_gave_since_they_were_seen_are_not_lost(office: Shop) -> None:
    store = office.engine.store
    seen = record_types.rights(store, STEPWELL, "case")
    theirs, mine = RecordRight(role="Boss", see="all"), RecordRight(role="Sales", see="all")
    record_types.put_rights(store, "case", [*seen, theirs], Change(actor=STEPWELL, seen=seen))
    with pytest.raises(Conflict) as refused:
        record_types.put_rights(store, "case", [mine], Change(actor=STEPWELL, seen=seen))
    assert refused.value.code == "record-rights.outdated"
    now = record_types.rights(store, STEPWELL, "case")
    assert {right.role for right in now} == {"Boss", *(right.role for right in seen)}
    assert refused.value.facts == {"theirs": list(now), "yours": [mine]}
    record_types.put_rights(store, "case", [mine], Change(actor=STEPWELL, seen=now[::-1]))
    assert record_types.rights(store, STEPWELL, "case") == (mine,)


def test_d4_a_role_can_not_be_named_twice(office: Shop) -> None:
    with pytest.raises(Invalid):
        office.give("case", SALES, SALES)


def test_d4_the_types_one_sees_say_what_one_may_do(office: Shop) -> None:
    found = {view.name: view.access for view in record_types.page(office.engine.store, ADA)}
    assert found.keys() - shipped.NAMES == {"account", "case", "status"}
    assert (found["case"].see, found["case"].add, found["case"].delete) == ("own", True, "none")
    with pytest.raises(Forbidden):
        record_types.put_rights(office.engine.store, "case", [], Change(actor=ADA))
