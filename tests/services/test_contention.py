"""Transactions on PostgreSQL that are in each other's way: the batch gives in, its requests go on alone."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import psycopg
import pytest

import stepwell
from stepwell.errors import Contended, Unavailable
from stepwell.library import Engine
from stepwell.services import drivers, messages
from stepwell.services.run import Corridor
from tests.acceptance.server import until

LOCK = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"
WAITING = (
    "select 1 from pg_locks l join pg_database d on d.oid = l.database"
    " where d.datname = current_database() and l.locktype = 'advisory' and not l.granted"
)
Submit = Callable[[Engine, str], object]


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for the lock of a name waits as short as for records."""
    monkeypatch.setattr("stepwell.store.postgresql.database.HOT_SETTINGS", "-c lock_timeout=20ms")


@contextmanager
def corridor(url: str) -> Iterator[Corridor]:
    with stepwell.open(url) as engine:
        yield engine._driver.lanes[0].corridor


@contextmanager
def holding(url: str, name: str) -> Iterator["psycopg.Connection[tuple[int]]"]:
    """Another transaction, which has the lock of a message's name."""
    with psycopg.connect(url) as other:
        lock(other, name)
        yield other


def lock(connection: "psycopg.Connection[tuple[int]]", name: str) -> None:
    connection.execute(LOCK, (f"{len(name)} {name} ",))


def numbers_drawn(corridor: Corridor) -> int:
    """How many messages were put so far, those that were rolled back included."""
    with corridor.store.reading() as session:
        return int(session.read("select last_value from message_row_id")[0][0])


def test_who_is_in_nobodys_way_goes_through_while_others_wait_too_long(
    shared_postgresql_url: str,
) -> None:
    with corridor(shared_postgresql_url) as way, holding(shared_postgresql_url, "held"):
        way.execute([messages.publish("before")])
        drawn = numbers_drawn(way)
        first, held, last = way.execute([messages.publish(name) for name in ("first", "held", "last")])
        assert first.done and last.done
        assert held.retry and isinstance(held.error, Contended) and held.error.code == "database.busy"
        assert numbers_drawn(way) - drawn == 3 + 1 + 1 + 1


def test_who_is_kept_for_more_than_a_moment_asks_for_another_batch(shared_postgresql_url: str) -> None:
    with corridor(shared_postgresql_url) as way, holding(shared_postgresql_url, "held"):
        way.execute([messages.publish("before")])
        drawn = numbers_drawn(way)
        (held,) = way.execute([messages.publish("held")])
        assert held.retry and isinstance(held.error, Contended)
        assert numbers_drawn(way) - drawn == 1


def by_loop(engine: Engine, name: str) -> object:
    async def submit() -> object:
        driver = engine.loop_driver()
        try:
            return await driver.submit(messages.publish(name))
        finally:
            await driver.at_rest()

    return asyncio.run(submit())


def by_thread(engine: Engine, name: str) -> object:
    return engine.submit(messages.publish(name))


BOTH_WAYS = pytest.mark.parametrize("submit", [by_thread, by_loop])


@BOTH_WAYS
def test_a_request_that_others_are_in_the_way_of_is_told_so_in_the_end(
    shared_postgresql_url: str, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drivers, "PATIENT", 0.0)
    with (
        stepwell.open(shared_postgresql_url) as engine,
        holding(shared_postgresql_url, "held"),
        pytest.raises(Contended) as told,
    ):
        submit(engine, "held")
    assert told.value.code == "database.busy"
    assert str(told.value) == (
        "Expected nobody to be in the way, but another transaction kept what is needed for too long; try again."
    )


@BOTH_WAYS
def test_it_goes_on_for_as_long_as_it_is_patient(
    shared_postgresql_url: str, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drivers, "PATIENT", 600.0)
    with (
        stepwell.open(shared_postgresql_url) as engine,
        holding(shared_postgresql_url, "held") as other,
        ThreadPoolExecutor(1) as hand,
    ):
        way = engine._driver.lanes[0].corridor
        way.execute([messages.publish("before")])
        drawn = numbers_drawn(way)
        asked = hand.submit(submit, engine, "held")
        until(lambda: numbers_drawn(way) - drawn > 3, "it was tried more than once")
        other.rollback()
        assert asked.result(30)


def test_meanwhile_others_of_its_lane_are_carried_out(
    shared_postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drivers, "PATIENT", 600.0)

    async def ask(engine: Engine, other: "psycopg.Connection[tuple[int]]") -> None:
        driver = engine.loop_driver()
        held = [asyncio.create_task(driver.submit(messages.publish("held"))) for _ in range(3)]
        for _ in range(5):
            assert (await driver.submit(messages.publish("free"))).at
        assert not any(task.done() for task in held)
        other.rollback()
        assert all(done.at for done in await asyncio.gather(*held))
        await driver.at_rest()

    with stepwell.open(shared_postgresql_url) as engine, holding(shared_postgresql_url, "held") as other:
        asyncio.run(ask(engine, other))


def test_a_batch_that_gave_in_is_followed_by_a_smaller_one(
    shared_postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with corridor(shared_postgresql_url) as way, holding(shared_postgresql_url, "held"):
        way.execute([messages.publish(name) for name in ("a", "b", "c", "d", "e", "held")])
        assert way.width.size == 3
        way.execute([messages.publish(name) for name in ("f", "g", "h")])
        assert way.width.size == 4


def test_a_batch_that_gave_in_to_a_deadlock_goes_through_in_the_end(shared_postgresql_url: str) -> None:
    with (
        corridor(shared_postgresql_url) as way,
        holding(shared_postgresql_url, "b") as other,
        ThreadPoolExecutor(1) as hand,
    ):
        batch = hand.submit(way.execute, [messages.publish(name) for name in "ab"])
        until(lambda: other.execute(WAITING).fetchall(), "the batch has a and waits for b")
        with suppress(psycopg.errors.DeadlockDetected):  # should this machine be so slow that it is our turn
            lock(other, "a")
        other.rollback()
        assert all(outcome.done for outcome in batch.result(30))


def test_a_lost_connection_is_so_for_the_whole_batch(shared_postgresql_url: str) -> None:
    with corridor(shared_postgresql_url) as way:
        with way.store.transaction() as tx:
            tx.session.run(
                "create function ends() returns trigger language plpgsql as"
                " $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$"
            )
            tx.session.run(
                "create trigger ends before insert on message for each row when (new.name = 'end')"
                " execute function ends()"
            )
        drawn = numbers_drawn(way)
        outcomes = way.execute([messages.publish(name) for name in ("first", "end", "last")])
        codes = [outcome.error.code for outcome in outcomes if isinstance(outcome.error, Unavailable)]
        assert codes == ["database.unavailable"] * 3
        assert numbers_drawn(way) - drawn <= 2
