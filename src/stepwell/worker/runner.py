"""The worker of one process: looks what is due, hands it out, and brings the results back."""

import asyncio
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

import structlog

from stepwell.config import Settings
from stepwell.connectors import Connector
from stepwell.engine.commands import Command, FailJob
from stepwell.errors import Rejection, Unavailable
from stepwell.services.requests import Done, OnInstance, PerformStep, Request, failure_of, request_for
from stepwell.services.trail import awaited
from stepwell.store.jobs import Claim, ClaimedJob, JobLock, Work
from stepwell.worker.attempts import attempt
from stepwell.worker.bell import Bell
from stepwell.worker.port import Transport
from stepwell.worker.post import LOOK, Post

PORTION = 256  # of Stepwell's own work that one look takes
IN_FLIGHT = 1024  # of it under way at a time
SHORTEST = 0.01  # seconds of rest when something is due that another worker holds
LONG = 0.01  # seconds that a data step may take without a rest behind it
LONGEST_REST = 0.5  # seconds of such a rest
TRIES = 6  # of telling a result while the database is not to be had
PAUSE = 0.1  # seconds before the second one; each further pause is twice as long

Submit = Callable[[Request], Awaitable[Done]]
Task = asyncio.Task[Done | None]

log = structlog.get_logger()


def worker_name() -> str:
    """A name for a worker that no other one has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


class Runner:
    """Does what is due. ``submit`` is a driver's way into the corridor; ``limit`` jobs of connectors run at
    a time. ``beside`` has what does jobs of other types than those of connectors, each in a thread, by type. Call
    ``wake`` when a commit made jobs, or ``transport.announce``.
    """

    def __init__(
        self,
        transport: Transport,
        submit: Submit,
        connectors: Mapping[str, Connector],
        settings: Settings,
        *,
        name: str = "",
        limit: int = 32,
    ) -> None:
        self.transport = transport
        self.submit = submit
        self.connectors = connectors
        self.settings = settings
        self.name = name or worker_name()
        self.limit = limit
        self.rests_until = 0.0
        self.beside: Mapping[str, Callable[[ClaimedJob], Command]] = {}
        self.post: Post | None = None
        self.bell = Bell()
        self.requests: dict[JobLock, Task] = {}
        self.jobs: dict[JobLock, Task] = {}
        self.letters: dict[JobLock, Task] = {}
        self.is_stopping = False
        transport.listen(self.wake)

    def wake(self) -> None:
        """Look again: something may be due. From any thread."""
        self.bell.ring()

    async def run(self) -> None:
        """Do what is due, whenever it is, until ``stop``."""
        heart = asyncio.create_task(self.keep_locks())
        try:
            while not self.is_stopping:
                pause = await self.turn()
                await (self.bell.wait(pause) if pause else asyncio.sleep(0))
        finally:
            heart.cancel()

    async def stop(self, grace: float = 10.0) -> None:
        """Take nothing more, wait ``grace`` seconds for what is under way, and give back the rest."""
        self.is_stopping = True
        self.wake()
        await self.settled(grace)
        for task in self.tasks():
            task.cancel()
        await asyncio.gather(*self.tasks(), return_exceptions=True)
        try:
            await self.transport.release(self.name)
        except Exception:
            log.exception("locks not released, they run out")

    async def settled(self, seconds: float | None = None) -> None:
        """Wait until nothing of what was taken is under way any more, at most so long."""
        if tasks := self.tasks():
            heart = asyncio.create_task(self.keep_locks())
            try:
                await asyncio.wait(tasks, timeout=seconds)
            finally:
                heart.cancel()

    async def turn(self) -> float:
        """One look; gives the seconds until the next one is worth it."""
        longest = self.settings.poll_interval
        try:
            if await self.step():
                return 0.0
            due = await self.due_in()
        except Unavailable as error:
            log.warning("no look for jobs now", reason=error.message)
            return longest
        except Exception:
            log.exception("look for jobs failed")
            return longest
        return longest if due is None else min(longest, max(due, SHORTEST))

    @property
    def is_full(self) -> bool:
        return len(self.jobs) >= self.limit or len(self.requests) >= IN_FLIGHT

    @property
    def room(self) -> dict[Work, int]:
        """How much more of each sort can be under way."""
        return {
            "own": min(PORTION, IN_FLIGHT - len(self.requests)),
            "connector": self.limit - len(self.jobs),
            "digest": self.post.room(len(self.letters)) if self.post else 0,
        }

    async def due_in(self) -> float | None:
        """Seconds until something is due that there is room for; None if nothing is in sight."""
        found = [await self.transport.due_in(work) for work, room in self.room.items() if room > 0]
        return min((due for due in found if due is not None), default=None)

    async def step(self) -> int:
        """Take what is due and begin it, in the order of its time; gives how many that are."""
        taken = await self.take("own")
        for claimed in taken:
            self.begin(claimed)
        jobs = await self.take("connector")
        for claimed in jobs:
            self.begin(claimed)
        return len(taken) + len(jobs) + await self.take_letters()

    async def take_letters(self) -> int:
        """Begin with mails that are due, and look again a little later if there is none."""
        if self.post is None or self.room["digest"] <= 0:
            return 0
        taken = await self.take("digest")
        for claimed in taken:
            lock = JobLock(claimed.instance_id, claimed.job.key, claimed.attempt)
            self.watch(self.letters, lock, self.letter(self.post, claimed))
        if not taken:
            self.post.rest(LOOK)
        return len(taken)

    async def take(self, work: Work) -> list[ClaimedJob]:
        """Claim what is due, as much as there is room for."""
        room = self.room[work]
        due = await self.transport.due_in(work) if room > 0 else None
        if due is None or due > 0:
            return []
        seconds = self.settings.job_lock_seconds
        asked = Claim(worker=self.name, limit=room, lock_seconds=seconds, work=work)
        return list(await self.transport.claim(asked))

    def begin(self, claimed: ClaimedJob, *, foreground: str | None = None) -> Task:
        """Do a job that is locked for this worker; the task gives what came of it, None if that is of no use.

        ``foreground`` is who waits for it, None if nobody does.
        """
        request = request_for(claimed)
        work = (
            self.job(claimed, foreground) if request is None else self.request(claimed, request, foreground)
        )
        among = self.jobs if request is None else self.requests
        return self.watch(among, JobLock(claimed.instance_id, claimed.job.key, claimed.attempt), work)

    def watch(
        self, among: dict[JobLock, Task], lock: JobLock, work: Coroutine[Any, Any, Done | None]
    ) -> Task:
        """Have it done, and remember it as long as it is under way."""
        task = among[lock] = asyncio.create_task(work)

        def ended(_: Task) -> None:
            if self.is_full or among is self.letters:
                self.wake()
            del among[lock]

        task.add_done_callback(ended)
        return task

    async def request(self, claimed: ClaimedJob, request: Request, foreground: str | None) -> Done | None:
        """A timer, continuation, delivery, schedule or data step: its time has come, so it happens."""
        try:
            told = self.rested if isinstance(request, PerformStep) else self.tell
            return await told(request if foreground is None else awaited(request, foreground))
        except Exception as error:
            log.exception("job failed", job=f"{claimed.instance_id}-{claimed.job.key}", type=claimed.job.type)
            return await self.give_up(failure_of(claimed, f"{type(error).__name__}: {error}"))

    async def rested(self, request: Request) -> Done | None:
        """Carry out a data step; if that takes long, none begins for as long again: others have half of the time."""
        clock = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, self.rests_until - clock.time()))
        began = clock.time()
        done = await self.tell(request)
        spent = clock.time() - began
        if spent > LONG:
            self.rests_until = clock.time() + min(spent, LONGEST_REST)
        return done

    async def job(self, claimed: ClaimedJob, foreground: str | None) -> Done | None:
        """A connector's job: perform it and tell the result. A result nobody can take is a failed attempt."""
        command = await self.performed(claimed)
        key, number = claimed.job.key, claimed.attempt
        request = OnInstance(claimed.instance_id, command, key, "job", number)
        try:
            return await self.tell(request if foreground is None else awaited(request, foreground))
        except Exception as error:
            log.exception("result not taken", job=f"{claimed.instance_id}-{key}", type=claimed.job.type)
            failure = FailJob(key, f"Expected the result to be taken, but: {error}", attempt=number)
            return await self.give_up(OnInstance(claimed.instance_id, failure, key, "job", number))

    async def letter(self, post: Post, claimed: ClaimedJob) -> Done | None:
        """The digest of somebody: send it, and let the next one be due."""
        return await self.give_up(await post.send(claimed))

    async def performed(self, claimed: ClaimedJob) -> Command:
        """What came of a job, as a command."""
        own = self.beside.get(claimed.job.type)
        if own is None:
            return await attempt(claimed, self.connectors, self.settings)
        try:
            return await asyncio.to_thread(own, claimed)
        except Exception as error:
            log.exception("attempt failed", job=f"{claimed.instance_id}-{claimed.job.key}")
            return FailJob(claimed.job.key, f"{type(error).__name__}: {error}", attempt=claimed.attempt)

    async def give_up(self, request: Request) -> Done | None:
        try:
            return await self.tell(request)
        except Exception:
            log.exception("failure not taken, the job comes again when its lock runs out")
            return None

    async def tell(self, request: Request) -> Done | None:
        """Submit; a rejection means that the element has ended meanwhile, and is nobody's trouble."""
        pause = PAUSE
        for left in reversed(range(TRIES)):
            try:
                return await self.submit(request)
            except Unavailable:
                if not left:
                    raise
            except Rejection as error:
                log.debug("result came too late", reason=error.message, code=error.code)
                return None
            await asyncio.sleep(pause)
            pause *= 2
        return None

    async def keep_locks(self) -> None:
        """While jobs run, keep others from taking them."""
        seconds = self.settings.job_lock_seconds
        while True:
            await asyncio.sleep(seconds / 3)
            locks = [*self.requests, *self.jobs, *self.letters]
            try:
                kept = await self.transport.extend(locks, self.name, seconds) if locks else ()
            except Exception:
                log.exception("locks not extended")
                continue
            for lock in (set(locks) - set(kept)) & {*self.requests, *self.jobs, *self.letters}:
                log.info("lock lost", job=f"{lock.instance_id}-{lock.key}", attempt=lock.attempt)

    def tasks(self) -> list[Task]:
        return [*self.requests.values(), *self.jobs.values(), *self.letters.values()]
