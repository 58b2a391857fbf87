"""Data steps and record signals: what their author left out, or wrote where it means nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping

from stepwell.engine.definition import Element, ProcessDefinition, Text
from stepwell.engine.event_step import EventStep
from stepwell.engine.record_signal import RecordSignalDefinition
from stepwell.engine.record_work import (
    ADD,
    CHANGE,
    DELETE,
    MEASURES,
    READ,
    TYPES,
    Records,
    RecordSignal,
    conditions,
    has_empty_group,
)
from stepwell.engine.steps.service_task import ServiceTask
from stepwell.errors import Problem, near
from stepwell.records.filters import OPS, WITHOUT_VALUE

MOST_READ = 1000
KINDS = ("added", "changed", "deleted")
_CONDITION = 'Add <stepwell:filter><stepwell:condition field="…" op="=" value="…"/></stepwell:filter>.'


def problems(definition: ProcessDefinition) -> Iterator[Problem]:
    """What is wrong with the data steps and record signals of a process, whatever its record types are."""
    for element in definition.elements.values():
        step = element.step
        if isinstance(step, ServiceTask) and step.records is not None and step.type in TYPES:
            yield from _of_step(element, step.type, step.records)
        elif isinstance(step, EventStep):
            for found in step.definitions:
                if isinstance(found, RecordSignalDefinition):
                    yield from _of_signal(element, found.signal)


def _of_step(element: Element, type: str, records: Records) -> Iterator[Problem]:
    yield from _of_filter(element, records.filter)
    if type == READ:
        yield from _of_read(element, records)
    else:
        yield from _of_touching(element, type, records)
    yield from _of_values(element, type, records)


def _of_filter(element: Element, found: dict[str, object] | None) -> Iterator[Problem]:
    for condition in conditions(found) if found is not None else ():
        field, op = condition["field"], condition["op"]
        if op not in OPS:
            message = f"Expected an operator in the condition on {field} of {element.id} but found {op!r}{near(op, OPS)}."
            yield _problem(element, "filter.operator", message, f"There are {', '.join(OPS)}.")
        elif op not in WITHOUT_VALUE and condition.get("value") in (None, ""):
            message = f"Expected a value in the condition on {field} of {element.id} but there is none."
            yield _problem(
                element, "filter.value-missing", message, 'Add value="…", or use the operator is empty.'
            )


def _of_read(element: Element, records: Records) -> Iterator[Problem]:
    if records.mode in MEASURES and not records.field:
        message = f"Expected the field whose {records.mode} {element.id} reads but none is named."
        yield _problem(element, "records.field-missing", message, 'Add field="…" to stepwell:records.')
    if records.limit is not None and not 1 <= records.limit <= MOST_READ:
        message = f"Expected a limit from 1 to {MOST_READ} on {element.id} but it is {records.limit}."
        yield _problem(element, "records.limit", message, "Read fewer records, or count or sum them.")
    unused = {"from": records.source, "atMost": records.at_most, "allOrNothing": records.all_or_nothing}
    yield from _unused(element, READ, unused)


def _of_touching(element: Element, type: str, records: Records) -> Iterator[Problem]:
    if type in (CHANGE, DELETE) and (records.filter is None or has_empty_group(records.filter)):
        message = f"Expected {element.id} to say which records it is about, in every group of its filter, but it does not."
        yield _problem(element, "records.filter-missing", message, _CONDITION)
    single = type == ADD and not records.source
    if single and records.filter is not None:
        message = f"Expected no filter on {element.id}, which adds one record, but there is one."
        yield _problem(
            element, "records.unused", message, 'Add from="…" to make a record for each of a selection.'
        )
    unused: dict[str, object] = {"field": records.field, "sort": records.sort, "limit": records.limit}
    if single:
        unused |= {"atMost": records.at_most, "allOrNothing": records.all_or_nothing}
    if type != ADD:
        unused["from"] = records.source
    yield from _unused(element, type, unused)


def _unused(element: Element, type: str, given: Mapping[str, object]) -> Iterator[Problem]:
    for name, value in given.items():
        if value not in (None, "", (), False):
            message = f"Expected no {name} on {element.id}, whose type is {type}, but there is one."
            yield _problem(element, "records.unused", message, "Remove it; it would mean nothing here.")


def _of_values(element: Element, type: str, records: Records) -> Iterator[Problem]:
    if type in (READ, DELETE) and records.values:
        message = f"Expected no values on {element.id}, whose type is {type}, but there are some."
        yield _problem(element, "records.unused", message, "Remove them, or use records.change.")
    if type in (ADD, CHANGE) and not records.values:
        message = f"Expected a value that {element.id} gives to a field but there is none."
        yield _problem(
            element, "records.values-missing", message, 'Add <stepwell:value field="…" value="…"/>.'
        )
    if type == ADD and not records.source and records.is_of_each:
        message = (
            f"Expected {element.id} to have a selection because a value uses 'selected', but it has none."
        )
        yield _problem(
            element, "records.no-selection", message, 'Add from="…" with the record type of the selection.'
        )
    for field, count in Counter(value.field for value in records.values).items():
        if count > 1:
            message = f"Expected one value for {field} on {element.id} but there are {count}."
            yield _problem(element, "records.field-doubled", message, "Keep one of them.")


def _of_signal(element: Element, signal: RecordSignal) -> Iterator[Problem]:
    yield from _of_filter(element, signal.filter)
    for kind in signal.on:
        if kind not in KINDS:
            message = f"Expected {element.id} to wait on added, changed or deleted but found {kind!r}{near(kind, KINDS)}."
            yield _problem(
                element, "record-signal.kind", message, 'Write on="added", or several with commas.'
            )
    asked = {condition["field"] for condition in conditions(signal.filter)} if signal.filter else set()
    if signal.on == ("deleted",) and asked - {"id"}:
        message = f"Expected the filter of {element.id} to ask for nothing but the id, but the record is gone when it is deleted."
        yield _problem(element, "record-signal.deleted", message, "Remove the conditions on other fields.")
    if element.tag == "startEvent":
        yield from _of_start(element, signal)


def _of_start(element: Element, signal: RecordSignal) -> Iterator[Problem]:
    """Before the start there is no variable."""
    if signal.record is not None:
        message = f"Expected {element.id} to start with any record that meets its filter but it names one."
        yield _problem(
            element, "record-signal.start", message, "Remove record, or use a condition on a field."
        )
    for condition in conditions(signal.filter) if signal.filter else ():
        value = condition.get("value")
        if isinstance(value, Text) and value.expression is not None and value.expression.names:
            names = ", ".join(sorted(value.expression.names))
            message = f"Expected the filter of {element.id} to use no variable, because there is none before the start, but found {names}."
            yield _problem(
                element, "record-signal.start", message, "Use a constant, or test the record in the process."
            )


def _problem(element: Element, rule: str, message: str, hint: str) -> Problem:
    return Problem(rule, message, element.id, line=element.line, hint=hint)
