"""What a person may see of the records of a type, as a condition in SQL."""

from collections.abc import Collection
from typing import Any

from msgspec import Struct

from stepwell.records.types import RecordType
from stepwell.store.records.table import quoted


class Own(Struct, frozen=True):
    """Only the person's own records: those they made, or that are kept as theirs or as those of one of their roles."""

    person: str
    owner_column: str = ""
    role_column: str = ""
    roles: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[Any, ...]:
        owned = (self.person,) if self.owner_column else ()
        return (self.person, *owned, *(self.roles if self.role_column else ()))

    def condition(self, alias: str) -> str:
        """The condition on the table of that name."""
        mine = [f"{alias}.created_by = ?"]
        if self.owner_column:
            mine.append(f"{alias}.{self.owner_column} = ?")
        if self.role_column and self.roles:
            mine.append(f"{alias}.{self.role_column} in ({', '.join('?' * len(self.roles))})")
        return mine[0] if len(mine) == 1 else f"({' or '.join(mine)})"


def own(record_type: RecordType, person: str, roles: Collection[str] = ()) -> Own:
    """The condition for a record type."""
    return Own(person, _column(record_type.owner), _column(record_type.owner_role), tuple(sorted(roles)))


def _column(name: str) -> str:
    return quoted(f"usr_{name}") if name else ""
