"""Which data a page shows or asks: the names in its expressions, and where its options and tables come from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from stepwell.forms.components import PROPERTIES
from stepwell.forms.draft import compiled, is_feel

_LOCAL: Final = frozenset({"this", "parent", "i", "value"})
_MAY_BE_FEEL: Final = frozenset({"spoken", "flag or FEEL", "whole or FEEL", "number or FEEL", "FEEL"})
_LOCKS: Final = ("readonly", "disabled", "expression")
_OBJECTS: Final = ("conditional", "validate", "appearance")


@dataclass(slots=True)
class Reads:
    """The ``names``; whether a component can be hidden; whether anything at all is computed from data; whether a
    value can not be changed by the person.
    """

    names: set[str] = field(default_factory=set)
    hides: bool = False
    computes: bool = False
    locks: bool = False

    def add(self, texts: Iterable[object]) -> None:
        """Add what these texts read, as far as they are FEEL."""
        for text in texts:
            expression = compiled(text)
            if expression is not None:
                self.names |= expression.names - _LOCAL
                self.computes = True


def read_names(components: Iterable[dict[str, Any]], reads: Reads) -> None:
    """Add what these components read."""
    for component in components:
        reads.hides = reads.hides or bool((component.get("conditional") or {}).get("hide"))
        reads.locks = reads.locks or any(component.get(name) for name in _LOCKS)
        source = component.get("dataSource")
        if component.get("valuesKey"):
            source, reads.computes = component["valuesKey"], True
        if isinstance(source, str) and not is_feel(source):
            reads.names.add(source)
        reads.add(_texts(component))
        reads.add(values_of(component.get("filter")))
        read_names(component.get("components") or (), reads)


def _texts(component: dict[str, Any]) -> Iterator[object]:
    """The texts of a component that may be FEEL."""
    for name, value in component.items():
        if PROPERTIES[name] in _MAY_BE_FEEL:
            yield value
    for name in _OBJECTS:
        for inner, value in (component.get(name) or {}).items():
            if PROPERTIES[inner] in _MAY_BE_FEEL or name == "appearance":
                yield value


def values_of(condition: Any) -> Iterator[object]:
    """The values that a filter compares with."""
    if isinstance(condition, list):
        for inner in condition:
            yield from values_of(inner)
    elif isinstance(condition, dict):
        yield condition.get("value")
        for name in ("all", "any"):
            yield from values_of(condition.get(name))
