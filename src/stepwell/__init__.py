"""Stepwell runs business processes in which people and software take turns.

As a library: ``stepwell.open(url)`` gives an ``Engine``. Everything public is in ``__all__``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stepwell.config import Settings
    from stepwell.errors import (
        ConfigurationError,
        Conflict,
        Forbidden,
        Invalid,
        NotFound,
        Problem,
        Rejection,
        StepwellError,
        Unavailable,
    )
    from stepwell.library import Engine, open

__version__ = "0.1.0"

_HOMES = {
    "ConfigurationError": "errors",
    "Conflict": "errors",
    "Engine": "library",
    "Forbidden": "errors",
    "Invalid": "errors",
    "NotFound": "errors",
    "Problem": "errors",
    "Rejection": "errors",
    "Settings": "config",
    "StepwellError": "errors",
    "Unavailable": "errors",
    "open": "library",
}

__all__ = [
    "ConfigurationError",
    "Conflict",
    "Engine",
    "Forbidden",
    "Invalid",
    "NotFound",
    "Problem",
    "Rejection",
    "Settings",
    "StepwellError",
    "Unavailable",
    "open",
]


def __getattr__(name: str) -> Any:
    """Public names are imported when they are first asked for: the command line has to start fast."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'stepwell' has no attribute {name!r}")
    found = getattr(import_module(f"stepwell.{home}"), name)
    globals()[name] = found
    return found
