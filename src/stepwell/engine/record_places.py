"""The records that steps for people are about."""

from stepwell.engine.definition import Element
from stepwell.engine.mapping import as_text
from stepwell.engine.opening import Seen
from stepwell.engine.run import Stuck
from stepwell.engine.surroundings import RecordPlace
from stepwell.engine.work import Approval, RecordPage, Work


def own_record(element: Element, work: Work, seen: Seen) -> RecordPlace | None:
    """The record that the page of the step shows, or adds; None if it shows none."""
    kind = work.kind
    if isinstance(kind, RecordPage) and kind.mode == "new":
        return RecordPlace(kind.record_type)
    if isinstance(kind, RecordPage | Approval):
        value = None if kind.record is None else kind.record.value(*seen)
        return place_of(element, kind.record_type, value)
    return None


def place_of(element: Element, record_type: str, value: object) -> RecordPlace:
    """The record that a value names: by its number, or as ``contact/17``; raises ``Stuck``."""
    if isinstance(value, dict):
        value = value.get("id")
    text = as_text(value)
    kind, _, number = text.rpartition("/")
    fits = number.isascii() and number.isdigit() and len(number) < 19 and int(number) > 0
    if not fits or kind not in ("", record_type):
        message = (
            f"Expected the id of a record '{record_type}' for step {element.id}, but found '{text[:100]}'."
        )
        raise Stuck("step.no-record", message)
    return RecordPlace(record_type, int(number))
