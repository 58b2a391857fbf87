"""Jobs of an instance, and what there is to do for machines."""

from msgspec import Struct

from stepwell.engine.rows import Job
from stepwell.store.columns import JOB
from stepwell.store.session import Session

_COLUMNS = ", ".join((*JOB.names, "locked_by", "locked_until", "attempt"))
_SELECT = f"select {_COLUMNS} from job where instance_id = ? and key > 0 order by key limit ?"
_DUE = "select count(*) from (select 1 from job where coalesce(locked_until, due_at) <= ? limit ?) due"


class JobView(Struct, frozen=True):
    """A job, and who has it for now."""

    instance_id: int
    job: Job
    locked_by: str | None
    locked_until: int | None
    attempt: int


def of_instance(session: Session, instance_id: int, limit: int = 1000) -> list[JobView]:
    """The jobs of an instance, timers too, in order of keys."""
    found = session.read(_SELECT, instance_id, limit)
    return [JobView(row[0], Job(*row[1:13]), *row[13:]) for row in found]


def count_due(session: Session, now: int, most: int = 10_000) -> int:
    """How many jobs are due that nobody has; counts to ``most``."""
    return int(session.read(_DUE, now, most)[0][0])
