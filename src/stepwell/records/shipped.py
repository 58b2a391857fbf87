"""What Stepwell itself brings: the record type of activities and its lookups, as an author would write them.

An installation may add fields, values of lookups and rights to them, but what stands here stays: steps of
processes rely on it.
"""

from typing import Any, Final

ACTIVITY: Final = "activity"
CATEGORIES: Final = "activity_category"
STATUSES: Final = "activity_status"
PRIORITIES: Final = "activity_priority"
RESULTS: Final = "activity_result"

NOT_STARTED: Final = "not_started"
COMPLETED: Final = "completed"
CANCELLED: Final = "cancelled"
FINAL: Final = (COMPLETED, CANCELLED)
"""The statuses in which nothing is left to be done."""
LONGEST_SUBJECT: Final = 500

LOOKUPS: Final[tuple[dict[str, Any], ...]] = (
    {"name": CATEGORIES, "label": "Activity category", "kind": "lookup"},
    {"name": STATUSES, "label": "Activity status", "kind": "lookup"},
    {"name": PRIORITIES, "label": "Activity priority", "kind": "lookup"},
    {
        "name": RESULTS,
        "label": "Activity result",
        "kind": "lookup",
        "fields": [{"name": "category", "type": "lookup", "label": "Only of category", "to": CATEGORIES}],
    },
)
TYPE: Final[dict[str, Any]] = {
    "name": ACTIVITY,
    "label": "Activity",
    "title": "subject",
    "owner": "owner",
    "owner_role": "owner_role",
    "fields": [
        {"name": "subject", "type": "text", "required": True, "length": LONGEST_SUBJECT},
        {"name": "category", "type": "lookup", "required": True, "to": CATEGORIES, "default": "To do"},
        {"name": "status", "type": "lookup", "required": True, "to": STATUSES, "default": NOT_STARTED},
        {"name": "priority", "type": "lookup", "required": True, "to": PRIORITIES, "default": "Medium"},
        {"name": "start", "type": "date_time", "required": True, "indexed": True, "default": "now"},
        {"name": "due", "type": "date_time", "indexed": True},
        {"name": "owner", "type": "text", "holds": "person", "indexed": True},
        {"name": "owner_role", "type": "text", "label": "Role", "holds": "role", "indexed": True},
        {"name": "author", "type": "text", "holds": "person", "default": "me"},
        {"name": "remind_at", "type": "date_time", "label": "Reminder"},
        {"name": "in_calendar", "type": "yes_no", "label": "Show in calendar"},
        {"name": "connections", "type": "links", "label": "Connected to", "on_delete": "clear"},
        {"name": "result", "type": "lookup", "to": RESULTS},
        {"name": "result_details", "type": "long_text"},
        {"name": "step", "type": "text", "length": 60, "indexed": True},
    ],
}
TYPES: Final = (*LOOKUPS, TYPE)
NAMES: Final = frozenset(written["name"] for written in TYPES)


def _values(*labels: str, **more: str) -> list[dict[str, Any]]:
    return [{"code": label, "label": label, "order": at, **more} for at, label in enumerate(labels, 1)]


ROWS: Final[dict[str, list[dict[str, Any]]]] = {
    CATEGORIES: _values("To do", "Call", "Meeting", "E-mail"),
    STATUSES: [
        {"code": NOT_STARTED, "label": "Not started", "order": 1},
        {"code": "in_progress", "label": "In progress", "order": 2},
        {"code": COMPLETED, "label": "Completed", "order": 3},
        {"code": CANCELLED, "label": "Cancelled", "order": 4},
    ],
    PRIORITIES: _values("Low", "Medium", "High"),
    RESULTS: [
        *_values("Completed", "Not done"),
        *_values("Reached", "Not reached", "Rescheduled", category="Call"),
        *_values("Held", "Called off", category="Meeting"),
    ],
}
