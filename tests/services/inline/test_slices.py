"""Data steps over many records: slices as background work, each exactly once (R2)."""

import pytest

import stepwell
from stepwell.config import Settings
from stepwell.services.drivers import LoopDriver
from stepwell.services.inline.budget import Limits
from stepwell.services.records import slices, writing
from tests.engine.world import flows
from tests.services.inline.drawing import boundary, filter_of, line, step, user, values
from tests.services.inline.office import cities, counts, events, run, stuck, waiting
from tests.services.records.conftest import Shop

IN_ROME = filter_of("city = Rome")
MOVE = step("move", "change", values(city="Oslo") + IN_ROME)


@pytest.fixture
def big(shop: Shop) -> Shop:
    """Fifteen accounts in Rome; a transaction touches at most four."""
    for number in range(15):
        shop.add("account", name=f"n{number:02}", city="Rome")
    for lane in shop.engine._driver.lanes:
        lane.corridor.limits = slices_of(4)
    return shop


def slices_of(records: int) -> Limits:
    return Limits(records=records)


def work(shop: Shop, records: int = 4) -> None:
    """Let the worker do what is due, in transactions of the same size."""
    make = shop.engine.loop_driver

    def driver() -> LoopDriver:
        found = make()
        for corridor in found.corridors:
            corridor.limits = slices_of(records)
        return found

    shop.engine.loop_driver = driver  # type: ignore[method-assign]
    try:
        shop.engine.work()
    finally:
        shop.engine.loop_driver = make  # type: ignore[method-assign]


def test_more_records_than_a_transaction_takes_are_touched_in_slices(big: Shop) -> None:
    id = run(big, line(MOVE, user("look")))
    assert set(cities(big).values()) == {"Rome"}
    work(big)
    assert set(cities(big).values()) == {"Oslo"}
    assert counts(big, id) == [0, 4, 4, 4, 3]
    assert big.engine.variables(id) == {"move": 15}
    assert waiting(big) == ["look"]


def test_records_that_are_added_after_its_beginning_are_left_alone(big: Shop) -> None:
    run(big, line(MOVE))
    big.add("account", name="late", city="Rome")
    work(big)
    assert [name for name, city in cities(big).items() if city == "Rome"] == ["late"]


def test_each_slice_is_told_to_who_waits(big: Shop) -> None:
    more = boundary("b", "see", "changed", interrupting="false") + user("seen")
    watch = line(user("see"), more=more + flows("b seen end"), id="q")
    big.engine.deploy(watch)
    big.engine.start("q")
    run(big, line(MOVE))
    work(big)
    assert waiting(big).count("seen") == 15


def test_an_error_is_an_incident_at_the_cursor_and_a_retry_goes_on_from_there(big: Shop) -> None:
    id = run(big, line(step("clean", "delete", IN_ROME), user("look")))
    case = big.add("case", subject="x", account="10")
    work(big)
    found = stuck(big)
    assert (found.element, found.code) == ("clean", "record.linked")
    assert len(cities(big)) == 11
    big.delete(case)
    big.engine.retry(found.id)
    work(big)
    assert (len(cities(big)), waiting(big)) == (0, ["look"])
    assert big.engine.variables(id) == {"clean": 15}


def test_all_or_nothing_touches_nothing_above_the_limit(big: Shop) -> None:
    run(big, line(step("move", "change", values(city="Oslo") + IN_ROME, allOrNothing="true")))
    work(big)
    assert set(cities(big).values()) == {"Rome"}
    assert (stuck(big).code, "4 records" in stuck(big).message) == ("records.too-many", True)


def test_all_or_nothing_touches_all_up_to_the_limit(big: Shop) -> None:
    few = values(city="Oslo") + filter_of("name &lt; n04")
    id = run(big, line(step("move", "change", few, allOrNothing="true"), user("look")))
    assert big.engine.variables(id) == {"move": 4}


