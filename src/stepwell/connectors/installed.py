"""Which connectors there are: those of this folder, and those an installation registers."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType

from stepwell.connectors.connector import Connector, nearest
from stepwell.connectors.loading import load
from stepwell.errors import ConfigurationError, Problem

GROUP = "stepwell.connectors"


@cache
def registry() -> Mapping[str, Connector]:
    """Every connector by its job type. Raises ConfigurationError if an installed one can not be loaded."""
    return MappingProxyType(collect(entry_points(group=GROUP)))


def collect(points: Iterable[EntryPoint]) -> dict[str, Connector]:
    found = {item.name: item for item in own()}
    for point in points:
        if point.name in found:
            raise ConfigurationError(
                f"Expected one connector '{point.name}', but '{point.value}' is another one of that name."
            )
        function = load(point)
        found[point.name] = Connector.of(point.name, getattr(function, "function", function))
    return found


def own() -> Iterator[Connector]:
    """The connectors of Stepwell itself, one file each."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        values = vars(importlib.import_module(f"{__package__}.{module.name}")).values()
        yield from (value for value in values if isinstance(value, Connector))


def check(
    known: Mapping[str, Connector], element: str, job_type: str, given: Mapping[str, str | None]
) -> list[Problem]:
    """What an author has to repair in an element that gives its work to the connector ``job_type``.

    ``given``: the constant text of each input, None for an expression.
    """
    if job_type not in known:
        message = f"Expected {element} to name an installed connector, but '{job_type}' is none."
        return [Problem("connector.unknown", message, element, "type", hint=nearest(job_type, known))]
    return list(known[job_type].check(element, given))
