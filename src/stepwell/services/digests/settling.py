"""What becomes of the job of a digest once it was tried: it waits for the next morning, or for another attempt."""

from typing import TYPE_CHECKING

from stepwell.engine.handlers.machine import backoff, kept
from stepwell.services.digests.periods import next_at
from stepwell.services.digests.planning import wanted
from stepwell.services.requests import Done, SettleDigest
from stepwell.store import digests, people
from stepwell.store.jobs import PutOff

if TYPE_CHECKING:
    from stepwell.services.batch import Batch

LONGEST_WAIT = 3600.0  # seconds until the next attempt, however many have failed


def settle(batch: "Batch", request: SettleDigest) -> Done:
    """Let the next mail of a person be due; nothing if another worker has it meanwhile, or nobody wants it any more."""
    tx, job = batch.tx, request.claimed.job
    user = people.fetch(tx.session, job.element)
    if not tx.has_job(0, job.key, request.claimed.attempt):
        return Done()
    if user is None or not wanted(user):
        digests.forget(tx.session, job.element)
        return Done()
    if request.may_retry:
        due_at = tx.now + round(min(backoff(job), LONGEST_WAIT) * 1_000_000)
        later = PutOff(due_at, wanted(user), job.failures + 1, kept(request.failure))
    else:
        due_at = next_at(user.settings.digest, user.time_zone, tx.now)
        later = PutOff(due_at, wanted(user), error=kept(request.failure))
    tx.put_off(0, job.key, later)
    return Done(at=tx.now)
