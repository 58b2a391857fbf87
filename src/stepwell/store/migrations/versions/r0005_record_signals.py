"""What subscriptions to records say about the changes that count."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    empty = sa.text("''" if op.get_bind().dialect.name == "postgresql" else "x''")
    for table in ("subscription", "start_subscription"):
        op.add_column(table, sa.Column("args", sa.LargeBinary(), nullable=False, server_default=empty))
