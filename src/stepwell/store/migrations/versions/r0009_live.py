"""Notifications, comments on steps, who has a step open, who wants to hear of changes; changes of rights."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TYPES: dict[str, Any] = {"int": sa.BigInteger(), "text": sa.Text(), "id": ROW_ID}
TABLES = {
    "notification": (
        "id:id",
        "person:text kind:text at:int shown_at:int title:text instance_id:int key:int actor:text subject:text read_at:int?",
    ),
    "task_comment": ("instance_id:int key:int id:int", "at:int author:text content:text"),
    "presence": ("instance_id:int key:int person:text", "began_at:int ends_at:int"),
    "live_server": ("name:text", "ends_at:int"),
    "audit": ("id:id", "at:int actor:text action:text subject:text was:text becomes:text"),
}
SEQUENCES = ("notification_id", "task_comment_id", "audit_id")


def upgrade() -> None:
    for name, (key, columns) in TABLES.items():
        create(name, key, columns)
    op.create_index("notification_person", "notification", ["person", "shown_at", "id"])
    unread = sa.text("read_at is null")
    op.create_index(
        "notification_unread", "notification", ["person", "shown_at"],
        sqlite_where=unread, postgresql_where=unread,
    )  # fmt: skip
    op.create_index("presence_ends_at", "presence", ["ends_at"])
    op.create_index("audit_subject", "audit", ["subject", "id"])
    op.create_index("audit_actor", "audit", ["actor", "id"])
    for name in SEQUENCES:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"create sequence {name}")
        else:
            op.execute(f"insert into counter values ('{name}', 0)")


def create(name: str, key: str, columns: str) -> None:
    """``key`` and ``columns`` are words ``name:type``; a question mark makes a column nullable."""
    keys = [column(word, primary_key=True) for word in key.split()]
    op.create_table(
        name,
        *keys,
        *[column(word, primary_key=False) for word in columns.split()],
        sa.PrimaryKeyConstraint(*[found.name for found in keys], name=f"{name}_pkey"),
        sqlite_with_rowid=":id" in key,
    )


def column(word: str, *, primary_key: bool) -> sa.Column[Any]:
    name, kind = word.rstrip("?").split(":")
    return sa.Column(
        name, TYPES[kind], nullable=word.endswith("?"), autoincrement=False, primary_key=primary_key
    )
