"""Waking what sleeps on an event loop."""

import asyncio
import threading

from stepwell.worker.bell import Bell

LONG = 30.0


async def until_rung(bell: Bell) -> None:
    async with asyncio.timeout(5):
        await bell.wait(LONG)


def test_a_ring_before_anybody_waits_is_not_lost() -> None:
    bell = Bell()
    bell.ring()
    asyncio.run(until_rung(bell))


def test_a_ring_from_another_thread_is_heard() -> None:
    bell = Bell()
    threading.Timer(0.01, bell.ring).start()
    asyncio.run(until_rung(bell))


def test_silence_ends_with_the_time() -> None:
    asyncio.run(Bell().wait(0.01))


def test_one_ring_wakes_once() -> None:
    async def tale() -> bool:
        bell = Bell()
        bell.ring()
        await until_rung(bell)
        waiting = asyncio.create_task(bell.wait(LONG))
        await asyncio.sleep(0)
        woken = waiting.done()
        waiting.cancel()
        return woken

    assert not asyncio.run(tale())


def test_it_serves_one_event_loop_after_the_other() -> None:
    bell = Bell()
    for _ in range(2):
        asyncio.run(bell.wait(0.01))


def test_a_ring_for_a_loop_that_is_closed_is_heard_by_the_next() -> None:
    bell = Bell()
    asyncio.run(bell.wait(0.01))
    bell.ring()
    asyncio.run(until_rung(bell))
