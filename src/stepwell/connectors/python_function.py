"""``python``: call a function that the installation has registered."""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import entry_points
from typing import Any

from stepwell.connectors.connector import Call, connector, nearest
from stepwell.connectors.errors import ConnectorError
from stepwell.connectors.loading import load
from stepwell.connectors.performing import carry_out

GROUP = "stepwell.functions"


@connector("python")
async def python(call: Call, /, *, function: str, **arguments: object) -> object:
    """Call a Python function of the installation; what it returns is the result.

    The function is registered by name in the entry point group ``stepwell.functions`` and may be async. It
    gets every other argument by keyword and, if it has a parameter ``call``, the call with its idempotency
    key. It may raise ``BpmnError`` for what the diagram can catch; anything else is a failed attempt.

    Arguments:
        function: The name under which it is registered.
    """
    found = functions().get(function)
    if found is None:
        message = (
            f"Expected an installed function, but '{function}' is none. {nearest(function, functions())}"
        )
        raise ConnectorError(message, may_retry=False)
    given = dict(arguments)
    if "call" in inspect.signature(found).parameters:
        given["call"] = call
    try:
        inspect.signature(found).bind(**given)
    except TypeError as error:
        raise ConnectorError(
            f"Expected arguments that fit '{function}', but: {error}.", may_retry=False
        ) from None
    return await carry_out(found, **given)


@cache
def functions() -> Mapping[str, Callable[..., Any]]:
    """Every registered function by its name. Raises ConfigurationError if one can not be loaded."""
    return {point.name: load(point) for point in entry_points(group=GROUP)}
