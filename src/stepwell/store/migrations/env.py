"""How Alembic runs the migrations: on the connection that ``stepwell.store.migrate`` opened."""

from typing import Any

from alembic import context

from stepwell.store.schema import metadata


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Tables of record types (``rec_…``) belong to the installation: migrations never see them."""
    return kind != "table" or not (name or "").startswith("rec_")


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    include_name=is_ours,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
with context.begin_transaction():
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("select pg_advisory_xact_lock(hashtext('stepwell migration'))")
    context.run_migrations()
