"""What every transport has to do. A test file makes a ``Workplace`` over it and inherits these stories."""

import asyncio
import threading
import time
from collections.abc import Coroutine
from typing import Any, Protocol

from stepwell.store.jobs import Claim, ClaimedJob, JobLock, Work
from stepwell.worker.bell import Bell
from stepwell.worker.port import Transport

LOCK = 60.0


class Workplace(Protocol):
    """A transport, a second one as another process has it, and the world around them."""

    transport: Transport
    other: Transport

    def put(self, due_in: float = 0.0, job_type: str = "python") -> int:
        """Commit a job that is due after ``due_in`` seconds; gives the id of its instance."""

    def complete(self, claimed: ClaimedJob) -> None:
        """Commit the end of a job."""

    def counts(self, claimed: ClaimedJob) -> bool:
        """Whether a result of this claim would be taken."""

    def pass_time(self, seconds: float) -> None:
        """Let time go by."""


def claim(worker: str = "one", limit: int = 10, work: Work = "connector") -> Claim:
    return Claim(worker=worker, limit=limit, lock_seconds=LOCK, work=work)


def done(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def lock(claimed: ClaimedJob) -> JobLock:
    return JobLock(claimed.instance_id, claimed.job.key, claimed.attempt)


class TransportContract:
    """Inherit with a fixture ``workplace``."""

    def test_due_jobs_are_handed_out_in_order_of_their_time(self, workplace: Workplace) -> None:
        late, later, early = (workplace.put(due_in) for due_in in (-2, -1, -3))
        found = done(workplace.transport.claim(claim()))
        assert [claimed.instance_id for claimed in found] == [early, late, later]

    def test_the_longest_due_come_first_when_not_all_can(self, workplace: Workplace) -> None:
        _, early = workplace.put(-2), workplace.put(-3)
        found = done(workplace.transport.claim(claim(limit=1)))
        assert [claimed.instance_id for claimed in found] == [early]

    def test_a_job_is_not_handed_out_before_its_time(self, workplace: Workplace) -> None:
        workplace.put(5)
        assert not done(workplace.transport.claim(claim()))

    def test_a_job_that_is_not_due_does_not_hold_up_one_that_is(self, workplace: Workplace) -> None:
        workplace.put(3600)
        assert workplace.put() == done(workplace.transport.claim(claim()))[0].instance_id

    def test_a_job_has_one_worker(self, workplace: Workplace) -> None:
        workplace.put()
        done(workplace.transport.claim(claim()))
        assert not done(workplace.other.claim(claim("two")))

    def test_workers_that_ask_at_once_share_the_jobs(self, workplace: Workplace) -> None:
        numbers = sorted(workplace.put() for _ in range(40))

        async def work(transport: Transport, worker: str) -> list[int]:
            found = []
            while claimed := await transport.claim(claim(worker, 3)):
                found += [one.instance_id for one in claimed]
                await asyncio.sleep(0)
            return found

        shares: list[list[int]] = []
        ways = ((workplace.transport, "one"), (workplace.other, "two"))
        threads = [threading.Thread(target=lambda way=way: shares.append(done(work(*way)))) for way in ways]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(shares[0] + shares[1]) == numbers

    def test_calls_and_what_stepwell_does_itself_are_handed_out_apart(self, workplace: Workplace) -> None:
        timer, call = workplace.put(job_type="timer"), workplace.put(job_type="python")
        assert [one.instance_id for one in done(workplace.transport.claim(claim(work="own")))] == [timer]
        assert [one.instance_id for one in done(workplace.transport.claim(claim()))] == [call]

    def test_a_job_whose_worker_is_gone_comes_again_as_another_attempt(self, workplace: Workplace) -> None:
        workplace.put()
        first = done(workplace.transport.claim(claim()))[0]
        workplace.pass_time(LOCK + 1)
        second = done(workplace.other.claim(claim("two")))[0]
        assert second.attempt == first.attempt + 1

    def test_a_result_of_an_old_attempt_does_not_count(self, workplace: Workplace) -> None:
        workplace.put()
        first = done(workplace.transport.claim(claim()))[0]
        workplace.pass_time(LOCK + 1)
        second = done(workplace.other.claim(claim("two")))[0]
        assert (workplace.counts(first), workplace.counts(second)) == (False, True)

    def test_a_lock_that_is_extended_lasts_longer(self, workplace: Workplace) -> None:
        workplace.put()
        claimed = done(workplace.transport.claim(claim()))[0]
        workplace.pass_time(LOCK - 1)
        assert list(done(workplace.transport.extend([lock(claimed)], "one", LOCK))) == [lock(claimed)]
        workplace.pass_time(LOCK - 1)
        assert not done(workplace.other.claim(claim("two")))

    def test_a_lock_that_another_worker_has_is_not_extended(self, workplace: Workplace) -> None:
        workplace.put()
        claimed = done(workplace.transport.claim(claim()))[0]
        workplace.pass_time(LOCK + 1)
        done(workplace.other.claim(claim("two")))
        assert not list(done(workplace.transport.extend([lock(claimed)], "one", LOCK)))

    def test_a_released_job_is_due_at_once(self, workplace: Workplace) -> None:
        workplace.put()
        done(workplace.transport.claim(claim()))
        done(workplace.transport.release("one"))
        assert len(done(workplace.other.claim(claim("two")))) == 1

    def test_a_release_leaves_the_jobs_of_others_alone(self, workplace: Workplace) -> None:
        workplace.put()
        done(workplace.transport.claim(claim()))
        done(workplace.other.release("two"))
        assert not done(workplace.other.claim(claim("two")))

    def test_a_job_that_is_done_does_not_come_again(self, workplace: Workplace) -> None:
        workplace.put()
        workplace.complete(done(workplace.transport.claim(claim()))[0])
        workplace.pass_time(LOCK + 1)
        assert not done(workplace.other.claim(claim("two")))

    def test_without_jobs_nothing_is_due(self, workplace: Workplace) -> None:
        assert done(workplace.transport.due_in("connector")) is None

    def test_it_says_how_long_there_is_nothing_to_do(self, workplace: Workplace) -> None:
        workplace.put(5)
        assert 4 < done(workplace.transport.due_in("connector")) <= 5

    def test_a_due_job_leaves_no_time(self, workplace: Workplace) -> None:
        workplace.put(-1)
        assert done(workplace.transport.due_in("connector")) <= 0

    def test_a_lock_is_due_when_it_runs_out(self, workplace: Workplace) -> None:
        workplace.put(-1)
        done(workplace.transport.claim(claim()))
        assert LOCK - 2 < done(workplace.transport.due_in("connector")) <= LOCK

    def test_an_announcement_wakes_who_sleeps(self, workplace: Workplace) -> None:
        bell = Bell()
        workplace.transport.listen(bell.ring)

        async def sleep() -> float:
            begin = time.monotonic()
            announcing = threading.Timer(0.02, workplace.transport.announce)
            announcing.start()
            await bell.wait(600)
            announcing.join()
            return time.monotonic() - begin

        assert done(sleep()) < 300
