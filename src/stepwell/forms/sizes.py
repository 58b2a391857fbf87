"""How much decoded JSON of unknown origin may hold, so that looking at it takes little time and stack."""

from collections.abc import Iterator

MAX_PARTS = 50_000
MAX_DEPTH = 40


def is_small(value: object) -> bool:
    """Whether there are at most 50,000 values in it, at most 40 within each other."""
    level, count, depth = [value], 0, 0
    while level:
        count, depth = count + len(level), depth + 1
        if count > MAX_PARTS or depth > MAX_DEPTH:
            return False
        level = [inner for outer in level for inner in _inside(outer)]
    return True


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
