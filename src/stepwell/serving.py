"""The server, put together from its rooms."""

import asyncio
import gc
import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from stepwell.config import Settings

if TYPE_CHECKING:
    from stepwell.library import Engine

TIDY_SECONDS = 600.0


def serve(settings: Settings, demo: bool = False) -> None:
    """Serve the API and do the work of jobs and timers, until SIGTERM or SIGINT.

    With ``demo`` the application to try is deployed if it is not there, work waits in it, and how to try it is printed. Raises
    ConfigurationError.
    """
    import uvloop

    from stepwell import greeting, library

    _log_to_stderr(settings.log_level)
    settings = greeting.for_demo(settings) if demo else settings
    with library.open(settings.database_url, settings=settings) as engine:
        if demo:
            greeting.deploy(engine)
            greeting.begin(engine)
        greet = greeting.demo if demo else greeting.plain
        people = (greeting.ADMINISTRATOR, *greeting.demo_people(engine)) if demo else ()
        uvloop.run(_serve(engine, greet(settings, engine), people))


async def _serve(engine: "Engine", ready: Callable[[int], None], demo_people: tuple[str, ...]) -> None:
    from stepwell.api import app, server
    from stepwell.api.rooms import Rooms
    from stepwell.worker import Foreground

    settings = engine.settings
    driver = engine.loop_driver()
    runner = engine.runner(driver)
    rooms = Rooms(
        engine.store,
        driver.submit,
        settings,
        engine.directory,
        is_embedded=engine.is_embedded,
        follow=Foreground(runner, engine.live.came_late).follow,
        carry_out_long=engine.submit_aside,
        files=engine.files,
        live=engine.live,
        demo_people=demo_people,
    )

    def listening(port: int) -> None:
        if runner.post is not None and settings.public_url is None:
            runner.post.address = settings.local_address(port)
        ready(port)

    gc.freeze()  # what is loaded stays: a search of it for cycles takes a tenth of a second, in which nobody is served
    working = asyncio.create_task(runner.run())
    beside = [asyncio.create_task(_tidy(engine)), asyncio.create_task(engine.live.run())]
    try:
        await server.serve(app.build(rooms), settings.host, settings.port, listening)
    finally:
        await runner.stop()
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await working


async def _tidy(engine: "Engine") -> None:
    """From time to time, delete what nobody needs any more."""
    import structlog

    while True:
        await asyncio.sleep(TIDY_SECONDS)
        try:
            await asyncio.to_thread(engine.tidy)
        except Exception:  # noqa: BLE001 - tidying must not end the server
            structlog.get_logger().exception("not tidied, next time again")


def _log_to_stderr(level: str) -> None:
    """Lines for people; a trace never shows the values of variables, which may be secret."""
    import structlog

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso"),
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
