"""Serving the application over HTTP in this process, until a signal ends it."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable
from contextlib import suppress

from granian.constants import Interfaces
from granian.server.embed import Server

from stepwell.api.front import Front
from stepwell.errors import ConfigurationError

BACKLOG = 1024


async def serve(app: Front, host: str, port: int, ready: Callable[[int], None]) -> None:
    """Listen until SIGTERM or SIGINT; what has begun is answered first. ``ready`` is told the port.

    Raises ConfigurationError when the address can not be listened on.
    """
    port = free_port(host, port)
    _collect_seldom()
    server = Server(
        app, host, port, interface=Interfaces.ASGI, websockets=False, log_enabled=False, backlog=BACKLOG
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, app, server)
    serving = asyncio.create_task(server.serve())
    telling = asyncio.create_task(_tell(host, port, ready))
    try:
        await serving
    finally:
        telling.cancel()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def _stop(app: Front, server: Server) -> None:
    """End the streams, which would go on for ever; then whatever has begun is answered."""
    if app.rooms.live is not None:
        app.rooms.live.close_streams()
    server.stop()  # type: ignore[no-untyped-call]


def _collect_seldom() -> None:
    """What was imported stays, and a batch makes thousands of objects without a cycle: looking costs a fifth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def free_port(host: str, port: int) -> int:
    """The port to listen on: the one asked for if it is free, any free one for 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigurationError(
                f"Expected to listen on {host}:{port} but the system says: {error.strerror}."
            ) from None
        return int(probe.getsockname()[1])


async def _tell(host: str, port: int, ready: Callable[[int], None]) -> None:
    """Say so when connections are accepted."""
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(address, port)
            writer.close()
            ready(port)
            return
        await asyncio.sleep(0.01)
