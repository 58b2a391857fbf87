"""Commands for whose consequences a person waits (R4): jobs included, done at once, until everything waits."""

import asyncio
from collections.abc import Callable

from stepwell.services.requests import Done, Request
from stepwell.services.trail import Followed, Standing
from stepwell.worker.runner import Runner

Announce = Callable[[str, Standing], None]


class Foreground:
    """Follows the trails of commands by the worker of this server, who has their jobs from their birth.

    ``announce`` hears of a person's new steps when a trail comes to its end after its caller had been told
    that it goes on.
    """

    def __init__(self, runner: Runner, announce: Announce = lambda _actor, _standing: None) -> None:
        self.runner = runner
        self.announce = announce
        self.chases: set[asyncio.Task[None]] = set()

    async def follow(self, request: Request, seconds: float) -> Followed:
        """Carry out a request and whatever it brings about, and wait at most so long; the rest goes on."""
        done = await self.runner.submit(request)
        standing = Standing()
        if done.trail is None:
            return Followed(done, standing, is_running=False)
        chase = asyncio.create_task(self.chase(done, standing))
        self.chases.add(chase)
        chase.add_done_callback(self.chases.discard)
        await asyncio.wait({chase}, timeout=seconds)
        if not chase.done():
            chase.add_done_callback(lambda _: self.announce(request.actor, standing))
            return Followed(done, standing, is_running=True)
        chase.result()
        return Followed(done, standing, is_running=bool(standing.put_off))

    async def chase(self, done: Done, standing: Standing) -> None:
        """Do what a trail consists of until nothing of it is left to do at once."""
        pending = self.further(done, standing)
        while pending:
            finished, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in finished:
                pending |= self.further(task.result(), standing)

    def further(self, done: Done | None, standing: Standing) -> set[asyncio.Task[Done | None]]:
        """Take note of what was done, and begin what it brought about."""
        if done is None or done.trail is None:
            return set()
        standing.go_on(done.trail.events)
        return {self.runner.begin(claimed, foreground=True) for claimed in done.trail.work}
