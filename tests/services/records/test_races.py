"""Two who work on the same records at the same time."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

import stepwell
from stepwell.errors import Conflict, Invalid, Rejection
from stepwell.identity import STEPWELL
from stepwell.library import Engine
from stepwell.services.records import requests
from stepwell.services.run import Corridor
from tests.services.records.conftest import Shop, place


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each gives, or the rejection it gets."""
    gate = threading.Barrier(len(works))
    found: list[object] = [None] * len(works)

    def run(number: int) -> None:
        gate.wait()
        try:
            found[number] = works[number]()
        except Rejection as refused:
            found[number] = refused

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_writers_of_one_record_one_is_told_that_the_other_was_first(
    shop: Shop, database_url: str
) -> None:
    case = shop.add("case", subject="x")
    with stepwell.open(database_url, upgrade=False) as other:
        wishes = [requests.change(STEPWELL, place(case), {"subject": name}, 1) for name in ("one", "two")]
        found = at_once(lambda: shop.engine.submit(wishes[0]), lambda: other.submit(wishes[1]))
    [refused] = [one for one in found if isinstance(one, Rejection)]
    assert isinstance(refused, Conflict)
    assert refused.code == "record.outdated"
    assert shop.load(case).revision == 2


def test_two_writers_without_a_revision_both_write(shop: Shop, database_url: str) -> None:
    case = shop.add("case", subject="x", amount=1)
    with stepwell.open(database_url, upgrade=False) as other:
        works = [
            lambda number=number, engine=engine: engine.submit(
                requests.change(STEPWELL, place(case), {"number": number})
            )
            for number, engine in enumerate([shop.engine, other] * 5, 1)
        ]
        found = at_once(*works)
    assert not [one for one in found if isinstance(one, Rejection)]
    assert shop.load(case).revision == 11


def test_a_unique_value_goes_to_one_of_two(shop: Shop, database_url: str) -> None:
    with stepwell.open(database_url, upgrade=False) as other:
        for number in range(5):
            wish = requests.add(STEPWELL, "account", {"name": f"n{number}"})
            found = at_once(lambda wish=wish: shop.engine.submit(wish), lambda wish=wish: other.submit(wish))
            refused = [one for one in found if isinstance(one, Rejection)]
            assert [type(one) for one in refused] == [Invalid]
    assert len(shop.titles("account")) == 5


def test_a_record_is_not_deleted_while_another_links_to_it(shop: Shop, database_url: str) -> None:
    with stepwell.open(database_url, upgrade=False) as other:
        for number in range(5):
            account = shop.add("account", name=f"n{number}")
            wish: Any = requests.add(STEPWELL, "case", {"subject": "x", "account": account["id"]})
            deletion = requests.delete(STEPWELL, place(account))
            found = at_once(
                lambda wish=wish: shop.engine.submit(wish), lambda deletion=deletion: other.submit(deletion)
            )
            assert len([one for one in found if isinstance(one, Rejection)]) == 1
    assert len(shop.titles("case")) == len(shop.titles("account"))


def test_two_who_change_the_same_records_in_another_order_both_succeed(shop: Shop, database_url: str) -> None:
    cases = [shop.add("case", subject=str(number), number=number) for number in range(20)]
    texts = ["number,subject\n" + "".join(f"{n},{name}\n" for n in order) for name, order in (
        ("one", range(20)), ("two", range(19, -1, -1)))]  # fmt: skip
    with stepwell.open(database_url, upgrade=False) as other:
        works = [
            lambda text=text, engine=engine: engine.submit(
                requests.import_csv(STEPWELL, "case", text, "number")
            )
            for text, engine in zip(texts * 3, [shop.engine, other] * 3, strict=True)
        ]
        found = at_once(*works)
    assert not [one for one in found if isinstance(one, Rejection)]
    assert {shop.load(case).title for case in cases} in ({"one"}, {"two"})


def test_batches_that_change_the_same_hot_records_all_succeed(shop: Shop, database_url: str) -> None:
    accounts = [shop.add("account", name=f"n{number}") for number in range(8)]

    async def many(engine: Engine, turn: int) -> None:
        driver = engine.loop_driver()
        order = accounts[::turn] * 6
        wishes = [
            requests.change(STEPWELL, place(one), {"city": f"{turn} {n}"}) for n, one in enumerate(order)
        ]
        await asyncio.gather(*(driver.submit(wish) for wish in wishes))

    with stepwell.open(database_url, upgrade=False) as other:
        found = at_once(
            lambda: asyncio.run(many(shop.engine, 1)),
            lambda: asyncio.run(many(other, -1)),
        )
    assert found == [None, None]
    assert [shop.load(one).revision for one in accounts] == [13] * 8


def test_a_type_is_changed_while_others_work_with_its_records(shop: Shop, database_url: str) -> None:
    with stepwell.open(database_url, upgrade=False) as other:

        def work() -> int:
            for number in range(20):
                other.submit(requests.add(STEPWELL, "thing", {"f": str(number)}))
            return 20

        def alter() -> int:
            for number in range(5):
                fields = [
                    {"name": "f", "type": "text"},
                    {"name": f"g{number}", "type": "integer", "indexed": True},
                ]
                shop.define({"name": "thing", "fields": fields})
            return 5

        shop.define({"name": "thing", "fields": [{"name": "f", "type": "text"}]})
        assert at_once(work, alter) == [20, 5]
    assert len(shop.titles("thing")) == 20


def test_who_waits_for_changes_hears_of_each_within_the_transaction(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    for lane in shop.engine._driver.lanes:
        corridor: Corridor = lane.corridor
        monkeypatch.setattr(corridor, "records_changed", lambda batch, changes: heard.append(changes))
    case = shop.add("case", subject="x")
    shop.change(case, amount=5)
    shop.change(case, amount=5)
    shop.delete(case)
    assert [[(one.kind, set(one.fields)) for one in changes] for changes in heard] == [
        [("added", {"subject", "status", "is_urgent"})],
        [("changed", {"amount", "tax"})],
        [("deleted", {"subject", "status", "is_urgent", "amount", "tax"})],
    ]
