"""What every kind of page has in common: it is made of settings, and what was sent for it becomes an outcome."""

from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct

from stepwell import feel
from stepwell.forms.check import Checked
from stepwell.forms.describe import literal
from stepwell.forms.outcome import Outcome

ACTIVITY: Final = "_activity"
"""Under this name a page keeps the result of its activity; no field of an author may begin with it."""


class Option(Struct, frozen=True):
    """Something that can be chosen: what it is called in flows, and what a person reads."""

    code: str
    label: str = ""


class Made(Struct, frozen=True):
    """A page made for a step.

    ``schema`` is whole, with its buttons; ``values`` are those of FEEL that it is given. ``outcome`` is the key of
    the field whose value steers the flows; empty: the button does. ``details`` are the keys of what the step
    remembers beside its outcome; with ``gives_variables`` all values become variables of the process.
    """

    schema: dict[str, Any]
    values: dict[str, object]
    outcome: str = ""
    details: tuple[str, ...] = ()
    gives_variables: bool = False


class Taken(Struct, frozen=True):
    """What a submission means: the outcome, values for variables, and the activity's result if the page asked."""

    outcome: Outcome
    values: dict[str, object]
    activity_result: str | None = None
    activity_details: str = ""


def take(made: Made, checked: Checked) -> Taken:
    """What the checked values of a page mean for the process."""
    values = dict(checked.values)
    activity = values.pop(ACTIVITY, None)
    result: dict[str, Any] = activity if isinstance(activity, dict) else {}
    value = _chosen(values.get(made.outcome)) if made.outcome else checked.button.code
    return Taken(
        outcome=Outcome(value, {name: values[name] for name in made.details if name in values}),
        values=values if made.gives_variables else {},
        activity_result=result.get("result"),
        activity_details=result.get("details") or "",
    )


def _chosen(value: object) -> str | list[str] | None:
    if isinstance(value, list):
        return [feel.format_value(one) for one in value]
    return None if value is None or value == "" else feel.format_value(value)


def button(code: str, label: str, **more: object) -> dict[str, Any]:
    """A button of a schema."""
    return {"code": code, "label": label, **more}


def page(components: Iterable[dict[str, Any]], *buttons: dict[str, Any]) -> dict[str, Any]:
    """A schema of these components with these buttons."""
    return {"type": "default", "components": list(components), "buttons": list(buttons)}


def choice(options: Iterable[Option]) -> list[dict[str, str]]:
    """The options of a field."""
    return [{"value": option.code, "label": option.label or option.code} for option in options]


def note(text: str) -> dict[str, Any]:
    """A text on the page, as it is."""
    return {"type": "text", "text": literal(text)}
