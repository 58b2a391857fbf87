"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from stepwell.store.migrations.making import create, create_sequences

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEQUENCES = ("process_instance_id", "delivery_key", "deployment_id", "definition_id", "message_row_id")


def index(name: str, columns: str, where: str = "", *, unique: bool = False) -> None:
    """An index ``table_name`` on columns, or one expression in parentheses, for rows where ``where`` holds."""
    table = max((known for known in TABLES if name.startswith(known)), key=len)
    only = sa.text(where) if where else None
    parts: list[Any] = [sa.text(columns)] if columns.startswith("coalesce") else list(columns.split())
    op.create_index(name, table, parts, unique=unique, sqlite_where=only, postgresql_where=only)


TABLES = {
    "process_instance": (
        "id:id",
        (
            "definition_id:int status:text revision:int last_key:int active:int joining:int waits:int"
            " incidents:int calling_instance:int? calling_key:int? positions:blob? visits:blob? starter:text"
            " business_key:text started_at:int ended_at:int? depth:int caption:text"
        ),
    ),
    "element_instance": (
        "instance_id:int key:int",
        (
            "element:text scope:int state:text active:int joining:int filled:int waits:int data:blob?"
            " positions:blob? visits:blob?"
        ),
    ),
    "variables": ("instance_id:int scope:int name:text", "data:blob"),
    "waiting_flow": ("instance_id:int gateway_key:int flow:text", "tokens:int"),
    "user_task": (
        "instance_id:int key:int",
        (
            "element:text title:text created_at:int assignee:text details:blob? priority:int due_at:int?"
            " start_at:int? kind:text"
        ),
    ),
    "inbox": ("principal:text created_at:int instance_id:int key:int", ""),
    "job": (
        "instance_id:int key:int",
        (
            "element_key:int element:text type:text due_at:int retries:int timeout:float backoff:float args:blob"
            " repeat:text failures:int error:text locked_by:text? locked_until:int? attempt:int"
        ),
    ),
    "subscription": (
        "instance_id:int key:int",
        "element_key:int element:text kind:text name:text correlation_key:text created_at:int",
    ),
    "incident": (
        "instance_id:int key:int",
        "element:text code:text message:text raised_at:int phase:text data:blob",
    ),
    "history": (
        "instance_id:int revision:int",
        "at:int actor:text command:text reason:text format:int events:blob",
    ),
    "deployment": ("id:id", "name:text at:int actor:text xml:blob sha256:blob"),
    "definition": ("id:id", "process_id:text version:int deployment_id:int name:text active:int"),
    "start_subscription": ("kind:text name:text definition_id:int element:text", ""),
    "message": (
        "id:id",
        (
            "name:text correlation_key:text data:blob message_id:text published_at:int expires_at:int"
            " stamped:int depth:int"
        ),
    ),
    "idempotency_key": ("principal:text key:text", "hash:blob reply:blob at:int"),
    "counter": ("name:text", "value:int"),
}


def upgrade() -> None:
    for name, (key, columns) in TABLES.items():
        create(name, key, columns)
    create_indexes()
    create_sequences(SEQUENCES)
    op.execute("insert into counter values ('epoch', 1)")


def create_indexes() -> None:
    index("process_instance_definition", "definition_id status id")
    index(
        "process_instance_calling",
        "calling_instance calling_key",
        "calling_instance is not null",
    )
    index(
        "process_instance_called",
        "calling_instance calling_key",
        "calling_instance is not null and status = 'running'",
        unique=True,
    )
    index("process_instance_business_key", "business_key id", "business_key != ''")
    index("element_instance_scope", "instance_id scope key", "scope != 0")
    index(
        "element_instance_unsettled", "instance_id state scope key", "state = 'pending' or state = 'joining'"
    )
    own = "type in ('timer', 'reminder', 'continue', 'delivery', 'schedule')"
    index("job_due_own", "coalesce(locked_until, due_at)", where=own)
    index("job_due_connector", "coalesce(locked_until, due_at)", where=own.replace(" in ", " not in "))
    index("job_element", "instance_id element_key")
    index("subscription_element", "instance_id element_key")
    index("subscription_name", "kind name correlation_key created_at instance_id key")
    index("deployment_sha256", "sha256")
    index("definition_process_id_version_key", "process_id version", unique=True)
    index("start_subscription_definition", "definition_id")
    index("message_message_id", "name message_id", "message_id != ''", unique=True)
    index("message_name", "name correlation_key stamped id")
    index("message_expires_at", "expires_at")
    index("idempotency_key_at", "at")
