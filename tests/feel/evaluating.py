"""How the tests of FEEL ask for a value."""

from collections.abc import Mapping
from datetime import UTC, datetime

from stepwell import feel

NOW = datetime(2024, 2, 29, 12, 30, tzinfo=UTC)
NOTHING: Mapping[str, object] = {}


def value(
    text: str, variables: Mapping[str, object] = NOTHING, *, lenient: bool = False,
    limits: feel.Limits = feel.DEFAULT_LIMITS,
) -> object:  # fmt: skip
    """What ``text`` gives at NOW; the names of ``variables`` are known, also those of several words."""
    expression = feel.compile(text, names=variables, lenient=lenient)
    return expression.evaluate(lambda name: variables.get(name, feel.MISSING), now=NOW, limits=limits)


def shown(text: str, variables: Mapping[str, object] = NOTHING) -> str:
    """The value of ``text`` as people read it."""
    return feel.format_value(value(text, variables))
