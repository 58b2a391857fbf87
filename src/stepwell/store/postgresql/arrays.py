"""Columns of rows as array literals, which the server reads faster than the driver writes arrays."""

from collections.abc import Callable, Sequence
from typing import Any

from stepwell.store.columns import Type


def _numbers(column: Sequence[Any]) -> str:
    return "{" + str(list(column))[1:-1].replace("None", "NULL") + "}"


def texts(column: Sequence[str | None]) -> str:
    """Texts as one array."""
    return "{" + ",".join(map(_text, column)) + "}"


def _text(value: str | None) -> str:
    if value is None:
        return "NULL"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _blobs(column: Sequence[bytes | None]) -> str:
    return "{" + ",".join("NULL" if value is None else f'"\\\\x{value.hex()}"' for value in column) + "}"


LITERALS: dict[Type, Callable[[Sequence[Any]], str]] = {
    "integer": _numbers,
    "float": _numbers,
    "text": texts,
    "blob": _blobs,
}
integers = _numbers
