"""What an installation has registered under a name."""

from collections.abc import Callable
from importlib.metadata import EntryPoint
from typing import Any

from stepwell.errors import ConfigurationError


def load(point: EntryPoint) -> Callable[..., Any]:
    """What an entry point names; ConfigurationError says which one could not be loaded, and why."""
    try:
        thing = point.load()
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        raise ConfigurationError(
            f"Expected '{point.value}' for {point.group} '{point.name}', but: {why}"
        ) from error
    if not callable(thing):
        raise ConfigurationError(
            f"Expected '{point.value}' for {point.group} '{point.name}' to be a function."
        )
    found: Callable[..., Any] = thing
    return found
