"""Mails that sum up what is open are work of their own, due for those who chose them before they were sent."""

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OWN = "'timer', 'reminder', 'continue', 'delivery', 'schedule'"
DUE = sa.text("coalesce(locked_until, due_at)")
COLUMNS = "instance_id, key, element_key, element, type, due_at, retries, timeout, backoff, args, repeat, failures, error, attempt"


def upgrade() -> None:
    op.drop_index("job_due_connector", "job")
    index("job_due_connector", DUE, f"type not in ({OWN}, 'digest')")
    index("job_due_digest", DUE, "type = 'digest'")
    index("job_digest", "element", "type = 'digest'", unique=True)
    connection = op.get_bind()
    for name, settings in connection.execute(
        sa.text("select name, settings from person where is_active = 1")
    ).all():
        if msgspec.msgpack.decode(settings).get("digest", "none") != "none":
            plan(connection, name)


def index(name: str, column: str | sa.TextClause, where: str, *, unique: bool = False) -> None:
    found = sa.text(where)
    op.create_index(name, "job", [column], unique=unique, sqlite_where=found, postgresql_where=found)


def plan(connection: sa.Connection, name: str) -> None:
    """Have it looked at once what this person wants, and when."""
    values = {"key": -next_number(connection), "element": name, "args": b""}
    row = "0, :key, 0, :element, 'digest', 0, 0, 60.0, 10.0, :args, '', 0, '', 0"
    connection.execute(sa.text(f"insert into job ({COLUMNS}) values ({row})"), values)


def next_number(connection: sa.Connection) -> int:
    if connection.dialect.name == "postgresql":
        return int(connection.execute(sa.text("select nextval('delivery_key')")).scalar_one())
    drawn = "update counter set value = value + 1 where name = 'delivery_key' returning value"
    return int(connection.execute(sa.text(drawn)).scalar_one())
