"""Which data a page shows or asks: the names in its expressions, and where its options and tables come from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from stepwell.forms.draft import compiled, is_feel

_LOCAL = frozenset({"this", "parent", "i", "value"})


@dataclass(slots=True)
class Reads:
    """The ``names``; whether a component can be hidden; whether anything at all is computed from data."""

    names: set[str] = field(default_factory=set)
    hides: bool = False
    computes: bool = False


def read_names(components: Iterable[dict[str, Any]], reads: Reads) -> None:
    """Add what these components read."""
    for component in components:
        reads.hides = reads.hides or bool((component.get("conditional") or {}).get("hide"))
        source = component.get("dataSource")
        if component.get("valuesKey"):
            source, reads.computes = component["valuesKey"], True
        if isinstance(source, str) and not is_feel(source):
            reads.names.add(source)
        for name, value in component.items():
            if name != "components":
                expressions(value, reads)
        read_names(component.get("components") or (), reads)


def expressions(value: object, reads: Reads) -> None:
    """Add what the expressions anywhere in a value read."""
    if isinstance(value, dict):
        for inner in value.values():
            expressions(inner, reads)
    elif isinstance(value, list):
        for inner in value:
            expressions(inner, reads)
    elif isinstance(value, str) and (expression := compiled(value)) is not None:
        reads.names |= expression.names - _LOCAL
        reads.computes = True