def test_above_a_maximum_nothing_is_touched(big: Shop) -> None:
    run(big, line(step("move", "change", values(city="Oslo") + IN_ROME, atMost="14")))
    work(big)
    assert set(cities(big).values()) == {"Rome"}
    assert (stuck(big).code, "at most 14" in stuck(big).message) == ("records.too-many", True)


def test_a_maximum_of_a_few_is_known_at_once(big: Shop) -> None:
    run(big, line(step("move", "change", values(city="Oslo") + filter_of("name &lt; n03"), atMost="2")))
    assert stuck(big).code == "records.too-many"


def test_up_to_a_maximum_all_are_touched_in_slices(big: Shop) -> None:
    id = run(big, line(step("move", "change", values(city="Oslo") + IN_ROME, atMost="15"), user("look")))
    work(big)
    assert set(cities(big).values()) == {"Oslo"}
    assert big.engine.variables(id) == {"move": 15}


def test_few_records_among_many_are_found_first_and_touched_in_one_go(
    big: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "WINDOW", 5)
    few = values(city="Oslo") + filter_of("name contains 4")
    id = run(big, line(step("move", "change", few, allOrNothing="true"), user("look")))
    work(big)
    assert counts(big, id) == [0, 0, 0, 0, 2]
    assert [name for name, city in cities(big).items() if city == "Oslo"] == ["n14", "n04"]


def test_a_selection_of_many_makes_its_records_in_slices(big: Shop) -> None:
    add = step("greet", "add", values(subject="= selected.name") + IN_ROME, type="case", from_="account")
    id = run(big, line(add, user("look")))
    work(big)
    assert len(big.titles("case")) == 15
    assert big.engine.variables(id) == {"greet": 15}


def test_what_breaks_in_the_middle_is_tried_again_and_no_slice_twice(
    big: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slices and their place are committed together."""
    save, calls = writing.save, []

    def breaking(*args: object) -> object:
        calls.append(args)
        if len(calls) == 3:
            save(*args)  # type: ignore[arg-type]
            raise RuntimeError("somebody pulled the plug")
        return save(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(writing, "save", breaking)
    add = values(city="= selected.city + &quot;!&quot;")
    id = run(big, line(step("move", "change", add + IN_ROME), user("look")))
    work(big)
    big.clock.now += 60_000_000
    work(big)
    assert set(cities(big).values()) == {"Rome!"}
    assert counts(big, id) == [0, 4, 4, 4, 3]
    assert len(events(big, id, "JobPutOff")) == 1


def test_a_step_that_is_cancelled_in_the_middle_leaves_the_rest_alone(big: Shop) -> None:
    id = run(big, line(MOVE))
    big.engine.cancel(id, reason="wrong")
    work(big)
    assert set(cities(big).values()) == {"Rome"}
    assert big.engine.store.next_due_at() is None


def test_the_size_of_a_slice_is_a_setting(database_url: str) -> None:
    settings = Settings(database_url=database_url, step_records=7)
    with stepwell.open(database_url, settings=settings, upgrade=False) as engine:
        assert engine._driver.lanes[0].corridor.limits.records == 7


def test_a_step_that_had_touched_nothing_begins_anew_with_the_values_of_the_retry(big: Shop) -> None:
    given = values(name="= name") + IN_ROME
    id = run(big, line(step("move", "change", given, atMost="15"), user("look")), name="n" * 251)
    work(big)
    found = stuck(big)
    assert (found.element, found.code) == ("move", "record.invalid")
    big.engine.set_variables(id, {"name": None}, reason="too long")
    big.engine.retry(found.id)
    work(big)
    assert "Expected a value for name" in stuck(big).message


def test_records_are_counted_anew_when_there_were_too_many(big: Shop) -> None:
    id = run(big, line(step("move", "change", values(city="Oslo") + IN_ROME, atMost="14"), user("look")))
    work(big)
    big.delete("account/3")
    big.engine.retry(stuck(big).id)
    work(big)
    assert (waiting(big), big.engine.variables(id)) == (["look"], {"move": 14})
