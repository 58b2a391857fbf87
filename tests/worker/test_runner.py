"""The worker itself: sleeping and waking, locks, stopping, and a database that is not to be had."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from stepwell.connectors import Call
from stepwell.engine.commands import CompleteJob
from stepwell.errors import Unavailable
from stepwell.services.requests import Done, OnInstance, Request
from stepwell.store.jobs import Claim, ClaimedJob, JobLock
from stepwell.worker import Runner, runner
from tests.store.instances import Clock
from tests.worker.office import MEMORY, Office, call, office, process, story, story_on_both


def quick(call: Call, *, function: str) -> None: ...


class Patient:
    """A connector's function that ends when told; remembers its attempts."""

    def __init__(self) -> None:
        self.attempts: list[int] = []
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()

    async def __call__(self, call: Call, *, function: str) -> None:
        self.attempts.append(call.attempt)
        self.begun.set()
        await self.may_end.wait()


async def completed(place: Office, id: str) -> None:
    await place.until(lambda: place.status(id) == "completed")


@story_on_both
async def test_new_work_wakes_a_sleeping_worker(url: str) -> None:
    async with office(url, process(call()), work=quick, poll_interval=60) as place:
        running = asyncio.create_task(place.runner.run())
        await asyncio.sleep(0)
        started = await asyncio.to_thread(place.engine.start, "p")
        await completed(place, started.id)
        await place.runner.stop()
        await running


@story
async def test_work_that_nobody_announced_is_found_by_the_next_look() -> None:
    async with office(MEMORY, process(call()), work=quick, poll_interval=0.05) as place:
        running = asyncio.create_task(place.runner.run())
        place.engine._woken.clear()
        await completed(place, place.engine.start("p").id)
        await place.runner.stop()
        await running


@story
async def test_a_place_that_becomes_free_is_filled_without_waiting() -> None:
    async with office(MEMORY, process(call()), work=quick, poll_interval=60) as place:
        place.runner = place.hire(limit=1)
        running = asyncio.create_task(place.runner.run())
        for started in [place.engine.start("p") for _ in range(5)]:
            await completed(place, started.id)
        await place.runner.stop()
        await running


def count_extensions(place: Office, extended: asyncio.Semaphore) -> None:
    """Release the semaphore once for each time that locks are extended."""
    extend = place.transport.extend

    async def counted(locks: Sequence[JobLock], worker: str, seconds: float) -> Sequence[JobLock]:
        kept = await extend(locks, worker, seconds)
        extended.release()
        return kept

    place.transport.extend = counted  # type: ignore[method-assign]


@story
async def test_a_long_job_keeps_its_lock_while_only_the_end_is_waited_for() -> None:
    work = Patient()
    extended = asyncio.Semaphore(0)
    async with office(MEMORY, process(call()), work=work, job_lock_seconds=0.1) as place:
        count_extensions(place, extended)
        place.engine.start("p")
        working = asyncio.create_task(place.work())
        for _ in range(6):
            await extended.acquire()
        assert not await place.hire().step()
        work.may_end.set()
        await working


@story_on_both
async def test_a_long_job_keeps_its_lock(url: str) -> None:
    work = Patient()
    extended = asyncio.Semaphore(0)
    async with office(url, process(call()), work=work, job_lock_seconds=0.3, poll_interval=0.05) as place:
        count_extensions(place, extended)
        rival = place.hire()
        started = await asyncio.to_thread(place.engine.start, "p")
        workers = [asyncio.create_task(one.run()) for one in (place.runner, rival)]
        for _ in range(6):
            await extended.acquire()
        work.may_end.set()
        await completed(place, started.id)
        for one in (place.runner, rival):
            await one.stop()
        await asyncio.gather(*workers)
        assert work.attempts == [1]


