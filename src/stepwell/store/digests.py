"""Whose mails sum up what is open, and when the next one is due: a row among the jobs for each of these people.

It belongs to no instance; ``element`` is the person, ``repeat`` what was planned. Written behind the row of the person,
so that of two who plan for the same person one waits.
"""

from msgspec.structs import astuple

from stepwell.engine.rows import Job
from stepwell.store.jobs import DIGEST
from stepwell.store.session import Session
from stepwell.store.writes import INSERT_JOB

_MINE = f"type = '{DIGEST}' and element = ?"
FIND = f"select repeat from job where {_MINE}"
FORGET = f"delete from job where {_MINE}"
PLAN = (
    "update job set due_at = ?, repeat = ?, failures = 0, error = '', locked_by = null, locked_until = null"
    f" where {_MINE}"
)


def plan(session: Session, person: str, planned: str, due_at: int) -> None:
    """Have a mail due, unless the same was planned before: then it stays due when it is."""
    found = session.read(FIND, person)
    if not found:
        [number] = session.numbers("delivery_key", 1)
        job = Job(-number, 0, person, DIGEST, due_at, repeat=planned)
        session.write([(INSERT_JOB, [(0, *astuple(job), None, None, 0)])])
    elif found[0][0] != planned:
        session.run(PLAN, due_at, planned, person)


def forget(session: Session, person: str) -> None:
    """No more mails for a person."""
    session.run(FORGET, person)
