"""What counts of the sent values: those that a person can not change are what they were, or what is computed.

Conditions on a page would otherwise believe what is sent for a read-only field, and hide what is required.
"""

from collections.abc import Iterable
from typing import Any

from stepwell.forms.context import Scope
from stepwell.forms.page import Component, DynamicList, Group, Input, Page
from stepwell.forms.paths import get, put
from stepwell.forms.showing import as_sent
from stepwell.forms.visible import copied
from stepwell.forms.walk import Level, may_have_begun, stored_value

Values = dict[str, Any]
_MOST_ROUNDS = 5


def settled(page: Page, sent: Values, begun: Values, scope: Scope) -> Values:
    """The values with which the conditions of the page are asked; ``scope`` sees what it began with and what was
    sent.

    First what is always read-only, so that nobody can pretend what makes the rest so; then everything, until what
    is computed of each other stays the same.
    """
    found = _once(page, sent, (begun, scope), always=True)
    for _ in range(_MOST_ROUNDS):
        before, found = found, _once(page, sent, (begun, scope), always=False)
        if found == before:
            break
    return found


def _once(page: Page, sent: Values, seen: tuple[Values, Scope], *, always: bool) -> Values:
    begun, scope = seen
    values: Values = copied(sent)
    _settle(page.components, Level(values, [begun], scope), always=always)
    return values


def _settle(components: Iterable[Component], level: Level, *, always: bool) -> None:
    for component in components:
        if isinstance(component, Group):
            _settle(component.inner, level, always=always)
        elif isinstance(component, DynamicList):
            _settle_list(component, level, always=always)
        elif component.formula is not None:
            _set(component, level, level.scope.evaluate(component.formula))
        elif _is_locked(component, level.scope, always=always):
            _set(component, level, as_sent(stored_value(component, level)))


def _is_locked(field: Input, scope: Scope, *, always: bool) -> bool:
    if always:
        return field.readonly is True or field.disabled is True
    return scope.holds(field.readonly) or scope.holds(field.disabled)


def _set(field: Input, level: Level, value: object) -> None:
    put(level.sent, field.path, value)
    if level.scope.around is None:
        level.scope.data[field.path[0]] = level.sent[field.path[0]]
    elif isinstance(level.scope.this, dict):
        put(level.scope.this, field.path, value)


def _settle_list(written: DynamicList, level: Level, *, always: bool) -> None:
    items = get(level.sent, written.path)
    begun = get(level.begun[0], written.path) if level.begun else None
    known = [item for item in begun if isinstance(item, dict)] if isinstance(begun, list) else []
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            scope = level.scope.item(item, number + 1)
            inner = Level(item, may_have_begun(written, known, number), scope)
            _settle(written.inner, inner, always=always)
