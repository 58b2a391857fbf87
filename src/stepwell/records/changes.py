"""What became of records: told to whoever waits for it."""

from typing import Literal

from msgspec import Struct

Kind = Literal["added", "changed", "deleted"]


class Change(Struct, frozen=True, array_like=True):
    """One record was added, changed or deleted; ``fields`` are those whose value is another one now."""

    type: str
    id: int
    kind: Kind
    fields: tuple[str, ...] = ()
    revision: int = 1


Changes = tuple[Change, ...]
