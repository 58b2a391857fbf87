"""The job table as transport, on both databases."""

import asyncio
from collections.abc import Iterator

import pytest

from stepwell.engine import events as e
from stepwell.store import Store, open_store
from stepwell.store.jobs import ClaimedJob
from stepwell.store.loading import Target
from stepwell.worker import StoreTransport
from tests.store.instances import NOW, SECOND, Clock, change, opened, start, waiting_job
from tests.worker.contract import TransportContract


class StoreWorkplace:
    """Two stores over one database, as two processes have them."""

    def __init__(self, store: Store, other: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        inline = store.database.name == "sqlite"
        self.transport = StoreTransport(store, inline=inline)
        self.other = StoreTransport(other, inline=inline)

    def put(self, due_in: float = 0.0, job_type: str = "python") -> int:
        return start(self.store, *waiting_job(due_at=NOW + round(due_in * SECOND), type=job_type))

    def complete(self, claimed: ClaimedJob) -> None:
        change(self.store, Target(claimed.instance_id, claimed.job.key, "job"), e.JobDone(claimed.job.key))

    def counts(self, claimed: ClaimedJob) -> bool:
        with self.store.transaction() as tx:
            return tx.has_job(claimed.instance_id, claimed.job.key, claimed.attempt)

    def pass_time(self, seconds: float) -> None:
        self.clock.now += round(seconds * SECOND)


@pytest.fixture
def workplace(database_url: str) -> Iterator[StoreWorkplace]:
    clock = Clock()
    with opened(database_url, clock) as store:
        other = open_store(database_url, clock=clock)
        try:
            yield StoreWorkplace(store, other, clock)
        finally:
            other.close()


class TestStoreTransport(TransportContract):
    """Everything of the contract."""

    def test_what_is_due_is_told_by_the_time_of_the_database(
        self, workplace: StoreWorkplace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        workplace.put(5)
        monkeypatch.setattr("time.time_ns", lambda: (NOW + 60 * SECOND) * 1000)
        assert asyncio.run(workplace.transport.due_in("connector")) == 5
