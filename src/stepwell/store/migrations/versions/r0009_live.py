"""Notifications, comments on steps, who has a step open, who wants to hear of changes; changes of rights."""

import sqlalchemy as sa
from alembic import op

from stepwell.store.migrations.making import create, create_sequences

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

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
    create_sequences(SEQUENCES)
