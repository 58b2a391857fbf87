"""Two processes, or two lanes, on the same instances."""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg
import pytest

from stepwell.engine.mapping import variables_set
from stepwell.errors import Contended, Unavailable
from stepwell.store import Store, jobs, migrate, open_store
from stepwell.store.jobs import Claim, JobLock
from stepwell.store.loading import Target
from stepwell.store.postgresql.journey import Answer, Request
from stepwell.store.postgresql.session import COMMIT, PostgresqlSession
from tests.store.disk import without_room
from tests.store.instances import NOW, SECOND, Clock, apply, opened, start, waiting_job, waiting_task


@pytest.fixture
def pg(postgresql_url: Callable[[], str]) -> str:
    url = postgresql_url()
    migrate.upgrade(url)
    return url


def count_up(store: Store, number: int, times: int) -> None:
    done = 0
    while done < times:
        try:
            with store.transaction() as tx:
                found = tx.load([Target(number)])
                if number in found.states:
                    state = found.states[number]
                    tx.save([apply(state, variables_set(0, {"n": state.value(0, "n") + 1}))])
                    done += 1
        except Unavailable:
            continue


def test_two_connections_never_lose_an_update(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(store, variables_set(0, {"n": 0}))
        other = open_store(database_url, clock=Clock())
        threads = [threading.Thread(target=count_up, args=(one, number, 40)) for one in (store, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        other.close()
        with store.transaction() as tx:
            assert tx.load([Target(number)]).states[number].value(0, "n") == 80


def test_an_instance_that_another_lane_holds_is_busy(pg: str) -> None:
    with opened(pg) as store:
        held, free = start(store, *waiting_task(1)), start(store, *waiting_task(1))
        with store.transaction() as first:
            first.load([Target(held, 1)])
            with store.transaction() as second:
                found = second.load([Target(held, 1), Target(free, 1), Target(99)])
                assert (set(found.states), found.busy, found.missing) == ({free}, {held}, {99})


def claimed(store: Store) -> tuple[JobLock, JobLock]:
    """Two jobs that the worker w has for a minute."""
    first, second = (JobLock(start(store, *waiting_job()), 2, 1) for _ in range(2))
    store.claim_jobs(Claim(worker="w", limit=2, lock_seconds=60))
    return first, second


BUSY_JOB = "update job set error = error where instance_id = ?"


def test_a_beat_waits_for_no_row_and_does_not_take_a_busy_one_for_lost(pg: str) -> None:
    with opened(pg) as store:
        held, free = claimed(store)
        with store.transaction() as other:
            other.session.run(BUSY_JOB, held.instance_id)
            assert sorted(store.extend_locks([free, held], "w", 600)) == [held, free]
        with store.reading() as session:
            found = session.read("select instance_id, locked_until from job")
        assert dict(found) == {held.instance_id: NOW + 60 * SECOND, free.instance_id: NOW + 600 * SECOND}


def test_a_beat_learns_that_another_worker_has_claimed_the_job_meanwhile(pg: str) -> None:
    clock = Clock()
    with opened(pg, clock) as store:
        lost, free = claimed(store)
        store.extend_locks([free], "w", 600)
        clock.now += 60 * SECOND
        with store.transaction() as other:
            assert len(jobs.claim(other.session, Claim(worker="v", limit=2, lock_seconds=60))) == 1
            assert sorted(store.extend_locks([free, lost], "w", 600)) == [lost, free]
        assert store.extend_locks([free, lost], "w", 600) == [free]


def test_giving_back_waits_for_no_row(pg: str) -> None:
    with opened(pg) as store:
        held, _ = claimed(store)
        with store.transaction() as other:
            other.session.run(BUSY_JOB, held.instance_id)
            assert store.release_locks("w") == 1
        assert store.release_locks("w") == 1


def test_a_database_that_another_process_holds_is_unavailable(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'stepwell.db'}"
    migrate.upgrade(url)
    with opened(url) as store:
        other = sqlite3.connect(tmp_path / "stepwell.db", isolation_level=None)
        other.execute("begin immediate")
        with pytest.raises(Unavailable) as busy, store.transaction():
            pass
        other.close()
        assert busy.value.code == "database.busy"


def test_a_full_disk_is_unavailable_and_harms_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'stepwell.db'}"
    migrate.upgrade(url)
    with opened(url) as store:
        connection = store.database.connection  # type: ignore[attr-defined]
        (pages,) = connection.execute("pragma page_count").fetchone()
        connection.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(Unavailable) as full:
            start(store, variables_set(0, {"text": "x" * 1_000_000}))
        connection.execute(f"pragma max_page_count = {pages + 1000}")
        start(store, variables_set(0, {"n": 1}))
        assert full.value.code == "database.unavailable"


def test_a_worker_is_told_of_a_disk_without_room(database_url: str) -> None:
    with opened(database_url) as store:
        start(store, *waiting_job())
        lock, _ = claimed(store)
        asks: list[Callable[[], object]] = [
            lambda: store.claim_jobs(Claim(worker="v", limit=2, lock_seconds=60)),
            lambda: store.extend_locks([lock], "w", 60),
            lambda: store.release_locks("w"),
        ]
        for ask in asks:
            with without_room(store), pytest.raises(Unavailable) as full:
                ask()
            assert full.value.code == "database.unavailable"
        assert store.release_locks("w") == 2


def test_a_reader_is_told_that_another_process_has_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stepwell.store.sqlite.database.READ_BUSY_TIMEOUT", 10)
    url = f"sqlite:///{tmp_path / 'stepwell.db'}"
    migrate.upgrade(url)
    store = open_store(url)
    database = store.database
    store.close()  # what has no connection yet has to ask for the file again
    other = sqlite3.connect(tmp_path / "stepwell.db", isolation_level=None)
    other.execute("pragma locking_mode = exclusive")
    other.execute("begin exclusive")
    with pytest.raises(Unavailable) as busy, database.reader():
        pass
    other.close()
    assert busy.value.code == "database.busy"


def test_after_a_commit_that_fails_the_connection_goes_on(database_url: str) -> None:
    with opened(database_url) as store:
        with store.transaction() as tx:
            tx.session.run("create table first (id bigint primary key)")
            tx.session.run(
                "create table second (id bigint references first (id) deferrable initially deferred)"
            )
        if store.database.name == "sqlite":
            store.database.connection.execute("pragma foreign_keys = on")  # type: ignore[attr-defined]
        with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)), store.transaction() as tx:
            tx.session.run("insert into second values (1)")
        start(store, variables_set(0, {"n": 1}))


