"""The front door: the program ``stepwell``, and the server put together from its rooms."""

import asyncio
from collections.abc import Callable

from stepwell.config import Settings


def run() -> None:
    """The program ``stepwell``."""
    from stepwell import cli

    cli.run()


def serve(settings: Settings, demo: bool = False) -> None:  # noqa: FBT001, FBT002
    """Serve the API and do the work of jobs and timers, until SIGTERM or SIGINT.

    With ``demo`` a process to try is deployed if there is none, and how to try it is printed. Raises
    ConfigurationError.
    """
    import uvloop

    from stepwell import greeting

    if demo:
        settings = greeting.with_token(settings)
    uvloop.run(_serve(settings, greeting.demo(settings) if demo else greeting.plain(settings), demo))


async def _serve(settings: Settings, ready: Callable[[int], None], demo: bool) -> None:  # noqa: FBT001
    from stepwell import greeting, library
    from stepwell.api import app, server
    from stepwell.api.rooms import Rooms

    with library.open(settings.database_url, settings=settings) as engine:
        if demo:
            greeting.deploy(engine)
        driver = engine.loop_driver()
        rooms = Rooms(engine.store, driver.submit, settings, is_embedded=engine.is_embedded)
        await server.serve(app.build(rooms), settings.host, settings.port, ready)
