"""CSV files: all of it or nothing, every problem with its line, out and in again without a change."""

from typing import Any

import pytest

from stepwell.errors import Invalid
from stepwell.identity import STEPWELL
from stepwell.services.records import exporting, reading, requests
from stepwell.services.records.reading import ListAsked
from tests.services.records.conftest import Shop


def imported(shop: Shop, type: str, text: str, key: str = "", **more: Any) -> tuple[int, int, int]:
    found = shop.do(requests.import_csv(STEPWELL, type, text, key, **more))
    return found["added"], found["changed"], found["unchanged"]


def problems(shop: Shop, type: str, text: str, key: str = "") -> list[tuple[int, str, str]]:
    with pytest.raises(Invalid) as refused:
        shop.engine.submit(requests.import_csv(STEPWELL, type, text, key))
    return [(problem.line, problem.field, problem.rule) for problem in refused.value.problems]


def exported(shop: Shop, type: str, **asked: Any) -> str:
    return "".join(exporting.export_csv(shop.engine.store, STEPWELL, ListAsked(type=type, **asked)))


def test_records_are_added_and_changed_by_their_key(shop: Shop) -> None:
    shop.add("account", name="Acme", city="Oslo")
    shop.add("account", name="Same", city="Rome")
    text = "\ufeffname,city\nACME,Bergen\nSame,Rome\nNew,\n"
    assert imported(shop, "account", text) == (1, 1, 1)
    found = reading.page(shop.engine.store, STEPWELL, ListAsked(type="account", sort=("name",)))
    assert [(one.values["name"], one.values["city"]) for one in found.items] == [
        ("ACME", "Bergen"),
        ("New", None),
        ("Same", "Rome"),
    ]


def test_importing_the_same_file_again_changes_nothing(shop: Shop) -> None:
    text = "name,city\nAcme,Oslo\nBeta,Rome\n"
    assert imported(shop, "account", text) == (2, 0, 0)
    assert imported(shop, "account", text) == (0, 0, 2)
    assert [entry.revision for entry in shop.history("account/3")] == [1]


def test_lookups_are_imported_by_their_codes(shop: Shop) -> None:
    assert imported(shop, "status", "code,label,order,active\nopen,Offen,1,true\nnew,Neu,2,false\n") == (
        1,
        1,
        0,
    )


def test_links_are_found_by_the_key_of_their_type_also_within_the_file(shop: Shop) -> None:
    text = "name,parent\nChild,Head\nHead,\nGrandchild,Child\n"
    assert imported(shop, "account", text) == (3, 0, 0)
    found = reading.page(shop.engine.store, STEPWELL, ListAsked(type="account", sort=("name",)))
    assert [one.titles.get("parent") for one in found.items] == ["Head", "Child", None]


def test_nothing_is_imported_when_anything_is_wrong_and_every_line_is_named(shop: Shop) -> None:
    shop.add("account", name="Acme")
    text = 'subject,amount,account,status\n"a\nb",5,Acme,open\n,-1,Nobody,open\nx,y,Acme,nope\nz,1,Acme\n'
    assert problems(shop, "case", text) == [(6, "", "import.cells")]
    found = problems(shop, "case", text.rpartition("z,")[0])
    assert found == [(4, "account", "record.unknown")]
    found = problems(shop, "case", text.rpartition("z,")[0].replace("Nobody", "Acme"))
    assert sorted(found) == [
        (4, "amount", "number.out-of-range"), (4, "subject", "value.missing"),
        (5, "amount", "value.type"), (5, "status", "lookup.unknown-code"),
    ]  # fmt: skip
    assert shop.titles("case") == []


def test_one_problem_is_one(shop: Shop) -> None:
    with pytest.raises(Invalid, match="but found a problem; nothing was imported"):
        imported(shop, "case", "sbject\nx\n")


@pytest.mark.parametrize(("text", "rule"), [
    ("", "import.header"), ("\n", "import.header"), ("sbject\nx\n", "import.header"), ("subject,subject\nx,y\n", "import.header"),
    ('subject\n"x\n', "import.unreadable"), ("tax\n1\n", "import.header"),
])  # fmt: skip
def test_what_is_no_file_of_records_is_refused(shop: Shop, text: str, rule: str) -> None:
    assert rule in [found for _, _, found in problems(shop, "case", text)]


def test_a_key_stands_once_in_a_file_and_is_unique(shop: Shop) -> None:
    assert problems(shop, "account", "name\nAcme\nacme\n") == [
        (2, "name", "import.repeated"),
        (3, "name", "import.repeated"),
    ]
    assert problems(shop, "case", "subject\nx\n", key="subject") == [(0, "key", "import.key")]


def test_a_trial_says_what_would_happen(shop: Shop) -> None:
    shop.add("account", name="Acme")
    assert imported(shop, "account", "name,city\nAcme,Oslo\nNew,\n", is_trial=True) == (1, 1, 0)
    assert shop.titles("account") == ["Acme"]


def test_an_unknown_id_is_refused(shop: Shop) -> None:
    acme = shop.add("account", name="Acme")
    text = f"id,name\n{acme['id'].partition('/')[2]},Other\n"
    assert imported(shop, "account", text, key="id") == (0, 1, 0)
    from stepwell.errors import NotFound

    with pytest.raises(NotFound):
        shop.engine.submit(requests.import_csv(STEPWELL, "account", "id,name\n999,Other\n", "id"))


def test_what_was_exported_is_imported_without_a_change(shop: Shop) -> None:
    acme = shop.add("account", name='-Acme; "the" one', city="=1+1")
    shop.add("account", name="'quoted", city="@x", parent=acme["id"])
    for number, subject in enumerate(["=cmd|' /C calc'!A0", "+1", 'a,b\n"c"', "☂", "'", "'="], 1):
        shop.add("case", subject=subject, number=number, amount="-0.00", is_urgent=number % 2 == 0, others=[acme["id"]],
                 account=acme["id"], due="2026-01-01T10:00:00.000001Z", note="x\r\ny", day="2026-01-02")  # fmt: skip
    for type in ("account", "case", "status"):
        text = exported(shop, type)
        added, changed, _ = imported(shop, type, text)
        assert (added, changed) == (0, 0), text


def test_no_cell_begins_as_a_formula_does(shop: Shop) -> None:
    shop.add("account", name="=HYPERLINK(1)", city="@SUM(1)")
    assert exported(shop, "account").splitlines()[1] == "'=HYPERLINK(1),'@SUM(1),"


def test_an_export_is_as_long_as_it_is_and_takes_filter_columns_and_order(shop: Shop) -> None:
    text = "name,city\n" + "".join(
        f"n{number:03},{'Oslo' if number % 2 else 'Rome'}\n" for number in range(500)
    )
    imported(shop, "account", text)
    assert exported(shop, "account") == text.replace("city", "city,parent").replace("Oslo", "Oslo,").replace(
        "Rome", "Rome,"
    )
    some = exported(
        shop, "account", filter={"field": "city", "value": "oslo"}, columns=("city",), sort=("-name",)
    )
    assert some.splitlines()[:2] == ["name,city", "n499,Oslo"]
    assert len(some.splitlines()) == 251


def test_ten_thousand_records_are_imported_at_once(shop: Shop) -> None:
    shop.add("account", name="Acme")
    text = "subject,number,amount,account,status\n" + "".join(
        f"case {n},{n},{n}.50,Acme,open\n" for n in range(10_000)
    )
    assert imported(shop, "case", text) == (10_000, 0, 0)
