"""Commands for whose consequences a person waits (R4): jobs included, done at once, until everything waits."""

import asyncio
from collections.abc import Callable

from stepwell.engine.rows import UserTask
from stepwell.services.requests import Done, Request
from stepwell.services.trail import Followed, Standing
from stepwell.worker.runner import Runner

Announce = Callable[[int, UserTask], None]


def nobody_listens(_instance: int, _task: UserTask) -> None:
    """Steps that come late are only rows in a list."""


class Foreground:
    """Follows the trails of commands by the worker of this server, who has their jobs from their birth.

    ``announce`` hears of each new step of a person that a trail makes after its caller had been told that it
    goes on.
    """

    def __init__(self, runner: Runner, announce: Announce = nobody_listens) -> None:
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
            answered = standing.so_far()
            standing.announced = set(standing.tasks)
            return Followed(done, answered, is_running=True)
        chase.result()
        return Followed(done, standing, is_running=bool(standing.put_off))

    async def chase(self, done: Done, standing: Standing) -> None:
        """Do what a trail consists of until nothing of it is left to do at once."""
        person = done.trail.person if done.trail else ""
        pending = self.further(done, standing, person)
        while pending:
            finished, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in finished:
                pending |= self.further(task.result(), standing, person)

    def further(self, done: Done | None, standing: Standing, person: str) -> set[asyncio.Task[Done | None]]:
        """Take note of what was done, and begin what it brought about."""
        if done is None or done.trail is None:
            return set()
        standing.go_on(done.trail.events)
        for instance_id, task in standing.late(person):
            self.announce(instance_id, task)
        return {self.runner.begin(claimed, foreground=person) for claimed in done.trail.work}
