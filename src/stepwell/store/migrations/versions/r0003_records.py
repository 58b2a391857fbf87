"""Record types, what happened to records, their links and rights; attachments and saved views."""

import sqlalchemy as sa
from alembic import op

from stepwell.store.migrations.making import create, create_sequences

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = {
    "record_type": ("id:id", "name:text revision:int last_field:int definition:text"),
    "record_right": ("type_id:int role:text", "see:text may_add:int may_change:text may_delete:text"),
    "record_history": (
        "type_id:int record_id:int revision:int",
        "at:int actor:text kind:text instance_id:int element:text changes:blob",
    ),
    "record_link": ("type_id:int record_id:int field:int to_type:int to_id:int", ""),
    "attachment": (
        "id:text",
        "owner:text field:text name:text size:int sha256:blob at:int actor:text deleted_at:int?",
    ),
    "saved_view": ("id:id", "subject:text owner:text shared:int label:text content:text changed_at:int"),
}
SEQUENCES = ("record_type_id", "record_id", "saved_view_id")


def upgrade() -> None:
    for name, (key, columns) in TABLES.items():
        create(name, key, columns)
    op.create_index("record_type_name", "record_type", ["name"], unique=True)
    op.create_index("record_link_to", "record_link", ["to_type", "to_id"])
    op.create_index("attachment_owner", "attachment", ["owner", "at"])
    gone = sa.text("deleted_at is not null or owner = ''")
    op.create_index("attachment_gone", "attachment", ["at"], sqlite_where=gone, postgresql_where=gone)
    op.create_index("saved_view_subject", "saved_view", ["subject", "owner"])
    create_sequences(SEQUENCES)
