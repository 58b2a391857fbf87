"""Letting go of what is old: ended instances, early history of running ones, expired messages and replies."""

from msgspec import Struct

from stepwell.store import checkpoint, drafts, idempotency, live, logins, messages, notifications, presence
from stepwell.store.history import HistoryRow, encode_events
from stepwell.store.queries import history
from stepwell.store.session import Session
from stepwell.store.writes import INSERT_HISTORY

PART = 200
DAY = 24 * 3600 * 1_000_000
TABLES = (
    "element_instance",
    "variables",
    "waiting_flow",
    "user_task",
    "participation",
    "job",
    "subscription",
    "incident",
    "task_comment",
    "history",
)

_ENDED = "select id from process_instance where id > ? and ended_at < ? order by id limit ?"
_RUNNING = (
    "select p.id from process_instance p where p.id > ? and p.ended_at is null and p.started_at <= ?"
    " and (select count(*) from (select 1 from history h where h.instance_id = p.id and h.at < ? limit 2) old) = 2"
    " order by p.id limit ?"
)
_WANTED = "with wanted(first, second) as ({pairs})"
_DELETE = f"{_WANTED} delete from {{table}} where {{column}} in (select first from wanted) returning 1"
_MARK_FILES = "update attachment set deleted_at = 0 where owner > ? and owner < ? and deleted_at is null"
_DELETE_EARLY = "delete from history where instance_id = ? and revision <= ?"


class Trimmed(Struct, frozen=True):
    """How much went: whole instances that had ended, and rows of the history (theirs and early ones)."""

    instances: int = 0
    rows: int = 0


def ended(session: Session, after: int, before: int) -> list[int]:
    """Some ids of instances that ended before a time, above ``after``."""
    return [row[0] for row in session.read(_ENDED, after, before, PART)]


def running(session: Session, after: int, before: int) -> list[int]:
    """Some ids of running instances with more than one history row from before a time."""
    return [row[0] for row in session.read(_RUNNING, after, before, before, PART)]


def delete_instances(session: Session, ids: list[int]) -> Trimmed:
    """Delete ended instances with all that belongs to them."""
    pairs = [(number, 0) for number in ids]
    requests = [
        (_DELETE.replace("{table}", name).replace("{column}", "instance_id"), pairs) for name in TABLES
    ]
    instances = _DELETE.replace("{table}", "process_instance").replace("{column}", "id")
    for number in ids:  # beside its steps: the files themselves are removed later
        session.run(_MARK_FILES, f"user-task/{number}-", f"user-task/{number}.")
    *_, rows, gone = session.read_pairs(*requests, (instances, pairs))
    return Trimmed(len(gone), len(rows))


def shorten(session: Session, instance_id: int, before: int) -> Trimmed:
    """Put one checkpoint in place of the history of a running instance from before a time."""
    found, _ = session.lock_instances([instance_id])
    if not found:
        return Trimmed()
    early: list[HistoryRow] = []
    while rows := history.page(session, instance_id, early[-1].revision if early else 0):
        early += [row for row in rows if row.at < before]
        if rows[-1].at >= before:
            break
    state = checkpoint.fold(early)
    if state is None:
        return Trimmed()
    last = early[-1]
    session.run(_DELETE_EARLY, instance_id, last.revision)
    packed = encode_events([checkpoint.make(state)])
    row = (instance_id, last.revision, last.at, "", "Checkpoint", "", *packed)
    session.write([(INSERT_HISTORY, [row])])
    return Trimmed(0, len(early) - 1)


def sweep(session: Session, now: int) -> int:
    """Delete expired messages, replies older than a day, sessions that ran out and notifications older than 30 days;
    gives how many rows.
    """
    old = session.run(messages.SWEEP, now) + session.run(idempotency.SWEEP, now - DAY)
    told = notifications.sweep(session, now) + live.sweep(session, now)
    told += len(presence.sweep(session, now - DAY))
    return old + told + logins.sweep(session, now) + drafts.sweep(session, now - DAY)
