"""The built-in functions (DMN 1.5, 10.3.4), by theme. Importing this package makes them known."""

from stepwell.feel.builtins import (
    contexts,
    conversion,
    lists,
    logic,
    moments,
    numeric,
    patterns,
    ranges,
    statistics,
    strings,
)
from stepwell.feel.builtins.registry import builtin_names, function_named

__all__ = [
    "builtin_names", "contexts", "conversion", "function_named", "lists", "logic", "moments", "numeric", "patterns",
    "ranges",
    "statistics", "strings",
]  # fmt: skip
