"""Signals: each reaches everybody who waits for its name at that moment."""

from collections.abc import Mapping
from typing import Any

from stepwell.identity import STEPWELL, Actor
from stepwell.services import given
from stepwell.services.requests import Throw


def throw(
    name: str, values: Mapping[str, Any] | None = None, *, actor: Actor = STEPWELL, idempotency_key: str = ""
) -> Throw:
    """Throw a signal; raises ``Invalid``."""
    return Throw(
        given.name(name, "name"),
        given.variables(values),
        by=actor,
        idempotency_key=given.text(idempotency_key, "Idempotency-Key"),
    )
