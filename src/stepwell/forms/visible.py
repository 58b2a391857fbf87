"""What of the sent values belongs to components that are shown."""

from collections.abc import Iterable
from typing import Any

from stepwell.forms.context import Scope
from stepwell.forms.page import Component, DynamicList, Group, Path
from stepwell.forms.paths import get

Values = dict[str, Any]


def without_hidden(components: Iterable[Component], values: Values, scope: Scope) -> Values:
    """The values without those of hidden components, as conditions on all the values have it."""
    kept: Values = copied(values)
    _remove(components, kept, scope)
    return kept


def copied(value: Any) -> Any:
    """The same lists and objects again, so that a change of one leaves the other."""
    if isinstance(value, dict):
        return {name: copied(inner) for name, inner in value.items()}
    return [copied(inner) for inner in value] if isinstance(value, list) else value


def _remove(components: Iterable[Component], kept: Values, scope: Scope) -> None:
    for component in components:
        if component.hide is not None and scope.holds(component.hide):
            _clear(component, kept)
        elif isinstance(component, Group):
            _remove(component.inner, kept, scope)
        elif isinstance(component, DynamicList):
            items = get(kept, component.path)
            for number, item in enumerate(items if isinstance(items, list) else (), 1):
                if isinstance(item, dict):
                    _remove(component.inner, item, scope.item(copied(item), number))


def _clear(component: Component, kept: Values) -> None:
    if isinstance(component, Group):
        for inner in component.inner:
            _clear(inner, kept)
    else:
        _drop(kept, component.path)


def _drop(kept: Values, path: Path) -> None:
    around = get(kept, path[:-1])
    if isinstance(around, dict):
        around.pop(path[-1], None)
