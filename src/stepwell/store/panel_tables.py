"""The tables of inboxes and of what people run, beside those of ``schema.py``; nothing of this is imported while
processes run.
"""

from collections.abc import Callable

from sqlalchemy import Index, Table, text

from stepwell.store.columns import INBOX, TASK_RECORD, Layout, layout

OFFER = layout("definition_record_type", 2, "definition_id:int record_type:text parameter:text")
FAVOURITE = layout("favourite_process", 2, "person:text process_id:text")


def define(table: Callable[[Layout], Table]) -> None:
    """Add the tables, each made by ``table``. What most tasks are without is in an index of those that have it."""
    inbox = table(INBOX)
    for name, column, has in (
        ("due", "due_at", "due_at is not null"),
        ("priority", "priority", "priority != 50"),
    ):
        columns = (inbox.c[one] for one in ("principal", column, "created_at", "instance_id", "key"))
        Index(f"inbox_{name}", *columns, sqlite_where=text(has), postgresql_where=text(has))
    table(TASK_RECORD)
    offer = table(OFFER)
    Index("definition_record_type_record_type", offer.c.record_type, offer.c.definition_id)
    table(FAVOURITE)
