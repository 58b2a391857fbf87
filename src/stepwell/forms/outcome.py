"""What a step for a person came to."""

from msgspec import Struct


class Outcome(Struct, frozen=True):
    """The chosen code, or the codes where several may be chosen, and what else the step knows.

    It stands in the variable that is named as the step: ``{outcome: …}`` with the ``details`` beside it.
    """

    value: str | list[str] | None
    details: dict[str, object] = {}
