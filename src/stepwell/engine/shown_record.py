"""The record that the page of a step shows, and who may not have the step because of it (S1)."""

from stepwell.engine.rows import UserTask
from stepwell.engine.run import Run
from stepwell.engine.surroundings import Assignment, RecordPlace
from stepwell.engine.work import Approval, RecordPage
from stepwell.records.values import parse_reference

SHOWING = (Approval.element, RecordPage.element)
"""Kinds of steps whose first connected record is the one on their page."""


def shown_record(task: UserTask) -> RecordPlace | None:
    """The record on the page of a step; None if it shows none that is there."""
    if task.kind not in SHOWING or not task.details.connections:
        return None
    place = parse_reference(task.details.connections[0])
    return None if place is None else RecordPlace(*place)


def barred(run: Run, task: UserTask, given: Assignment) -> str:
    """Why none of them may have the step because of its record; empty if somebody may."""
    place = shown_record(task)
    return "" if place is None else run.settings.surroundings.barred(given, place)
