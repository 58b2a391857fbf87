"""The tables of what people are told, beside those of ``schema.py``; nothing of this is imported while processes run."""

from collections.abc import Callable

from sqlalchemy import Index, Table

from stepwell.store.audit import AUDIT
from stepwell.store.columns import Layout
from stepwell.store.comments import COMMENT
from stepwell.store.live import LIVE_SERVER
from stepwell.store.notifications import NOTIFICATION
from stepwell.store.presence import PRESENCE

SEQUENCES = ("notification_id", "task_comment_id", "audit_id")


def define(table: Callable[[Layout], Table]) -> None:
    """Add the tables, each made by ``table``."""
    told = table(NOTIFICATION)
    unread = told.c.read_at.is_(None)
    Index("notification_person", told.c.person, told.c.shown_at, told.c.id)
    Index("notification_unread", told.c.person, told.c.shown_at, sqlite_where=unread, postgresql_where=unread)
    table(COMMENT)
    Index("presence_ends_at", table(PRESENCE).c.ends_at)
    table(LIVE_SERVER)
    audit = table(AUDIT)
    Index("audit_subject", audit.c.subject, audit.c.id)
    Index("audit_actor", audit.c.actor, audit.c.id)
