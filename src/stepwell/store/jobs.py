"""Work for machines: who does it, until when, and what is due next.

Four kinds of rows share the table: jobs of an instance (positive key), deliveries to an instance or to
none, schedules of timer start events, and digests for people (negative keys from a sequence, no part of any state).
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec
from msgspec import Struct

from stepwell.engine.rows import Job
from stepwell.store.columns import JOB
from stepwell.store.session import Session

DELIVERY = "delivery"
SCHEDULE = "schedule"
DIGEST = "digest"
OWN_TYPES = ("timer", "reminder", "continue", DELIVERY, SCHEDULE)

Work = Literal["own", "connector", "digest"]
"""Whose work it is: Stepwell's own, done at once by a request, a connector's, which may take its time, or a mail that
sums up what is open.
"""

WORK: dict[Work, str] = {
    "own": f"type in ({', '.join(map(repr, OWN_TYPES))})",
    "connector": f"type not in ({', '.join(map(repr, (*OWN_TYPES, DIGEST)))})",
    "digest": f"type = '{DIGEST}'",
}
"""Each has an index of its own (word for word the same condition): a backlog of calls hides no timer, one of mails no
call.
"""

_COLUMNS = ", ".join((*JOB.names, "attempt"))
_DUE = "coalesce(locked_until, due_at)"
_CHOOSE = f"select instance_id, key from job where {_DUE} <= ? and {{work}} order by {_DUE} limit ?{{skip}}"
CLAIM = {
    "sqlite": (
        "update job set locked_by = ?, locked_until = ?, attempt = attempt + 1"
        f" where (instance_id, key) in ({_CHOOSE}) returning {_COLUMNS}"
    ),
    "postgresql": (
        f"with due as materialized ({_CHOOSE}) update job set locked_by = ?, locked_until = ?,"
        " attempt = attempt + 1 from due where job.instance_id = due.instance_id and job.key = due.key"
        f" returning {', '.join(f'job.{name}' for name in (*JOB.names, 'attempt'))}"
    ),
}
_GIVEN = "with given as (select ? as worker, {} as instance_id, {} as key, {} as attempt from {})"
_OURS = "(instance_id, key, attempt, locked_by) in (select instance_id, key, attempt, worker from given)"
_FREE = (
    "free as materialized (select instance_id, key from job where {} order by 1, 2 for update skip locked)"
)
_IF_FREE = "from free where job.instance_id = free.instance_id and job.key = free.key"
EXTEND = {
    "sqlite": (
        _GIVEN.format(*(f"value ->> {place}" for place in range(3)), "json_each(?)")
        + f" update job set locked_until = ? where {_OURS} returning instance_id, key, attempt"
    ),
    "postgresql": (
        _GIVEN.format(
            *(f"(value ->> {place})::bigint" for place in range(3)), "jsonb_array_elements(?::jsonb)"
        )
        + f", {_FREE.format(_OURS)}, kept as (update job set locked_until = ? {_IF_FREE})"
        f" select instance_id, key, attempt from job where {_OURS}"
    ),
}
_LET_GO = "update job set locked_by = null, locked_until = null"
RELEASE = {
    "sqlite": f"{_LET_GO} where locked_by = ?",
    "postgresql": f"with {_FREE.format('locked_by = ?')} {_LET_GO} {_IF_FREE}",
}
NEXT_DUE = {
    work: f"select {_DUE} from job where {mine} order by {_DUE} limit 1" for work, mine in WORK.items()
}
HAS = "select 1 from job where instance_id = ? and key = ? and attempt = ?"
PUT_OFF = (
    "update job set due_at = ?, failures = ?, error = ?, repeat = ?, locked_by = null, locked_until = null"
    " where instance_id = ? and key = ?"
)


class ClaimedJob(Struct, frozen=True):
    """A job that a worker has for itself; ``attempt`` tells this claim from any other."""

    instance_id: int
    job: Job
    attempt: int


class Claim(Struct, frozen=True, kw_only=True):
    """What a worker asks for: up to ``limit`` due jobs of one sort, locked for it for ``lock_seconds``."""

    worker: str
    limit: int
    lock_seconds: float
    work: Work = "connector"


class PutOff(Struct, frozen=True):
    """When and why a delivery or schedule comes again; ``repeat`` is the delivery's kind or the cycle."""

    due_at: int
    repeat: str
    failures: int = 0
    error: str = ""


class JobLock(NamedTuple):
    """Names one claim of a job."""

    instance_id: int
    key: int
    attempt: int


def claim(session: Session, asked: Claim) -> list[ClaimedJob]:
    """Lock due jobs that nobody has, the longest due first; of the same time the one made first."""
    now = session.began().now
    until = now + round(asked.lock_seconds * 1_000_000)
    is_sqlite = session.name == "sqlite"
    statement = CLAIM[session.name].format(
        work=WORK[asked.work], skip="" if is_sqlite else " for update skip locked"
    )
    lock = (asked.worker, until)
    choice = (now, asked.limit)
    found = session.read(statement, *(lock + choice if is_sqlite else choice + lock))
    jobs = [ClaimedJob(row[0], Job(*row[1:-1]), row[-1]) for row in found]
    return sorted(jobs, key=lambda claimed: (claimed.job.due_at, claimed.instance_id, abs(claimed.job.key)))


def extend(session: Session, locks: Sequence[JobLock], worker: str, lock_seconds: float) -> list[JobLock]:
    """Keep claims for another while; gives those that are still the worker's.

    A row that another transaction has in hand is neither waited for nor extended, and counts as still the
    worker's: mostly that transaction ends this very job. If another worker is about to claim it the next
    call will tell; until then its higher ``attempt`` keeps a late result from counting.
    """
    until = session.began().now + round(lock_seconds * 1_000_000)
    given = msgspec.json.encode(sorted(locks)).decode()
    return [JobLock(*row) for row in session.read(EXTEND[session.name], worker, given, until)]


def release(session: Session, worker: str) -> int:
    """Give back whatever the worker has claimed; gives how many jobs.

    A row that another transaction has in hand is not waited for: its job is about to end, or its lock runs out.
    """
    return session.run(RELEASE[session.name], worker)


def next_due_at(session: Session, work: Work) -> int | None:
    """When the next job of a sort is due or the next lock runs out; None if there is none."""
    found = session.read(NEXT_DUE[work])
    return found[0][0] if found else None