def test_reading_goes_on_while_somebody_writes(database_url: str) -> None:
    with opened(database_url) as store, store.transaction() as tx:
        tx.new_instance_ids(1)
        with store.reading() as session:
            assert session.read("select count(*) from process_instance") == [(0,)]


def break_commit(session: PostgresqlSession, *, before: bool) -> None:
    """Let the connection end with the commit: before it arrives, or when only its answer is missing."""
    depart, arrive = session._journeys.depart, session._journeys.arrive
    sent: list[Request] = []

    def departing(requests: Sequence[Request]) -> None:
        sent.extend(requests)
        if before and COMMIT in requests:
            with psycopg.connect(session.url, autocommit=True) as other:
                other.execute("select pg_terminate_backend(%s, 5000)", [session.connection.info.backend_pid])
        depart(requests)

    def arriving() -> list[Answer]:
        answers = arrive()
        if COMMIT in sent:
            session.connection.close()
            raise psycopg.OperationalError("the connection is lost")
        return answers

    session._journeys.depart = departing  # type: ignore[method-assign]
    session._journeys.arrive = arriving  # type: ignore[method-assign]


def set_n(store: Store, number: int, *, before: bool) -> None:
    """Set n to 1 in a transaction whose commit breaks."""
    with store.transaction() as tx:
        break_commit(tx.session, before=before)  # type: ignore[arg-type]
        state = tx.load([Target(number)]).states[number]
        tx.save([apply(state, variables_set(0, {"n": 1}))])


def test_a_commit_whose_answer_was_lost_counts_when_the_server_has_it(pg: str) -> None:
    with opened(pg) as store:
        number = start(store, variables_set(0, {"n": 0}))
        set_n(store, number, before=False)
        with store.transaction() as tx:
            assert tx.load([Target(number)]).states[number].value(0, "n") == 1


def test_a_commit_that_did_not_arrive_is_told(pg: str) -> None:
    with opened(pg) as store:
        number = start(store, variables_set(0, {"n": 0}))
        with pytest.raises(Unavailable) as lost:
            set_n(store, number, before=True)
        assert lost.value.code == "database.aborted"


def test_a_commit_of_which_nobody_knows_is_told_as_such(pg: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stepwell.store.postgresql.session.OUTCOME_KNOWN_AFTER", 0.2)
    monkeypatch.setattr(PostgresqlSession, "_outcome", lambda session, number: None)
    with opened(pg) as store:
        number = start(store, variables_set(0, {"n": 0}))
        with pytest.raises(Unavailable) as lost:
            set_n(store, number, before=False)
        assert lost.value.code == "database.outcome-unknown"


def cross(store: Store, number: int) -> None:
    """Two transactions, each of which has read what the other one writes; the first to begin commits last."""
    with store.transaction() as tx:
        tx.raise_epoch()
        with store.transaction() as other:
            assert other.epoch
            other.session.run("update process_instance set depth = 0 where id = ?", number)
            tx.session.read("select depth from process_instance where id = ?", number)


def test_a_commit_that_has_to_give_in_to_an_earlier_one_is_told_as_such(pg: str) -> None:
    """Where an operator wants transactions to be as if one followed the other."""
    with psycopg.connect(pg, autocommit=True) as connection:
        name = f'"{connection.info.dbname}"'.encode()
        connection.execute(b"alter database " + name + b" set default_transaction_isolation = 'serializable'")
    with opened(pg) as store:
        number = start(store)
        with pytest.raises(Contended) as second:
            cross(store, number)
        assert second.value.code == "database.busy"


def lose_connection(store: Store, url: str) -> None:
    """A transaction whose connection the server ends."""
    with store.transaction() as tx:
        (pid,) = tx.session.read("select pg_backend_pid()")
        with psycopg.connect(url, autocommit=True) as other:
            other.execute("select pg_terminate_backend(%s)", pid)
        tx.new_instance_ids(1)


def test_a_connection_that_broke_is_replaced(pg: str) -> None:
    with opened(pg) as store:
        with pytest.raises(Unavailable):
            lose_connection(store, pg)
        start(store)
