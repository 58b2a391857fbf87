"""What the live channel asks the database: who sees which instances, and which servers want to hear of changes."""

from collections.abc import Sequence

from stepwell.store.columns import layout
from stepwell.store.session import Session

LIVE_SERVER = layout("live_server", 1, "name:text ends_at:int")
_PAIRS = "with wanted(first, second) as ({pairs})"
_STARTERS = (
    f"{_PAIRS} select p.id, p.starter from wanted cross join process_instance p where p.id = wanted.first"
)
_PARTICIPANTS = (
    f"{_PAIRS} select t.instance_id, t.principal from wanted cross join participation t"
    " where t.instance_id = wanted.first"
)
_OPEN_TO_ALL = (
    f"{_PAIRS} select distinct t.instance_id from wanted cross join user_task t cross join inbox b"
    " where t.instance_id = wanted.first and t.assignee = '' and b.principal = '*'"
    " and b.created_at = t.created_at and b.instance_id = t.instance_id and b.key = t.key"
)
_WANT = (
    "insert into live_server (name, ends_at) values (?, ?) on conflict (name) do update set ends_at ="
    " excluded.ends_at"
)
_WANTED = "select 1 from live_server where name != ? and ends_at > ? limit 1"
_SWEEP = "delete from live_server where ends_at <= ?"


def audience(session: Session, ids: Sequence[int]) -> dict[int, set[str]]:
    """The principals that see each instance, beside operators."""
    found: dict[int, set[str]] = {number: set() for number in ids}
    pairs = [(number, 0) for number in ids]
    starters, participants, open_to_all = session.read_pairs(
        (_STARTERS, pairs), (_PARTICIPANTS, pairs), (_OPEN_TO_ALL, pairs)
    )
    for number, starter in starters:
        if starter:
            found[number].add(f"user:{starter}")
    for number, principal in participants:
        found[number].add(principal)
    for row in open_to_all:
        found[row[0]].add("*")
    return found


def want(session: Session, server: str, ends_at: int) -> None:
    """Say that a server wants to hear of all changes until a time."""
    session.run(_WANT, server, ends_at)


def want_no_more(session: Session, server: str) -> None:
    """Say that a server does not want to hear of changes any more."""
    session.run("delete from live_server where name = ?", server)


def is_wanted(session: Session, server: str) -> bool:
    """Whether another server wants to hear of changes."""
    return bool(session.read(_WANTED, server, session.now()))


def sweep(session: Session, now: int) -> int:
    """Forget servers that did not say it again; gives how many rows."""
    return session.run(_SWEEP, now)
