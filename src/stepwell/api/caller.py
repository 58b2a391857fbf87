"""Whom the policies judge for a request: what the way in found out, else whoever holds the installation's token."""

from typing import Any

from stepwell.identity import STEPWELL, Actor


def actor_of(scope: Any) -> Actor:
    """Who asks, as the scope of the request says."""
    found = scope.get("actor")
    return found if isinstance(found, Actor) else STEPWELL
