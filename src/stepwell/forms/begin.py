"""The values with which a page is opened: what is given, the defaults, and nothing for the rest."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from stepwell import feel
from stepwell.forms.context import Scope
from stepwell.forms.page import Component, DynamicList, Group, Input, Page
from stepwell.forms.paths import get, put
from stepwell.forms.rules import faults, is_empty
from stepwell.forms.showing import as_sent
from stepwell.forms.values import Wrong, typed
from stepwell.forms.visible import copied

Values = dict[str, Any]


def begin(page: Page, given: Values, now: datetime) -> Values:
    """The values of FEEL for the fields, and whatever else is ``given`` for options and tables.

    As in the viewer what does not fit a field is left out, and a default stands in for what is not given.
    """
    values: Values = copied(given)
    _fill(page.components, values, Scope(as_sent(given), now))
    return values


def _fill(components: Iterable[Component], values: Values, scope: Scope) -> None:
    for component in components:
        if isinstance(component, Group):
            _fill(component.inner, values, scope)
        elif isinstance(component, DynamicList):
            _fill_list(component, values, scope)
        elif component.formula is not None:
            put(values, component.path, scope.evaluate(component.formula))
        else:
            put(values, component.path, _first(component, get(values, component.path), scope))


def _fill_list(written: DynamicList, values: Values, scope: Scope) -> None:
    given = get(values, written.path)
    if isinstance(given, list):
        items = [item for item in given if isinstance(item, dict)][: written.most]
    else:
        items = [{} for _ in range(min(written.repetitions, written.most))]
    for number, item in enumerate(items, 1):
        _fill(written.inner, item, scope.item(as_sent(item), number))
    put(values, written.path, items)


def _first(field: Input, given: object, scope: Scope) -> object:
    """The first that fits, of what is given and the default."""
    for value in (_loosened(field, given), field.default):
        try:
            found = typed(field, value)
        except Wrong:
            continue
        is_chosen = field.options is None or field.options.expression is not None
        if not is_empty(field, found) and (is_chosen or not list(faults(field, found, scope))):
            return found
    return field.empty


def _loosened(field: Input, value: object) -> object:
    """A value of another type as the field would show it."""
    if field.type not in ("textfield", "textarea") or value is None or isinstance(value, list | dict):
        return value
    shown = feel.format_value(as_sent(value))
    return shown if field.type == "textarea" else " ".join(shown.splitlines())
