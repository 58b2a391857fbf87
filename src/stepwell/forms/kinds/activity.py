"""An activity as a step (K1), and the result of the activity that any step may create (S7)."""

from typing import Any

import msgspec
from msgspec import Struct

from stepwell.forms.describe import FieldShown, component
from stepwell.forms.kinds.made import ACTIVITY, Made, Option, button, choice, page

RESULT = "result"
_FIELDS = (
    FieldShown("subject", "text", "Subject", required=True, longest=500),
    FieldShown("start", "date_time", "Start", required=True),
    FieldShown("due", "date_time", "Due"),
    FieldShown("owner", "lookup", "Owner", record_type="User"),
    FieldShown("ownerRole", "lookup", "Role", record_type="Role"),
    FieldShown("remindAt", "date_time", "Reminder"),
    FieldShown("showInCalendar", "yes_no", "Show in calendar"),
)
_DETAILS = ("resultDetails", *(field.name for field in _FIELDS))


class ActivityPage(Struct, frozen=True):
    """The results that are offered, and the activity as it stands, by the keys of the page."""

    results: tuple[Option, ...]
    values: dict[str, object] = {}


def activity_page(activity: ActivityPage) -> Made:
    """The activity with its result. Saving for later changes the activity and leaves the step open."""
    fields = [component(field) for field in _FIELDS]
    buttons = button("done", "Save"), button("later", "Save for later", style="secondary", completes=False)
    return Made(
        page([*fields, *_result(activity.results)], *buttons),
        activity.values,
        outcome=RESULT,
        details=_DETAILS,
    )


def with_result(made: Made, results: tuple[Option, ...]) -> Made:
    """The page with the result of its activity on it, so that one save can do both; it may be given later."""
    group = {
        "type": "group",
        "id": ACTIVITY,
        "label": "Result",
        "path": ACTIVITY,
        "components": _result(results, "details", is_required=False),
    }
    schema = {**made.schema, "components": [*made.schema["components"], group]}
    return msgspec.structs.replace(made, schema=schema)


def _result(
    results: tuple[Option, ...], details: str = "resultDetails", *, is_required: bool = True
) -> list[dict[str, Any]]:
    return [
        {
            "type": "select",
            "key": RESULT,
            "label": "Result",
            "values": choice(results),
            "validate": {"required": is_required},
        },
        {"type": "textarea", "key": details, "label": "Result details"},
    ]
