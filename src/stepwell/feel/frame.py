"""What compiled code runs on.

Every piece of an expression is a closure that takes the frame of the evaluation, a plain list::

    [lookup, limits or meter, now, slot, slot, …]

The slots hold loop variables, parameters and context entries; their numbers are fixed when the text is compiled.
A function keeps a copy of the frame it was made in, so what it sees never changes.
"""

from collections.abc import Callable
from typing import Any

from stepwell.feel.errors import FeelError, FeelLimitError
from stepwell.feel.limits import Limits, Meter

Frame = list[Any]
Code = Callable[[Frame], Any]
Fail = Callable[[FeelError, int], None]

LOOKUP, METER, NOW, FIRST_SLOT = 0, 1, 2, 3


def meter_of(frame: Frame) -> Meter:
    """The meter of this evaluation, begun with the first work that must be counted."""
    meter = frame[METER]
    if type(meter) is Limits:
        meter = frame[METER] = Meter(meter)
    return meter  # type: ignore[no-any-return]


def fail_strictly(error: FeelError, position: int) -> None:
    """Raise ``error``, at ``position`` unless it already has a place."""
    if error.position < 0:
        error.position = position
    raise error


def fail_leniently(error: FeelError, position: int) -> None:
    """Go on with null, as DMN 1.5 section 10.3 wants it; only an exceeded limit still raises."""
    if isinstance(error, FeelLimitError):
        fail_strictly(error, position)
