"""Which half of a step with an activity is missing, as its row says it (S7)."""

from typing import Literal

from stepwell.engine.rows import UserTask
from stepwell.records.shipped import ACTIVITY
from stepwell.records.values import reference

Missing = Literal["", "page", "result"]
"""``result``: the page is done and the activity has no result; ``page``: the other way round."""


def missing_of(task: UserTask) -> Missing:
    """What is missing of a step of which one half is done."""
    halves: dict[str, Missing] = {"page": "result", "activity": "page"}
    return halves.get(task.details.done, "")


def activity_of(task: UserTask) -> str:
    """The activity of a step, as ``activity/5``; empty if it has none."""
    return reference(ACTIVITY, task.details.activity) if task.details.activity else ""
