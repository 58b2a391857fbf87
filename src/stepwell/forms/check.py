"""The server's own check of what was sent for a page: the values for the process, or everything that is wrong.

It does what the viewer of form-js 1.23 does in the browser, and does not trust it; docs/pages.md says where the
two differ. What only others know (whether a record exists) is asked once at the end.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from stepwell import feel
from stepwell.errors import Invalid, Problem
from stepwell.forms.asking import Records
from stepwell.forms.context import Scope
from stepwell.forms.draft import show
from stepwell.forms.page import Button, Component, Page
from stepwell.forms.settling import settled
from stepwell.forms.showing import as_sent
from stepwell.forms.sizes import MAX_DEPTH, MAX_PARTS, is_small
from stepwell.forms.visible import without_hidden
from stepwell.forms.walk import MOST_FIELDS, Level, Walk, check_names, fields_in, visit

Values = dict[str, Any]


class Sent(Struct, frozen=True):
    """What came back: the code of the pressed button, and decoded JSON by key."""

    button: str
    values: Values


class Around(Struct, frozen=True):
    """What the page stands in: the ``values`` that it began with (of ``begin``), the time in the zone of the
    person, and whom to ask about records.
    """

    values: Values
    now: datetime
    records: Records


class Checked(Struct, frozen=True):
    """Values of FEEL that fit the page, and the button that was pressed."""

    button: Button
    values: Values


class Examined(Struct, frozen=True):
    """The values as far as they are right, and what is wrong with the others."""

    values: Values
    problems: tuple[Problem, ...]


def check(page: Page, sent: Sent, around: Around) -> Checked:
    """The values of a page that a button leaves. Raises ``Invalid`` with all problems at once."""
    too_large = _too_large(page, sent.values)
    if too_large is not None:
        raise refusal([too_large])
    scope = scope_of(page, sent.values, around)
    button = page.button(sent.button)
    problem = _of_button(page, sent.button, scope)
    walk = Walk(validates=button is None or button.validates)
    values = _through(walk, page, (sent.values, around), scope)
    problems = [problem, *walk.problems] if problem is not None else walk.problems
    if button is None or problems:
        raise refusal(problems)
    return Checked(button, values)


def examine(page: Page, values: Values, around: Around, part: int | None = None) -> Examined:
    """The same with nothing refused: what is right and what is wrong, of a part of the layout if one is named.

    A step of the page is left when this has no problems.
    """
    too_large = _too_large(page, values)
    if too_large is not None:
        return Examined({}, (too_large,))
    walk = Walk(validates=True)
    found = _through(walk, page, (values, around), scope_of(page, values, around), part)
    return Examined(found, tuple(walk.problems))


def refusal(problems: list[Problem]) -> Invalid:
    """What a person is told whose input does not fit."""
    return Invalid(
        "page.wrong-input", "Expected input that fits the page, but some of it does not.", problems
    )


def _too_large(page: Page, values: Values) -> Problem | None:
    """Whether looking at it would take long, before anything is looked at."""
    if not is_small(values):
        message = f"Expected at most {MAX_PARTS} values, {MAX_DEPTH} deep, but there are more."
        return Problem("input.too-large", message)
    if fields_in(page.components, values) > MOST_FIELDS:
        message = f"Expected at most {MOST_FIELDS} fields in all lists together but there are more."
        return Problem("input.too-large", message)
    return None


def scope_of(page: Page, values: Values, around: Around) -> Scope:
    """What the expressions of the page see: all that it began with, and what counts of what was sent."""
    if not page.computes:
        return Scope({}, around.now)
    begun, sent = as_sent(around.values), _plain(values)
    if page.locks:
        sent = settled(page, sent, around.values, Scope({**begun, **sent}, around.now))
    if page.hides:
        sent = without_hidden(page.components, sent, Scope({**begun, **sent}, around.now))
    return Scope({**begun, **sent}, around.now)


def _plain(values: Values) -> Values:
    """What was sent as values of FEEL; nothing when it can be none, of which the check will tell."""
    try:
        return {name: feel.from_json(value) for name, value in values.items()}
    except feel.FeelError:
        return {}


def _of_button(page: Page, code: str, scope: Scope) -> Problem | None:
    button = page.button(code)
    if button is None:
        known = [one.code for one in page.buttons]
        message = f"Expected one of the buttons {', '.join(known)} but found {show(code)}."
        return Problem("button.unknown", message, field="button")
    if button.shown_if is not None and not scope.holds(button.shown_if):
        message = f"Expected a button that is shown but {code!r} is not."
        return Problem("button.not-shown", message, field="button")
    return None


def _through(
    walk: Walk, page: Page, given: tuple[Values, Around], scope: Scope, part: int | None = None
) -> Values:
    values, around = given
    level = Level(values, [around.values], scope)
    check_names(walk, page.names, values)
    visit(walk, _components(page, part), level)
    for field, where, wrong in walk.questions.wrong(around.records):
        walk.wrong(where, field.label or field.key, wrong)
    return level.found


def _components(page: Page, part: int | None) -> Iterable[Component]:
    if part is None or page.layout is None:
        return page.components
    groups = page.layout.parts[part].groups
    return [component for id in groups for component in page.ids.get(id, ())]
