"""Applications deployed as folders, their files, and the pages of each deployment."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "application",
        text("name"),
        text("label"),
        text("version"),
        number("deployed_at"),
        text("deployed_by"),
        sa.PrimaryKeyConstraint("name", name="application_pkey"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "application_file",
        text("application"),
        text("path"),
        blob("content"),
        blob("sha256"),
        blob("made"),
        text("brought"),
        number("is_current"),
        number("deployed_at"),
        sa.PrimaryKeyConstraint("application", "path", name="application_file_pkey"),
    )
    op.create_index("application_file_path", "application_file", ["path"])
    op.create_table(
        "deployment_page",
        number("deployment_id"),
        text("name"),
        blob("content"),
        sa.PrimaryKeyConstraint("deployment_id", "name", name="deployment_page_pkey"),
    )


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def blob(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)
