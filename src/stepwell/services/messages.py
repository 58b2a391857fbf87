"""Messages: each reaches one receiver, found by name and correlation key."""

from collections.abc import Mapping
from typing import Any

from stepwell.errors import Invalid, Problem
from stepwell.identity import STEPWELL, Actor
from stepwell.services import given
from stepwell.services.requests import Publish

LONGEST_WAIT = 366 * 24 * 3600.0


def publish(
    name: str,
    key: str = "",
    values: Mapping[str, Any] | None = None,
    *,
    message_id: str = "",
    seconds: float = 3600.0,
    actor: Actor = STEPWELL,
    idempotency_key: str = "",
) -> Publish:
    """Publish a message; it waits at most ``seconds`` for a receiver.

    While it waits, another one with the same ``message_id`` is refused. Raises ``Invalid``.
    """
    if not 0 <= seconds <= LONGEST_WAIT:
        message = f"Expected seconds between 0 and {LONGEST_WAIT:.0f}, but found {seconds}."
        raise Invalid("input.invalid", message, [Problem("number.out-of-range", message, field="seconds")])
    return Publish(
        given.name(name, "name"),
        given.text(key, "key"),
        given.variables(values),
        given.text(message_id, "message_id"),
        float(seconds),
        by=actor,
        idempotency_key=given.text(idempotency_key, "Idempotency-Key"),
    )
