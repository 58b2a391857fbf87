"""The port for a transport: how due jobs reach a worker.

The job rows stay the truth whatever carries them. Any transport has to pass ``tests/worker/contract.py``.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from stepwell.store.jobs import Claim, ClaimedJob, JobLock, Work


class Transport(Protocol):
    """Hands out due jobs to the workers of all processes, each to one of them at a time."""

    async def claim(self, asked: Claim) -> Sequence[ClaimedJob]:
        """Due jobs for a worker, the longest due first; each claim of a job has a higher ``attempt``.

        A job is due again when its lock has run out.
        """

    async def extend(self, locks: Sequence[JobLock], worker: str, lock_seconds: float) -> Sequence[JobLock]:
        """Keep claims for another while; gives those that are still the worker's, as far as can be told without waiting."""

    async def release(self, worker: str) -> None:
        """Give back whatever the worker has claimed; it is due at once."""

    async def due_in(self, work: Work) -> float | None:
        """Seconds until such work is due or a lock runs out, 0 or less if it is; None if there is none.

        May be longer than the truth for jobs that another process made: they are announced, or found by
        the next look.
        """

    def announce(self) -> None:
        """Tell workers that a commit made jobs. Called after the commit, from any thread."""

    def listen(self, wake: Callable[[], None]) -> None:
        """From now on call ``wake``, from any thread, when jobs are announced."""
