"""What several migrations make their tables and sequences with."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

TYPES: dict[str, Any] = {
    "int": sa.BigInteger(),
    "text": sa.Text(),
    "blob": sa.LargeBinary(),
    "float": sa.Double(),
    "id": sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
}


def create(name: str, key: str, columns: str) -> None:
    """A table; ``key`` and ``columns`` are words ``name:type``, with a question mark behind a nullable column."""
    keys = [_column(word, primary_key=True) for word in key.split()]
    op.create_table(
        name,
        *keys,
        *[_column(word, primary_key=False) for word in columns.split()],
        sa.PrimaryKeyConstraint(*[found.name for found in keys], name=f"{name}_pkey"),
        sqlite_with_rowid=":id" in key,
    )


def create_sequences(names: Iterable[str]) -> None:
    """Sequences; on SQLite each is a row of the table ``counter``."""
    for name in names:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"create sequence {name}")
        else:
            op.execute(f"insert into counter values ('{name}', 0)")


def _column(word: str, *, primary_key: bool) -> sa.Column[Any]:
    name, kind = word.rstrip("?").split(":")
    return sa.Column(
        name, TYPES[kind], nullable=word.endswith("?"), autoincrement=False, primary_key=primary_key
    )
