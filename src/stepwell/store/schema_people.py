"""The tables of people, roles and their logins, for migrations."""

from sqlalchemy import Column, Index, Table, Text

from stepwell.store.schema_parts import blob_of, integer_of, metadata, name_key, text_of

person = Table(
    "person",
    metadata,
    name_key(),
    text_of("display_name"),
    text_of("email"),
    integer_of("is_active"),
    text_of("manager"),
    text_of("time_zone"),
    text_of("language"),
    blob_of("settings"),
    text_of("password"),
    text_of("search"),
    integer_of("created_at"),
    sqlite_with_rowid=False,
)

role = Table(
    "role",
    metadata,
    name_key(),
    text_of("label"),
    text_of("kind"),
    text_of("parent"),
    text_of("search"),
    integer_of("created_at"),
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
    blob_of("hash"),
    text_of("person"),
    integer_of("created_at"),
    integer_of("seen_at"),
    integer_of("expires_at"),
    text_of("address"),
    text_of("agent"),
    sqlite_with_rowid=False,
)
Index("login_session_hash", login_session.c.hash, unique=True)
Index("login_session_person", login_session.c.person, login_session.c.id)
Index("login_session_expires_at", login_session.c.expires_at)

api_token = Table(
    "api_token",
    metadata,
    Column("id", Text(), primary_key=True),
    blob_of("hash"),
    text_of("person"),
    text_of("name"),
    text_of("scope"),
    integer_of("created_at"),
    integer_of("expires_at", nullable=True),
    integer_of("seen_at", nullable=True),
    sqlite_with_rowid=False,
)
Index("api_token_hash", api_token.c.hash, unique=True)
Index("api_token_person", api_token.c.person, api_token.c.id)

login_attempt = Table(
    "login_attempt",
    metadata,
    name_key(),
    integer_of("failures"),
    integer_of("failed_at"),
    integer_of("locked_until"),
    sqlite_with_rowid=False,
)
Index("login_attempt_failed_at", login_attempt.c.failed_at)
