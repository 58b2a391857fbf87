"""All tables, for migrations (SQLAlchemy Core). Nothing of this is imported while processes run.

Times are microseconds since 1970-01-01 UTC. Tables whose name begins with ``rec_`` belong to the record
types of an installation and are none of ours.
"""

from sqlalchemy import BigInteger, Column, Index, Table, Text, and_, func, or_, text

from stepwell.store import application_tables, columns, live_tables, panel_tables, schema_people
from stepwell.store.jobs import WORK
from stepwell.store.records import layouts
from stepwell.store.schema_parts import blob_of, id_key, integer_of, metadata, table, text_of

__all__ = ["SEQUENCES", "metadata", "schema_people"]

process_instance = table(columns.PROCESS_INSTANCE)
Index(
    "process_instance_definition",
    process_instance.c.definition_id,
    process_instance.c.status,
    process_instance.c.id,
)
_called = process_instance.c.calling_instance.is_not(None)
Index(
    "process_instance_calling",
    process_instance.c.calling_instance,
    process_instance.c.calling_key,
    sqlite_where=_called,
    postgresql_where=_called,
)
_calls = and_(
    _called, process_instance.c.status == "running"
)  # when a child has ended, its call may be made again
Index(
    "process_instance_called",
    process_instance.c.calling_instance,
    process_instance.c.calling_key,
    unique=True,
    sqlite_where=_calls,
    postgresql_where=_calls,
)
_keyed = process_instance.c.business_key != ""
Index(
    "process_instance_business_key",
    process_instance.c.business_key,
    process_instance.c.id,
    sqlite_where=_keyed,
    postgresql_where=_keyed,
)

_started_by = process_instance.c.starter != ""
Index(
    "process_instance_starter",
    process_instance.c.starter,
    process_instance.c.id,
    sqlite_where=_started_by,
    postgresql_where=_started_by,
)

element_instance = table(columns.ELEMENT_INSTANCE)
_inner = element_instance.c.scope != 0
Index(
    "element_instance_scope",
    element_instance.c.instance_id,
    element_instance.c.scope,
    element_instance.c.key,
    sqlite_where=_inner,
    postgresql_where=_inner,
)
_unsettled = or_(element_instance.c.state == "pending", element_instance.c.state == "joining")
Index(
    "element_instance_unsettled",
    element_instance.c.instance_id,
    element_instance.c.state,
    element_instance.c.scope,
    element_instance.c.key,
    sqlite_where=_unsettled,
    postgresql_where=_unsettled,
)

variables = table(columns.VARIABLES)
waiting_flow = table(columns.WAITING_FLOW)
user_task = table(columns.USER_TASK)
panel_tables.define(table)

participation = table(columns.PARTICIPATION)
Index("participation_principal", participation.c.principal, participation.c.instance_id)

job = table(columns.JOB, columns.JOB_WORKER)
for _work, _mine in WORK.items():
    _due = func.coalesce(job.c.locked_until, job.c.due_at)
    Index(f"job_due_{_work}", _due, sqlite_where=text(_mine), postgresql_where=text(_mine))
_digests = text(WORK["digest"])
Index("job_digest", job.c.element, unique=True, sqlite_where=_digests, postgresql_where=_digests)
Index("job_element", job.c.instance_id, job.c.element_key)

subscription = table(columns.SUBSCRIPTION)
Index("subscription_element", subscription.c.instance_id, subscription.c.element_key)
Index(
    "subscription_name",
    subscription.c.kind,
    subscription.c.name,
    subscription.c.correlation_key,
    subscription.c.created_at,
    subscription.c.instance_id,
    subscription.c.key,
)

incident = table(columns.INCIDENT)
history = table(columns.HISTORY)

deployment = Table(
    "deployment",
    metadata,
    id_key(),
    text_of("name"),
    integer_of("at"),
    text_of("actor"),
    blob_of("xml"),
    blob_of("sha256"),
)
Index("deployment_sha256", deployment.c.sha256)

definition = Table(
    "definition",
    metadata,
    id_key(),
    text_of("process_id"),
    integer_of("version"),
    integer_of("deployment_id"),
    text_of("name"),
    integer_of("active"),
    text_of("description"),
)
Index("definition_process_id_version_key", definition.c.process_id, definition.c.version, unique=True)

