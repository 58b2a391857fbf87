"""What the tables are made of, for migrations."""

from typing import Any

from sqlalchemy import BigInteger, Column, Double, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from stepwell.store.columns import Layout

metadata = MetaData(naming_convention={"pk": "%(table_name)s_pkey"})

ROW_ID = BigInteger().with_variant(Integer(), "sqlite")
TYPES: dict[str, TypeEngine[Any]] = {
    "integer": BigInteger(),
    "text": Text(),
    "blob": LargeBinary(),
    "float": Double(),
}


def table(layout: Layout, *more: Layout) -> Table:
    """A table of the state, as its layout says."""
    found = [
        Column(
            column.name,
            ROW_ID if is_numbered(layout) and number == 0 else TYPES[column.type],
            primary_key=number < layout.keys,
            nullable=column.nullable,
            autoincrement=False,
        )
        for number, column in enumerate(sum((extra.columns for extra in more), layout.columns))
    ]
    return Table(layout.name, metadata, *found, sqlite_with_rowid=is_numbered(layout))


def is_numbered(layout: Layout) -> bool:
    """Whether the key is one number."""
    return layout.keys == 1 and layout.columns[0].type == "integer"


def text_of(name: str) -> Column[str]:
    """A column of text."""
    return Column(name, Text(), nullable=False)


def integer_of(name: str, *, nullable: bool = False) -> Column[int]:
    """A column of whole numbers."""
    return Column(name, BigInteger(), nullable=nullable)


def blob_of(name: str) -> Column[bytes]:
    """A column of bytes."""
    return Column(name, LargeBinary(), nullable=False)


def name_key() -> Column[str]:
    """A name as the key."""
    return Column("name", Text(), primary_key=True)


def id_key() -> Column[int]:
    """A number as the key."""
    return Column("id", ROW_ID, primary_key=True, autoincrement=False)
