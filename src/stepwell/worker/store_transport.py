"""The transport that needs nothing else: workers claim from the job table itself."""

import asyncio
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

from stepwell.store import Store
from stepwell.store.jobs import Claim, ClaimedJob, JobLock, Work

P = ParamSpec("P")
T = TypeVar("T")


class StoreTransport:
    """Claims with locks in the job table. Announcements reach the workers of this process; others look
    from time to time. With ``inline`` the store is asked on the event loop itself, which suits an embedded
    database as long as nobody else writes; otherwise in a thread.
    """

    def __init__(self, store: Store, *, inline: bool) -> None:
        self.store = store
        self.inline = inline
        self.listeners: list[Callable[[], None]] = []

    async def claim(self, asked: Claim) -> Sequence[ClaimedJob]:
        return await self.write(self.store.claim_jobs, asked)

    async def extend(self, locks: Sequence[JobLock], worker: str, lock_seconds: float) -> Sequence[JobLock]:
        return await self.write(self.store.extend_locks, locks, worker, lock_seconds)

    async def release(self, worker: str) -> None:
        await self.write(self.store.release_locks, worker)

    async def due_in(self, work: Work) -> float | None:
        return await self.ask(self.store.due_in, work)

    def announce(self) -> None:
        for wake in self.listeners:
            wake()

    def listen(self, wake: Callable[[], None]) -> None:
        self.listeners.append(wake)

    async def write(self, change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self.inline:
            with self.store.at_once() as is_free:
                if is_free:
                    return change(*args, **kwargs)
        return await asyncio.to_thread(change, *args, **kwargs)

    async def ask(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self.inline:
            return question(*args, **kwargs)
        return await asyncio.to_thread(question, *args, **kwargs)
