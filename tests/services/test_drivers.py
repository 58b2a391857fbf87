"""Drivers that outlive the event loops in which they worked."""

import asyncio
import threading
from pathlib import Path
from typing import NamedTuple

import stepwell
from stepwell.library import Engine
from stepwell.services import messages
from stepwell.services.drivers import LoopDriver, Queue
from stepwell.store.jobs import Claim
from stepwell.worker.store_transport import StoreTransport
from tests.acceptance.drawing import catch, event, line, message

LISTENING = line(catch("hear", event("message", "news")), path="hear", roots=message("news"))


def slow(driver: LoopDriver) -> LoopDriver:
    """Let the threads of a driver be slow to end when everybody has been answered."""
    fly, nobody = driver.fly, threading.Event()

    def late(lane: int, loop: asyncio.AbstractEventLoop) -> None:
        fly(lane, loop)
        nobody.wait(0.05)

    driver.fly = late  # type: ignore[method-assign]
    return driver


def heard(engine: Engine) -> str:
    """An instance that waits for a message gets it by the work of the engine; gives its status."""
    id = engine.start("p").id
    engine.publish("news")
    engine.work()
    return engine.instance(id).status


def test_work_ends_only_when_its_lanes_are_at_rest_so_that_it_can_begin_again(database_url: str) -> None:
    with stepwell.open(database_url, upgrade=False) as engine:
        engine.deploy(LISTENING)
        driver = slow(engine.loop_driver())
        engine.loop_driver = lambda: driver  # type: ignore[method-assign]
        assert heard(engine) == "completed"
        assert not any(driver.at_work)
        assert heard(engine) == "completed"


def test_a_driver_says_when_it_is_at_rest(database_url: str) -> None:
    with stepwell.open(database_url, upgrade=False) as engine:
        driver = slow(engine.loop_driver())

        async def publish() -> None:
            await driver.submit(messages.publish("news"))
            await driver.at_rest()

        for _ in range(2):
            asyncio.run(publish())
            assert not any(driver.at_work)


class Writing:
    """A thread that writes until it is let go; one that nobody lets go because all wait for it fails."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.has_begun, self.may_end = threading.Event(), threading.Event()

    def write(self) -> None:
        with self.engine.store.transaction():
            self.has_begun.set()
            assert self.may_end.wait(30), "the loop waited for the thread"

    async def begun(self) -> "asyncio.Task[None]":
        writing = asyncio.create_task(asyncio.to_thread(self.write))
        await asyncio.to_thread(self.has_begun.wait)
        return writing


def test_a_loop_goes_on_while_a_thread_writes(tmp_path: Path) -> None:
    async def ask(engine: Engine) -> None:
        thread, driver = Writing(engine), engine.loop_driver()
        writing = await thread.begun()
        asked = [asyncio.create_task(driver.submit(messages.publish("news"))) for _ in range(2)]
        for _ in range(5):
            await asyncio.sleep(0)
        later = asyncio.create_task(driver.submit(messages.publish("more")))
        await asyncio.sleep(0)
        assert not any(task.done() for task in (*asked, later))
        thread.may_end.set()
        await writing
        assert all(done.at for done in await asyncio.gather(*asked, later))
        await driver.at_rest()

    with stepwell.open(f"sqlite:///{tmp_path / 'written.db'}") as engine:
        asyncio.run(ask(engine))


def test_a_worker_does_not_stop_the_loop_while_a_thread_writes(tmp_path: Path) -> None:
    async def look(engine: Engine) -> None:
        thread, transport = Writing(engine), StoreTransport(engine.store, inline=True)
        writing = await thread.begun()
        claiming = asyncio.create_task(transport.claim(Claim(worker="worker", limit=1, lock_seconds=60.0)))
        for _ in range(5):
            await asyncio.sleep(0)
        assert not claiming.done()
        thread.may_end.set()
        await writing
        assert await claiming == []

    with stepwell.open(f"sqlite:///{tmp_path / 'written.db'}") as engine:
        asyncio.run(look(engine))


class Caller(NamedTuple):
    """Somebody in a queue."""

    name: str
    end: float = 0.0


def batches(queue: "Queue[Caller]", most: int = 9) -> list[str]:
    """Who shares a transaction with whom, until nobody waits."""
    found = []
    while queue:
        found.append("".join(one.name for one in queue.together(most)))
    return found


def test_who_is_in_nobodys_way_shares_a_transaction() -> None:
    assert batches(Queue(map(Caller, "abcde")), most=2) == ["ab", "cd", "e"]


def test_one_that_others_are_in_the_way_of_has_its_own_and_keeps_nobody_for_longer() -> None:
    held = [Caller(name, 1.0) for name in "XYZ"]
    free = [Caller(name) for name in "abc"]
    assert batches(Queue([*held, *free])) == ["X", "abc", "Y", "Z"]
    assert batches(Queue([free[0], *held, *free[1:]])) == ["abc", "X", "Y", "Z"]


def test_those_who_come_all_the_time_do_not_keep_it_waiting() -> None:
    queue = Queue([Caller("X", 1.0), Caller("Y", 1.0), Caller("a")])
    found = []
    for name in "bcd":
        found.append("".join(one.name for one in queue.together(9)))
        queue.append(Caller(name))
    assert found == ["X", "ab", "Y"]
