"""All tables, for migrations (SQLAlchemy Core). Nothing of this is imported while processes run.

Times are microseconds since 1970-01-01 UTC. Tables whose name begins with ``rec_`` belong to the record
types of an installation and are none of ours.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    and_,
    func,
    or_,
    text,
)
from sqlalchemy.types import TypeEngine

from stepwell.store import application_tables, columns, panel_tables
from stepwell.store.columns import Layout
from stepwell.store.jobs import WORK
from stepwell.store.records import layouts

metadata = MetaData(naming_convention={"pk": "%(table_name)s_pkey"})

ROW_ID = BigInteger().with_variant(Integer(), "sqlite")
TYPES: dict[str, TypeEngine[Any]] = {
    "integer": BigInteger(),
    "text": Text(),
    "blob": LargeBinary(),
    "float": Double(),
}


def _table(layout: Layout, *more: Layout) -> Table:
    found = [
        Column(
            column.name,
            ROW_ID if layout.keys == 1 and number == 0 else TYPES[column.type],
            primary_key=number < layout.keys,
            nullable=column.nullable,
            autoincrement=False,
        )
        for number, column in enumerate(sum((extra.columns for extra in more), layout.columns))
    ]
    return Table(layout.name, metadata, *found, sqlite_with_rowid=layout.keys == 1)


def _text(name: str) -> Column[str]:
    return Column(name, Text(), nullable=False)


def _integer(name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, BigInteger(), nullable=nullable)


def _blob(name: str) -> Column[bytes]:
    return Column(name, LargeBinary(), nullable=False)


def _name() -> Column[str]:
    return Column("name", Text(), primary_key=True)


def _id() -> Column[int]:
    return Column("id", ROW_ID, primary_key=True, autoincrement=False)


process_instance = _table(columns.PROCESS_INSTANCE)
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

element_instance = _table(columns.ELEMENT_INSTANCE)
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

variables = _table(columns.VARIABLES)
waiting_flow = _table(columns.WAITING_FLOW)
user_task = _table(columns.USER_TASK)
panel_tables.define(_table)

participation = _table(columns.PARTICIPATION)
Index("participation_principal", participation.c.principal, participation.c.instance_id)

job = _table(columns.JOB, columns.JOB_WORKER)
for _work, _mine in WORK.items():
    _due = func.coalesce(job.c.locked_until, job.c.due_at)
    Index(f"job_due_{_work}", _due, sqlite_where=text(_mine), postgresql_where=text(_mine))
Index("job_element", job.c.instance_id, job.c.element_key)

subscription = _table(columns.SUBSCRIPTION)
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

incident = _table(columns.INCIDENT)
history = _table(columns.HISTORY)

deployment = Table(
    "deployment",
    metadata,
    _id(),
    _text("name"),
    _integer("at"),
    _text("actor"),
    _blob("xml"),
    _blob("sha256"),
)
Index("deployment_sha256", deployment.c.sha256)

definition = Table(
    "definition",
    metadata,
    _id(),
    _text("process_id"),
    _integer("version"),
    _integer("deployment_id"),
    _text("name"),
    _integer("active"),
    _text("description"),
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
    _blob("args"),
    sqlite_with_rowid=False,
)
Index("start_subscription_definition", start_subscription.c.definition_id)

message = Table(
    "message",
    metadata,
    _id(),
    _text("name"),
    _text("correlation_key"),
    _blob("data"),
    _text("message_id"),
    _integer("published_at"),
    _integer("expires_at"),
    _integer("stamped"),
    _integer("depth"),
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

idempotency_key = _table(columns.IDEMPOTENCY_KEY)
Index("idempotency_key_at", idempotency_key.c.at)

person = Table(
    "person",
    metadata,
    _name(),
    _text("display_name"),
    _text("email"),
    _integer("is_active"),
    _text("manager"),
    _text("time_zone"),
    _text("language"),
    _blob("settings"),
    _text("password"),
    _text("search"),
    _integer("created_at"),
    sqlite_with_rowid=False,
)

role = Table(
    "role",
    metadata,
    _name(),
    _text("label"),
    _text("kind"),
    _text("parent"),
    _text("search"),
    _integer("created_at"),
    sqlite_with_rowid=False,
)

role_right = Table(
    "role_right",
    metadata,
    Column("role", Text(), primary_key=True),
    Column("name", Text(), primary_key=True),
    sqlite_with_rowid=False,
)

membership = Table(
    "membership",
    metadata,
    Column("person", Text(), primary_key=True),
    Column("role", Text(), primary_key=True),
    sqlite_with_rowid=False,
)
Index("membership_role", membership.c.role, membership.c.person)

login_session = Table(
    "login_session",
    metadata,
    Column("id", Text(), primary_key=True),
    _blob("hash"),
    _text("person"),
    _integer("created_at"),
    _integer("seen_at"),
    _integer("expires_at"),
    _text("address"),
    _text("agent"),
    sqlite_with_rowid=False,
)
Index("login_session_hash", login_session.c.hash, unique=True)
Index("login_session_person", login_session.c.person, login_session.c.id)
Index("login_session_expires_at", login_session.c.expires_at)

api_token = Table(
    "api_token",
    metadata,
    Column("id", Text(), primary_key=True),
    _blob("hash"),
    _text("person"),
    _text("name"),
    _text("scope"),
    _integer("created_at"),
    _integer("expires_at", nullable=True),
    _integer("seen_at", nullable=True),
    sqlite_with_rowid=False,
)
Index("api_token_hash", api_token.c.hash, unique=True)
Index("api_token_person", api_token.c.person, api_token.c.id)

login_attempt = Table(
    "login_attempt",
    metadata,
    _name(),
    _integer("failures"),
    _integer("failed_at"),
    _integer("locked_until"),
    sqlite_with_rowid=False,
)
Index("login_attempt_failed_at", login_attempt.c.failed_at)

counter = Table(
    "counter",
    metadata,
    Column("name", Text(), primary_key=True),
    _integer("value"),
    sqlite_with_rowid=False,
)

record_type = Table(
    "record_type",
    metadata,
    _id(),
    _text("name"),
    _integer("revision"),
    _integer("last_field"),
    _text("definition"),
)
Index("record_type_name", record_type.c.name, unique=True)

record_right = _table(layouts.RIGHT)
record_history = _table(layouts.HISTORY)
record_link = _table(layouts.LINK)
Index("record_link_to", record_link.c.to_type, record_link.c.to_id)

attachment = Table(
    "attachment",
    metadata,
    Column("id", Text(), primary_key=True),
    _text("owner"),
    _text("field"),
    _text("name"),
    _integer("size"),
    _blob("sha256"),
    _integer("at"),
    _text("actor"),
    _integer("deleted_at", nullable=True),
    sqlite_with_rowid=False,
)
Index("attachment_owner", attachment.c.owner, attachment.c.at)
_gone = or_(attachment.c.deleted_at.is_not(None), attachment.c.owner == "")
Index("attachment_gone", attachment.c.at, sqlite_where=_gone, postgresql_where=_gone)

saved_view = Table(
    "saved_view",
    metadata,
    _id(),
    _text("subject"),
    _text("owner"),
    _integer("shared"),
    _text("label"),
    _text("content"),
    _integer("changed_at"),
)
Index("saved_view_subject", saved_view.c.subject, saved_view.c.owner)

application_tables.define(metadata)

SEQUENCES = (
    "process_instance_id", "delivery_key", "deployment_id", "definition_id", "message_row_id",
    "record_type_id", "record_id", "saved_view_id",
)  # fmt: skip
