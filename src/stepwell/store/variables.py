"""Which values of a scope share one row and which have a row of their own, and how they are packed.

All small values of a scope stand in one row without a name: a list of the context of values and the names
of the large ones. A large value, an output of a multi-instance (``#17``) and a slice of its input (``@3``)
have a row of their own, which is loaded when somebody asks for it.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from stepwell import feel
from stepwell.engine.state import LARGE, Table
from stepwell.engine.values import is_plain
from stepwell.store.tuples import pack

LARGEST_SMALL = 1024
SCALARS = frozenset({int, bool, type(None), Decimal})
_OWN = ("#", "@")


def is_large(value: object) -> bool:
    """Whether a value takes more than about 1 KB; depends on nothing but the value."""
    kind = type(value)
    if kind in SCALARS:
        return False
    if kind is str:
        return len(value) > LARGEST_SMALL  # type: ignore[arg-type]
    return _weight(value, LARGEST_SMALL) < 0


def _weight(value: object, left: int) -> int:
    """What is left of ``left`` bytes when the value is written; looks no further than that."""
    if isinstance(value, str):
        return left - len(value) - 2
    if isinstance(value, list):
        for item in value:
            left = _weight(item, left)
            if left < 0:
                return left
        return left - 2
    if isinstance(value, dict):
        for name, item in value.items():
            left = _weight(item, left - len(name) - 2)
            if left < 0:
                return left
        return left - 2
    return left - 9


def has_own_row(name: str) -> bool:
    """Whether a name is that of an output or slice of a multi-instance."""
    return name.startswith(_OWN)


def pack_small(table: dict[str, object]) -> bytes | None:
    """The shared row of a scope; None if it has no variable."""
    small: dict[str, object] = {}
    large: list[object] = []
    write: Callable[[object], bytes] = pack
    for name, value in table.items():
        if name.startswith(_OWN):
            continue
        if is_plain(value):
            small[name] = value
        elif value is LARGE or is_large(value):
            large.append(name)
        else:
            small[name] = value
            write = feel.encode
    return write([small, large]) if small or large else None


def unpack_small(packed: bytes) -> dict[str, object]:
    """The values of a scope's shared row; ``LARGE`` stands for the large ones."""
    found: Any = feel.decode(packed)
    values: dict[str, object] = found[0]
    for name in found[1]:
        values[name] = LARGE
    return values


def fill(table: Table, packed: bytes | None) -> Table:
    """Put the small values of the last commit into an empty table of a state."""
    if packed is not None:
        table.update(unpack_small(packed))
    return table


encode = feel.encode
decode = feel.decode
