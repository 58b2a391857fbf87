"""What was typed on a page belongs to who typed it; what nobody known typed goes."""

from alembic import op

from stepwell.store.migrations.making import create

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "create table draft_before as select instance_id, key, actor, at, data from draft where actor != ''"
    )
    op.drop_table("draft")
    create("draft", "instance_id:int key:int person:text", "at:int data:blob")
    op.execute(
        "insert into draft (instance_id, key, person, at, data) select instance_id, key, actor, at, data from draft_before"
    )
    op.drop_table("draft_before")