@story_on_both
async def test_the_work_of_a_dead_worker_is_taken_over(url: str) -> None:
    work = Patient()
    work.may_end.set()
    async with office(url, process(call()), work=work, clock=Clock()) as place:
        started = place.engine.start("p")
        assert await place.hire().take("connector")  # and is never heard of again
        await place.work(59)
        assert not work.attempts
        await place.work(1)
        assert (work.attempts, place.status(started.id)) == ([2], "completed")


@story
async def test_stopping_waits_for_what_is_nearly_done() -> None:
    work = Patient()
    async with office(MEMORY, process(call()), work=work) as place:
        running = asyncio.create_task(place.runner.run())
        started = place.engine.start("p")
        await work.begun.wait()
        asyncio.get_running_loop().call_later(0.02, work.may_end.set)
        await place.runner.stop(5)
        await running
        assert place.status(started.id) == "completed"


@story_on_both
async def test_stopping_gives_back_what_takes_too_long(url: str) -> None:
    work = Patient()
    async with office(url, process(call()), work=work) as place:
        running = asyncio.create_task(place.runner.run())
        started = await asyncio.to_thread(place.engine.start, "p")
        await work.begun.wait()
        await place.runner.stop(0.01)
        await running
        work.may_end.set()
        place.runner = place.hire()
        await place.work()
        assert (work.attempts, place.status(started.id)) == ([1, 2], "completed")


@story
async def test_a_stopped_worker_takes_nothing_more() -> None:
    async with office(MEMORY, process(call()), work=quick) as place:
        await place.runner.stop()
        place.engine.start("p")
        await place.runner.run()
        assert not place.submitted


class Moody:
    """A way into the corridor that first says what it was told to say, each once."""

    def __init__(self, place: Office, *moods: Exception) -> None:
        self.place = place
        self.moods = list(moods)

    async def __call__(self, request: Request) -> Done:
        if self.moods and isinstance(request, OnInstance) and isinstance(request.command, CompleteJob):
            raise self.moods.pop(0)
        return await self.place.told(request)


def moody(place: Office, *moods: Exception) -> Runner:
    return Runner(place.transport, Moody(place, *moods), place.connectors, place.settings)


def test_a_result_is_told_again_when_the_database_was_not_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "PAUSE", 0.001)

    async def tale() -> None:
        work = Patient()
        work.may_end.set()
        async with office(MEMORY, process(call()), work=work) as place:
            place.runner = moody(place, *[Unavailable("database.busy", "Expected it to be free.")] * 3)
            started = place.engine.start("p")
            await place.work()
            assert (work.attempts, place.status(started.id)) == ([1], "completed")

    asyncio.run(tale())


@story
async def test_a_result_that_can_not_be_taken_is_a_failed_attempt() -> None:
    async with office(MEMORY, process(call()), work=quick) as place:
        place.runner = moody(place, RuntimeError("no room"))
        place.engine.start("p")
        await place.work()
        assert "but: no room" in place.engine.incidents().items[0].message


@pytest.mark.parametrize(
    "error", [Unavailable("database.busy", "Expected it to be free."), RuntimeError("odd")]
)
def test_a_look_that_fails_is_followed_by_the_next_one(error: Exception) -> None:
    async def tale() -> None:
        async with office(MEMORY, process(call()), work=quick, poll_interval=0.02) as place:
            claim, troubles = place.transport.claim, [error]

            async def failing(asked: Claim) -> Sequence[ClaimedJob]:
                if troubles:
                    raise troubles.pop()
                return await claim(asked)

            place.transport.claim = failing  # type: ignore[method-assign]
            running = asyncio.create_task(place.runner.run())
            await completed(place, place.engine.start("p").id)
            await place.runner.stop()
            await running

    asyncio.run(tale())


def test_two_workers_have_two_names() -> None:
    place: Any = type("Nowhere", (), {"listen": lambda self, wake: None})()
    names = {Runner(place, place, {}, place).name for _ in range(2)}
    assert len(names) == 2
