"""Transactions on PostgreSQL that are in each other's way: the batch gives in, its requests go on alone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import psycopg
import pytest

import stepwell
from stepwell.errors import Contended, Unavailable
from stepwell.services import messages, run
from stepwell.services.run import TRIES, Corridor
from tests.acceptance.server import until

LOCK = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"
WAITING = (
    "select 1 from pg_locks l join pg_database d on d.oid = l.database"
    " where d.datname = current_database() and l.locktype = 'advisory' and not l.granted"
)
HOT = "stepwell.store.postgresql.database.HOT_SETTINGS"


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
    shared_postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HOT, "-c lock_timeout=20ms")
    monkeypatch.setattr(run, "PATIENT", 0.0)
    with corridor(shared_postgresql_url) as way, holding(shared_postgresql_url, "held"):
        way.execute([messages.publish("before")])
        drawn = numbers_drawn(way)
        first, held, last = way.execute([messages.publish(name) for name in ("first", "held", "last")])
        assert first.done and last.done
        assert isinstance(held.error, Contended) and held.error.code == "database.busy"
        assert numbers_drawn(way) - drawn == 3 + 1 + 3 + 1


def test_a_request_alone_is_tried_three_times(
    shared_postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HOT, "-c lock_timeout=20ms")
    monkeypatch.setattr(run, "PATIENT", 0.0)
    with corridor(shared_postgresql_url) as way, holding(shared_postgresql_url, "held"):
        way.execute([messages.publish("before")])
        drawn = numbers_drawn(way)
        (held,) = way.execute([messages.publish("held")])
        assert isinstance(held.error, Contended)
        assert numbers_drawn(way) - drawn == 3


def test_a_request_alone_goes_on_for_as_long_as_it_is_patient(
    shared_postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HOT, "-c lock_timeout=20ms")
    monkeypatch.setattr(run, "PATIENT", 600.0)
    with (
        corridor(shared_postgresql_url) as way,
        holding(shared_postgresql_url, "held") as other,
        ThreadPoolExecutor(1) as hand,
    ):
        way.execute([messages.publish("before")])
        drawn = numbers_drawn(way)
        asked = hand.submit(way.execute, [messages.publish("held")])
        until(lambda: numbers_drawn(way) - drawn > TRIES + 2, "it was tried more often than it has to be")
        other.rollback()
        assert asked.result(30)[0].done


def test_a_batch_that_gave_in_is_followed_by_a_smaller_one(
    shared_postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HOT, "-c lock_timeout=20ms")
    monkeypatch.setattr(run, "PATIENT", 0.0)
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
