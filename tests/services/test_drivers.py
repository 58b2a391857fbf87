"""Drivers that outlive the event loops in which they worked."""

import asyncio
import threading

import stepwell
from stepwell.library import Engine
from stepwell.services import messages
from stepwell.services.drivers import LoopDriver
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
        assert driver.at_work == [False]
        assert heard(engine) == "completed"


def test_a_driver_says_when_it_is_at_rest(database_url: str) -> None:
    with stepwell.open(database_url, upgrade=False) as engine:
        driver = slow(engine.loop_driver())

        async def publish() -> None:
            await driver.submit(messages.publish("news"))
            await driver.at_rest()

        for _ in range(2):
            asyncio.run(publish())
            assert driver.at_work == [False]
