"""Who does which job, until when."""

import threading

from stepwell.engine import events as e
from stepwell.store import open_store
from stepwell.store.deliveries import Delivery, delivery_of
from stepwell.store.jobs import Claim, JobLock, PutOff
from stepwell.store.loading import Target
from stepwell.store.saving import Lock, Save
from tests.store.instances import NOW, SECOND, Clock, apply, change, opened, start, waiting_job


def claim(worker: str = "w1", limit: int = 10, **more: object) -> Claim:
    return Claim(worker=worker, limit=limit, lock_seconds=60, **more)  # type: ignore[arg-type]


def test_due_jobs_are_claimed_in_order_of_their_time(database_url: str) -> None:
    with opened(database_url) as store:
        late, early = (start(store, *waiting_job(due_at=NOW - age)) for age in (1, 5))
        found = store.claim_jobs(claim())
        assert [(job.instance_id, job.attempt) for job in found] == [(early, 1), (late, 1)]


def test_a_claimed_job_is_the_row_of_the_state(database_url: str) -> None:
    with opened(database_url) as store:
        events = waiting_job(args=b"\x01", retries=3)
        start(store, *events)
        assert store.claim_jobs(claim())[0].job == events[1].job


def test_a_job_is_not_claimed_before_its_time(database_url: str) -> None:
    clock = Clock()
    with opened(database_url, clock) as store:
        start(store, *waiting_job(due_at=NOW + 5 * SECOND))
        assert store.claim_jobs(claim()) == []
        clock.now += 5 * SECOND
        assert len(store.claim_jobs(claim())) == 1


def test_a_claimed_job_comes_again_with_a_new_attempt_when_its_lock_runs_out(database_url: str) -> None:
    clock = Clock()
    with opened(database_url, clock) as store:
        number = start(store, *waiting_job())
        store.claim_jobs(claim("w1"))
        assert store.claim_jobs(claim("w2")) == []
        clock.now += 60 * SECOND
        assert [job.attempt for job in store.claim_jobs(claim("w2"))] == [2]
        with store.transaction() as tx:
            assert not tx.has_job(number, 2, 1)
            assert tx.has_job(number, 2, 2)


def test_a_claim_is_for_calls_or_for_what_stepwell_does_itself(database_url: str) -> None:
    with opened(database_url) as store:
        for kind in ("timer", "python", "continue"):
            start(store, *waiting_job(type=kind))
        assert [job.job.type for job in store.claim_jobs(claim())] == ["python"]
        assert [job.job.type for job in store.claim_jobs(claim(work="own"))] == ["timer", "continue"]


def test_a_lock_is_extended_only_for_the_claim_that_holds_it(database_url: str) -> None:
    clock = Clock()
    with opened(database_url, clock) as store:
        number = start(store, *waiting_job())
        store.claim_jobs(claim("w1"))
        right, wrong = JobLock(number, 2, 1), JobLock(number, 2, 7)
        assert store.extend_locks([right, wrong], "w1", 600) == [right]
        clock.now += 60 * SECOND
        assert store.claim_jobs(claim("w2")) == []


def test_all_locks_of_a_worker_are_extended_at_once(database_url: str) -> None:
    clock = Clock()
    with opened(database_url, clock) as store:
        numbers = [start(store, *waiting_job()) for _ in range(3)]
        store.claim_jobs(claim("w1"))
        locks = [JobLock(number, 2, 1) for number in reversed(numbers)]
        assert sorted(store.extend_locks(locks, "w1", 600)) == sorted(locks)
        assert store.extend_locks(locks, "w2", 600) == []
        clock.now += 599 * SECOND
        assert store.claim_jobs(claim("w2")) == []


def test_released_jobs_can_be_claimed_at_once(database_url: str) -> None:
    with opened(database_url) as store:
        start(store, *waiting_job())
        store.claim_jobs(claim("w1"))
        assert store.release_locks("w1") == 1
        assert len(store.claim_jobs(claim("w2"))) == 1


def test_the_next_due_time_counts_locks_too(database_url: str) -> None:
    with opened(database_url) as store:
        assert store.next_due_at() is None
        start(store, *waiting_job(due_at=NOW - 1))
        assert store.next_due_at() == NOW - 1
        store.claim_jobs(claim())
        assert store.next_due_at() == NOW + 60 * SECOND


def test_a_job_that_is_put_off_is_free_again_and_keeps_its_attempts(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(store, *waiting_job(retries=3))
        store.claim_jobs(claim())
        change(store, Target(number, 2, "job"), e.JobPutOff(2, NOW, 2, 1, "no"))
        assert [(job.attempt, job.job.retries) for job in store.claim_jobs(claim())] == [(2, 2)]


def test_a_job_may_be_born_locked(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(store)
        with store.transaction() as tx:
            saved = apply(tx.load([Target(number)]).states[number], *waiting_job())
            tx.save([Save(saved.state, saved.history, Lock("w1", NOW + SECOND, {2}))])
        assert store.claim_jobs(claim("w2")) == []
        assert store.next_due_at() == NOW + SECOND


def test_a_delivery_is_carried_out_once(database_url: str) -> None:
    with opened(database_url) as store:
        number = start(store)
        delivery = Delivery(number, "command", b"args", 3, "Call")
        with store.transaction() as tx:
            (key,) = tx.deliver([delivery])
        (claimed,) = store.claim_jobs(claim(work="own"))
        assert (delivery_of(claimed), claimed.job.key) == (delivery, key)
        with store.transaction() as tx:
            assert [tx.take_delivery(number, key) for _ in range(2)] == [b"args", None]


def test_a_delivery_that_is_put_off_comes_later(database_url: str) -> None:
    with opened(database_url) as store:
        with store.transaction() as tx:
            (key,) = tx.deliver([Delivery(0, "command", b"args")])
            assert tx.put_off(0, key, PutOff(NOW + SECOND, "command", 1, "busy"))
        assert store.claim_jobs(claim()) == []
        assert store.next_due_at() == NOW + SECOND


def test_no_job_is_handed_out_twice(database_url: str) -> None:
    with opened(database_url) as store:
        for _ in range(60):
            start(store, *waiting_job())
        other = open_store(database_url, clock=Clock())
        found: list[int] = []

        def work(place: int) -> None:
            mine = (store, other)[place]
            while jobs := mine.claim_jobs(claim(f"w{place}", 3)):
                found.extend(job.instance_id for job in jobs)

        threads = [threading.Thread(target=work, args=(place,)) for place in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        other.close()
        assert sorted(found) == sorted(set(found))
        assert len(found) == 60
