"""The evaluation budget: how much work one evaluation may do.

Only work that the length of the text does not bound is counted: loops, calls, filters, ranges, and what they
produce. So ``x + 1`` never makes a meter.
"""

import msgspec

from stepwell.feel.errors import FeelLimitError

MAX_TEXT = 65_536
"""The longest expression, in characters."""

MAX_NESTING = 80
"""How deep brackets, calls and conditions may be nested in a text."""


class Limits(msgspec.Struct, frozen=True):
    """``steps``: iterations, calls and visited elements; ``depth``: calls within calls of functions;
    ``size``: characters and list elements produced, all together.
    """

    steps: int = 1_000_000
    depth: int = 60
    size: int = 10_000_000


DEFAULT_LIMITS = Limits()


class Meter:
    """What is left of the limits in one evaluation."""

    __slots__ = ("depth", "limits", "size", "steps")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.steps = limits.steps
        self.size = limits.size
        self.depth = limits.depth

    def work(self, steps: int) -> None:
        """Count ``steps``; raises FeelLimitError when none are left."""
        self.steps -= steps
        if self.steps < 0:
            raise FeelLimitError(
                f"Expected at most {self.limits.steps} steps, but the evaluation needs more."
            )

    def grow(self, size: int) -> None:
        """Count ``size`` characters or elements; raises FeelLimitError when there is no room left."""
        self.size -= size
        if self.size < 0:
            raise FeelLimitError(
                f"Expected at most {self.limits.size} characters and list elements, but the evaluation makes more."
            )

    def descend(self) -> None:
        """Enter a function; raises FeelLimitError when too many are entered already."""
        self.depth -= 1
        if self.depth < 0:
            raise FeelLimitError(
                f"Expected at most {self.limits.depth} calls within each other, but the evaluation needs more."
            )

    def ascend(self) -> None:
        """Leave a function."""
        self.depth += 1
