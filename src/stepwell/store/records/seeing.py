"""What a person may see of the records of a type, as a condition in SQL."""

from typing import Any

from msgspec import Struct

from stepwell.records.types import RecordType
from stepwell.store.records.table import quoted


class Own(Struct, frozen=True):
    """Only the person's own records: those they made, or that are kept as theirs."""

    person: str
    owner_column: str = ""

    @property
    def values(self) -> tuple[Any, ...]:
        return (self.person, self.person) if self.owner_column else (self.person,)

    def condition(self, alias: str) -> str:
        """The condition on the table of that name."""
        mine = f"{alias}.created_by = ?"
        return f"({mine} or {alias}.{self.owner_column} = ?)" if self.owner_column else mine


def own(record_type: RecordType, person: str) -> Own:
    """The condition for a record type."""
    return Own(person, quoted(f"usr_{record_type.owner}") if record_type.owner else "")
