"""Where the values of a page stand: dotted keys and paths as nested names, each value in a place of its own."""

from typing import Any

from stepwell.forms.page import Names, Path

RESERVED = "_activity"
"""The name under which a page keeps the result of its activity."""


def path_of(before: Path, written: str) -> Path:
    """The path of a key or of a group's path below ``before``."""
    return (*before, *written.split(".")) if written else before


def claim(names: Names, path: Path, inside: Names | None = None) -> bool:
    """Take the place ``path`` for a value (or, for a list, for items with ``inside``); False if it is taken."""
    *around, last = path
    level = names
    for name in around:
        below = level.setdefault(name, {})
        if below is None:
            return False
        level = below
    if last in level:
        return False
    level[last] = inside
    return True


def get(values: object, path: Path, default: object = None) -> Any:
    """The value at ``path``; ``default`` when there is none."""
    for name in path:
        if not isinstance(values, dict) or name not in values:
            return default
        values = values[name]
    return values


def put(values: dict[str, Any], path: Path, value: object) -> None:
    """Set the value at ``path``; what stands in the way of the path gives way to it."""
    for name in path[:-1]:
        below = values.get(name)
        if not isinstance(below, dict):
            below = values[name] = {}
        values = below
    values[path[-1]] = value


def dotted(path: Path) -> str:
    return ".".join(path)