definition_role = Table(
    "definition_role",
    metadata,
    Column("definition_id", BigInteger(), primary_key=True, autoincrement=False),
    Column("kind", Text(), primary_key=True),
    Column("role", Text(), primary_key=True),
    sqlite_with_rowid=False,
)
Index("definition_role_role", definition_role.c.role, definition_role.c.kind, definition_role.c.definition_id)

start_subscription = Table(
    "start_subscription",
    metadata,
    Column("kind", Text(), primary_key=True),
    Column("name", Text(), primary_key=True),
    Column("definition_id", BigInteger(), primary_key=True, autoincrement=False),
    Column("element", Text(), primary_key=True),
    blob_of("args"),
    sqlite_with_rowid=False,
)
Index("start_subscription_definition", start_subscription.c.definition_id)

message = Table(
    "message",
    metadata,
    id_key(),
    text_of("name"),
    text_of("correlation_key"),
    blob_of("data"),
    text_of("message_id"),
    integer_of("published_at"),
    integer_of("expires_at"),
    integer_of("stamped"),
    integer_of("depth"),
)
_numbered = message.c.message_id != ""
Index(
    "message_message_id",
    message.c.name,
    message.c.message_id,
    unique=True,
    sqlite_where=_numbered,
    postgresql_where=_numbered,
)
Index("message_name", message.c.name, message.c.correlation_key, message.c.stamped, message.c.id)
Index("message_expires_at", message.c.expires_at)

idempotency_key = table(columns.IDEMPOTENCY_KEY)
Index("idempotency_key_at", idempotency_key.c.at)

counter = Table(
    "counter",
    metadata,
    Column("name", Text(), primary_key=True),
    integer_of("value"),
    sqlite_with_rowid=False,
)

record_type = Table(
    "record_type",
    metadata,
    id_key(),
    text_of("name"),
    integer_of("revision"),
    integer_of("last_field"),
    text_of("definition"),
)
Index("record_type_name", record_type.c.name, unique=True)

record_right = table(layouts.RIGHT)
record_history = table(layouts.HISTORY)
record_link = table(layouts.LINK)
Index("record_link_to", record_link.c.to_type, record_link.c.to_id)

attachment = Table(
    "attachment",
    metadata,
    Column("id", Text(), primary_key=True),
    text_of("owner"),
    text_of("field"),
    text_of("name"),
    integer_of("size"),
    blob_of("sha256"),
    integer_of("at"),
    text_of("actor"),
    integer_of("deleted_at", nullable=True),
    sqlite_with_rowid=False,
)
Index("attachment_owner", attachment.c.owner, attachment.c.at)
_gone = or_(attachment.c.deleted_at.is_not(None), attachment.c.owner == "")
Index("attachment_gone", attachment.c.at, sqlite_where=_gone, postgresql_where=_gone)

saved_view = Table(
    "saved_view",
    metadata,
    id_key(),
    text_of("subject"),
    text_of("owner"),
    integer_of("shared"),
    text_of("label"),
    text_of("content"),
    integer_of("changed_at"),
)
Index("saved_view_subject", saved_view.c.subject, saved_view.c.owner)

draft = Table(
    "draft",
    metadata,
    Column("instance_id", BigInteger(), primary_key=True, autoincrement=False),
    Column("key", BigInteger(), primary_key=True, autoincrement=False),
    Column("person", Text(), primary_key=True),
    integer_of("at"),
    blob_of("data"),
    sqlite_with_rowid=False,
)

approval = Table(
    "approval",
    metadata,
    Column("instance_id", BigInteger(), primary_key=True, autoincrement=False),
    Column("key", BigInteger(), primary_key=True, autoincrement=False),
    integer_of("type_id"),
    integer_of("record_id"),
    integer_of("at"),
    text_of("actor"),
    text_of("verdict"),
    text_of("comment"),
    text_of("title"),
    sqlite_with_rowid=False,
)
Index("approval_record", approval.c.type_id, approval.c.record_id, approval.c.at)

application_tables.define(metadata)
live_tables.define(table)

SEQUENCES = (
    "process_instance_id", "delivery_key", "deployment_id", "definition_id", "message_row_id",
    "record_type_id", "record_id", "saved_view_id", *live_tables.SEQUENCES,
)  # fmt: skip
