"""What became of records: told to whoever waits for it."""

from typing import Literal

from msgspec import Struct

Kind = Literal["added", "changed", "deleted"]


class Change(Struct, frozen=True, array_like=True):
    """One record was added, changed or deleted; ``fields`` are those whose value is another one now.

    ``depth`` counts the causes since a person or a timer. ``by`` is who saved it on the record's ordinary page; None:
    a step, a data step, an import.
    """

    type: str
    id: int
    kind: Kind
    fields: tuple[str, ...] = ()
    revision: int = 1
    depth: int = 0
    by: str | None = None


Changes = tuple[Change, ...]
