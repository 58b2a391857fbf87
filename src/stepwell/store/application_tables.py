"""The tables of applications, beside those of ``schema.py``; nothing of this is imported while processes run."""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

_TYPES: dict[str, TypeEngine[Any]] = {"text": Text(), "integer": BigInteger(), "blob": LargeBinary()}


def define(metadata: MetaData) -> None:
    """Add the tables: applications, their files, and the pages of each deployment."""
    application = "name:text", "label:text version:text deployed_at:integer deployed_by:text"
    Table("application", metadata, *_columns(*application), sqlite_with_rowid=False)
    brought = "content:blob sha256:blob made:blob brought:text is_current:integer deployed_at:integer"
    files = Table("application_file", metadata, *_columns("application:text path:text", brought))
    Index("application_file_path", files.c.path)
    Table("deployment_page", metadata, *_columns("deployment_id:integer name:text", "content:blob"))


def _columns(keys: str, others: str) -> list[Column[Any]]:
    """Columns from words ``name:type``."""
    return [_column(word, is_key=True) for word in keys.split()] + [
        _column(word, is_key=False) for word in others.split()
    ]


def _column(word: str, *, is_key: bool) -> Column[Any]:
    name, kind = word.split(":")
    return Column(name, _TYPES[kind], primary_key=is_key, nullable=False, autoincrement=False)
