"""Who changed who may do what: rows that are only added."""

from msgspec import Struct

from stepwell.store.columns import layout
from stepwell.store.queries.page import Where
from stepwell.store.session import Session

AUDIT = layout("audit", 1, "id:int at:int actor:text action:text subject:text was:text becomes:text")
_COLUMNS = ", ".join(AUDIT.names)
_ADD = f"insert into audit ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)"
SEQUENCE = "audit_id"


class Entry(Struct, frozen=True):
    """One change: ``action`` such as ``role.changed``, of ``subject``; JSON of what it was and what it becomes,
    empty where there is nothing. ``actor`` is empty for Stepwell itself.
    """

    id: int
    at: int
    actor: str
    action: str
    subject: str
    was: str = ""
    becomes: str = ""


class AuditFilter(Struct, frozen=True, kw_only=True):
    """Which changes; what is None does not matter. ``action`` is a whole one or what stands before its point."""

    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    since: int | None = None
    until: int | None = None
    limit: int = 50
    after: int | None = None


def add(session: Session, at: int, actor: str, change: tuple[str, str, str, str]) -> None:
    """Keep a change: its action, subject, what it was and what it becomes."""
    id = session.numbers(SEQUENCE, 1)[0]
    session.run(_ADD, id, at, actor, *change)


def page(session: Session, asked: AuditFilter) -> list[Entry]:
    """Changes, the newest first."""
    where = Where()
    where.equal("actor", asked.actor)
    where.equal("subject", asked.subject)
    if asked.action is not None:
        where.add(
            "(action = ? or (action > ? and action < ?))",
            asked.action,
            f"{asked.action}.",
            f"{asked.action}/",
        )
    if asked.since is not None:
        where.add("at >= ?", asked.since)
    if asked.until is not None:
        where.add("at < ?", asked.until)
    if asked.after is not None:
        where.add("id < ?", asked.after)
    statement = f"select {_COLUMNS} from audit{where.text()} order by id desc limit ?"
    return [Entry(*row) for row in session.read(statement, *where.values, asked.limit)]
