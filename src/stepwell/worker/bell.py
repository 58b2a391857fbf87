"""Waking what sleeps on an event loop, from any thread."""

import asyncio
from contextlib import suppress


class Bell:
    """Somebody waits until it rings; a ring while nobody waits is not lost."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def ring(self) -> None:
        """Wake who waits, or let the next one not wait."""
        if self._rung.is_set():
            return
        if self._loop is None:
            self._rung.set()
            return
        try:
            self._loop.call_soon_threadsafe(self._rung.set)
        except RuntimeError:  # the loop is closed: the next one hears it
            self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Return when it rings, at the latest after ``seconds``."""
        self._move(asyncio.get_running_loop())
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        self._rung.clear()

    def _move(self, loop: asyncio.AbstractEventLoop) -> None:
        """Events belong to one loop; a program may run one after the other."""
        if loop is self._loop:
            return
        rung, self._rung = self._rung, asyncio.Event()
        self._loop = loop
        if rung.is_set():
            self._rung.set()
