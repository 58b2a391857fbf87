"""Putting a query together from the conditions that were asked for."""

from collections.abc import Sequence
from typing import Any

LAST = (1 << 62, 1 << 62, 1 << 62)
"""A place behind every row, for lists that begin with the newest."""
CAPTION = "coalesce(nullif(p.caption, ''), nullif(d.name, ''), d.process_id)"
"""How people call instance ``p`` of definition ``d``."""


class Where:
    """Conditions and their values, in the same order."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[Any] = []

    def add(self, condition: str, *values: Any) -> None:
        """Add a condition with its values, one for each question mark."""
        self.conditions.append(condition)
        self.values += values

    def equal(self, column: str, value: object) -> None:
        """Ask for a value, unless it is None."""
        if value is not None:
            self.add(f"{column} = ?", value)

    def among(self, column: str, values: Sequence[object] | None) -> None:
        """Ask for one of several values, unless there is no list."""
        if values is not None:
            self.add(f"{column} in ({', '.join('?' * len(values)) or 'null'})", *values)

    def text(self, word: str = "where") -> str:
        """The conditions behind ``word``; nothing if there are none."""
        return f" {word} {' and '.join(self.conditions)}" if self.conditions else ""
