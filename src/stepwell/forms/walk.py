"""One walk through a page with what was sent for it: every value is looked at where it stands."""

from collections.abc import Iterable
from typing import Any

from stepwell import feel
from stepwell.errors import Problem
from stepwell.forms.asking import Questions
from stepwell.forms.context import Scope
from stepwell.forms.draft import MOST_PROBLEMS, near, show
from stepwell.forms.page import Component, DynamicList, Group, Input, Names, Path
from stepwell.forms.paths import dotted, get, put
from stepwell.forms.rules import faults, is_empty
from stepwell.forms.values import Wrong, key_of, typed

Values = dict[str, Any]
MOST_FIELDS = 5_000
_MOST_NEAR = 20
_NOT_SENT = object()


class Walk:
    """What one check collects. ``validates``: what is required must be there."""

    __slots__ = ("problems", "questions", "validates")

    def __init__(self, *, validates: bool) -> None:
        self.validates = validates
        self.problems: list[Problem] = []
        self.questions = Questions()

    @property
    def is_full(self) -> bool:
        """Whether enough has been said."""
        return len(self.problems) >= MOST_PROBLEMS

    def wrong(self, where: str, name: str, wrong: Wrong) -> None:
        """Tell what is wrong with a value: the person reads ``name``, the renderer finds ``where``."""
        if not self.is_full:
            self.problems.append(Problem(wrong.rule, wrong.about(name), field=where))


class Level:
    """The page or an item of a list: what was sent for it, and the values that are right so far.

    ``begun`` are the values it may have begun with, the likeliest first: nobody knows which item of a list it was
    when items can be removed.
    """

    __slots__ = ("begun", "found", "scope", "sent", "where")

    def __init__(self, sent: Values, begun: list[Values], scope: Scope, where: str = "") -> None:
        self.sent = sent
        self.begun = begun
        self.scope = scope
        self.where = where
        self.found: Values = {}

    def place(self, path: Path) -> str:
        """How a problem names the value at ``path``."""
        return f"{self.where}.{dotted(path)}".removeprefix(".")


def fields_in(components: Iterable[Component], sent: object) -> int:
    """How many components there are with the items that were sent; looks no further than ``MOST_FIELDS``."""
    count = 0
    for component in components:
        count += 1
        if isinstance(component, Group):
            count += fields_in(component.inner, sent)
        elif isinstance(component, DynamicList):
            items = get(sent, component.path)
            for item in items if isinstance(items, list) else ():
                if count > MOST_FIELDS:
                    break
                count += fields_in(component.inner, item)
    return count


def visit(walk: Walk, components: Iterable[Component], level: Level) -> None:
    """Look at every component that is shown."""
    for component in components:
        if component.hide is not None and level.scope.holds(component.hide):
            continue
        if isinstance(component, Group):
            visit(walk, component.inner, level)
        elif isinstance(component, DynamicList):
            _visit_list(walk, component, level)
        else:
            _visit_input(walk, component, level)


def _visit_input(walk: Walk, field: Input, level: Level) -> None:
    if field.formula is not None:
        put(level.found, field.path, _computed(field.formula, level.scope))
    elif level.scope.holds(field.readonly) or level.scope.holds(field.disabled):
        put(level.found, field.path, stored_value(field, level))
    else:
        _check(walk, field, level)


def _computed(formula: feel.Expression, scope: Scope) -> object:
    value = scope.evaluate(formula)
    try:
        feel.encode(value)
    except feel.FeelError:
        return None
    return value


def stored_value(field: Input, level: Level) -> object:
    """The value that the person can not change: the one it began with."""
    known = [get(begun, field.path, field.empty) for begun in level.begun]
    try:
        sent = typed(field, get(level.sent, field.path))
    except Wrong:
        sent = field.empty
    return next(
        (value for value in known if key_of(value) == key_of(sent)), known[0] if known else field.empty
    )


def _check(walk: Walk, field: Input, level: Level) -> None:
    where, name = level.place(field.path), field.label or field.key
    written = get(level.sent, field.path, _NOT_SENT)
    if written is _NOT_SENT:
        written = get(level.begun[0], field.path) if level.begun else field.default
    try:
        value = typed(field, written)
        for wrong in (found := list(_faults(walk, field, value, level.scope))):
            walk.wrong(where, name, wrong)
    except Wrong as wrong:
        walk.wrong(where, name, wrong)
        return
    if not found:
        put(level.found, field.path, value)
        if not is_empty(field, value) and (field.choice is not None or field.type == "filepicker"):
            walk.questions.note(field, where, value, level.scope)


def _faults(walk: Walk, field: Input, value: object, scope: Scope) -> Iterable[Wrong]:
    if not is_empty(field, value):
        return faults(field, value, scope)
    if not (field.rules.required and walk.validates):
        return ()
    if field.type == "checkbox":
        return (Wrong("value.required", "be ticked", "it is not"),)
    return (Wrong("value.required", "have a value", "it has none"),)


def _visit_list(walk: Walk, written: DynamicList, level: Level) -> None:
    where = level.place(written.path)
    begun = get(level.begun[0], written.path) if level.begun else None
    known = [item for item in begun if isinstance(item, dict)] if isinstance(begun, list) else []
    items = get(level.sent, written.path, known)
    items = [] if items is None else items
    try:
        _check_length(walk, written, items, len(known))
    except Wrong as wrong:
        walk.wrong(where, written.label or written.key, wrong)
        if wrong.rule == "value.type":
            return
    seen = get(level.scope.this, written.path)
    found = []
    for number, item in enumerate(items[: written.most]):
        here = f"{where}[{number}]"
        if not isinstance(item, dict):
            walk.wrong(here, here, Wrong("value.type", "be an object", f"it is {show(item)}"))
            continue
        check_names(walk, written.names, item, here)
        this = seen[number] if isinstance(seen, list) and number < len(seen) else item
        inner = Level(item, may_have_begun(written, known, number), level.scope.item(this, number + 1), here)
        visit(walk, written.inner, inner)
        found.append(inner.found)
    put(level.found, written.path, found)


def may_have_begun(written: DynamicList, known: list[Values], number: int) -> list[Values]:
    """What the item of this number may have been at the beginning, the likeliest first."""
    if written.fixed:
        return known[number : number + 1]
    return known[number : number + 1] + known[:number] + known[number + 1 :]


def _check_length(walk: Walk, written: DynamicList, items: Any, begun: int) -> None:
    if not isinstance(items, list):
        raise Wrong("value.type", "be a list", f"it is {show(items)}")
    count = len(items)
    if written.fixed and count != begun:
        raise Wrong("list.fixed", f"keep its {begun} entries", f"there are {count}")
    if count > written.most:
        raise Wrong("list.too-many", f"have at most {written.most} entries", f"there are {count}")
    if count < written.least and walk.validates:
        raise Wrong("list.too-few", f"have at least {written.least} entries", f"there are {count}")


def check_names(walk: Walk, names: Names, sent: Values, where: str = "") -> None:
    """Refuse what the page has no field for."""
    for name, value in sent.items() if not walk.is_full else ():
        here = f"{where}.{name}".removeprefix(".")
        if name not in names:
            close = near(str(name), names) if len(walk.problems) < _MOST_NEAR else ""
            walk.wrong(
                here[:200],
                here[:200],
                Wrong("value.unknown", "be a field of the page", f"there is none{close}"),
            )
            continue
        inside = names[name]
        if inside is not None and isinstance(value, dict):
            check_names(walk, inside, value, here)
        elif inside is not None and value is not None and not isinstance(value, list):
            walk.wrong(here, here, Wrong("value.type", "be an object", f"it is {show(value)}"))
