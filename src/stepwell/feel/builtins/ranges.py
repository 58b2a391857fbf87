"""How ranges and points lie to each other (DMN 1.5, 10.3.4.9); a point is the range of nothing but itself."""

import operator
from typing import Any

from stepwell.feel.builtins.registry import Implementation, builtin
from stepwell.feel.comparison import compare
from stepwell.feel.errors import FeelError
from stepwell.feel.values import Range


def _range(value: Any) -> Range:
    if type(value) is not Range:
        return Range(value, value)
    if value.start is None or value.end is None:
        raise FeelError("Expected a range with two bounds, but one is missing.")
    return value


def _ends_before(left: Range, right: Range) -> bool:
    """Whether ``left`` lies before ``right``, without a common point."""
    if compare(operator.eq, left.end, right.start):
        return not (left.end_included and right.start_included)
    return compare(operator.lt, left.end, right.start)


def _starts_no_later(left: Range, right: Range) -> bool:
    if compare(operator.eq, left.start, right.start):
        return left.start_included or not right.start_included
    return compare(operator.lt, left.start, right.start)


def _ends_no_earlier(left: Range, right: Range) -> bool:
    if compare(operator.eq, left.end, right.end):
        return left.end_included or not right.end_included
    return compare(operator.gt, left.end, right.end)


def _same_start(left: Range, right: Range) -> bool:
    return left.start_included == right.start_included and compare(operator.eq, left.start, right.start)


def _same_end(left: Range, right: Range) -> bool:
    return left.end_included == right.end_included and compare(operator.eq, left.end, right.end)


def before(left: Range, right: Range) -> bool:
    """``left`` ends before ``right`` starts."""
    return _ends_before(left, right)


def meets(left: Range, right: Range) -> bool:
    """``left`` ends with the point with which ``right`` starts."""
    return left.end_included and right.start_included and compare(operator.eq, left.end, right.start)


def overlaps(left: Range, right: Range) -> bool:
    """They have a point in common."""
    return not _ends_before(left, right) and not _ends_before(right, left)


def overlaps_before(left: Range, right: Range) -> bool:
    """``left`` starts before ``right`` and ends within it."""
    starts = _starts_no_later(left, right) and not _same_start(left, right)
    return starts and not _ends_before(left, right) and _ends_no_earlier(right, left)


def finishes(left: Range, right: Range) -> bool:
    """``left`` is the end of ``right``."""
    return _same_end(left, right) and _starts_no_later(right, left)


def includes(left: Range, right: Range) -> bool:
    """All points of ``right`` are in ``left``."""
    return _starts_no_later(left, right) and _ends_no_earlier(left, right)


def starts(left: Range, right: Range) -> bool:
    """``left`` is the beginning of ``right``."""
    return _same_start(left, right) and _ends_no_earlier(right, left)


def coincides(left: Range, right: Range) -> bool:
    """They are the same."""
    return _same_start(left, right) and _same_end(left, right)


def _register(relation: Implementation, name: str, inverse: str = "") -> None:
    builtin(f"{name}(a: any, b: any)")(lambda a, b: relation(_range(a), _range(b)))
    if inverse:
        builtin(f"{inverse}(a: any, b: any)")(lambda a, b: relation(_range(b), _range(a)))


_register(before, "before", "after")
_register(meets, "meets", "met by")
_register(overlaps, "overlaps")
_register(overlaps_before, "overlaps before", "overlaps after")
_register(finishes, "finishes", "finished by")
_register(includes, "includes", "during")
_register(starts, "starts", "started by")
_register(coincides, "coincides")
