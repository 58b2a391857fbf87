"""What was submitted for a record: every value that does not fit is named at once."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from stepwell.errors import Problem
from stepwell.records.asking import Asking
from stepwell.records.naming import nearest, shown
from stepwell.records.stored import Value
from stepwell.records.types import SYSTEM_FIELDS, Field, RecordType
from stepwell.records.values import UnfitError, coerce, expected

Values = dict[str, Value]


class Filled(Struct, frozen=True):
    """The values that fit, by field, and what is wrong with the others."""

    values: Values
    problems: tuple[Problem, ...]


def fill_new(record_type: RecordType, given: Mapping[str, Any], asking: Asking) -> Filled:
    """The values of a new record: what was given, defaults for the rest, yes/no never empty."""
    found = fill_changed(record_type, given, asking, is_new=True)
    values = {}
    for field in writable(record_type):
        value = found.values.get(field.name)
        if value is None and field.name not in given:
            value = default_of(field, asking)
        values[field.name] = False if value is None and field.kind == "yes_no" else value
    wrong = {problem.field for problem in found.problems}
    missing = [
        required(field)
        for field in writable(record_type)
        if field.required and values[field.name] is None and field.name not in wrong
    ]
    return Filled(values, (*found.problems, *missing))


def fill_changed(
    record_type: RecordType, given: Mapping[str, Any], asking: Asking, *, is_new: bool = False
) -> Filled:
    """The values of the fields that are given; the others stay as they are."""
    values: Values = {}
    problems: list[Problem] = []
    for name, value in given.items():
        field = record_type.field(name)
        wrong = _not_writable(record_type, name, field, is_new=is_new)
        if wrong is None and field is not None:
            wrong = _take(values, field, value, asking)
            if wrong is None and not is_new and field.required and values[name] is None:
                wrong = required(field)
        problems += [wrong] if wrong else []
    return Filled(values, tuple(problems))


def writable(record_type: RecordType) -> Iterator[Field]:
    """The fields whose values are given, not worked out."""
    return (field for field in record_type.all_fields if field.type != "calculated")


def is_of_moment(field: Field) -> bool:
    """Whether what the field is when nothing is given depends on when and by whom the record is made."""
    return (
        (field.default == "today" and field.kind == "date")
        or (field.default == "now" and field.kind == "date_time")
        or (field.default == "me" and field.holds == "person")
    )


def default_of(field: Field, asking: Asking) -> Value:
    """What the field is when nothing is given."""
    if field.default == "today" and field.kind == "date":
        return asking.today
    if field.default == "now" and field.kind == "date_time":
        return asking.now
    if field.default == "me" and field.holds == "person":
        return asking.person or None
    try:
        return coerce(field, field.default, asking.zone)
    except UnfitError:  # it was checked with the type; a code may have gone since
        return None


def required(field: Field) -> Problem:
    """That a value is missing."""
    return Problem(
        "value.missing", f"Expected a value for {field.name}, but found nothing.", field=field.name
    )


def _not_writable(record_type: RecordType, name: str, field: Field | None, *, is_new: bool) -> Problem | None:
    if field is None:
        known = [field.name for field in writable(record_type)]
        message = f"Expected a field of '{record_type.name}', but found {shown(name)}."
        return Problem("field.unknown", message, field=name[:60], hint=nearest(name[:60], known))
    is_fixed = record_type.kind == "lookup" and name == "code" and not is_new
    if name in SYSTEM_FIELDS or field.type == "calculated" or is_fixed:
        why = "stays as it was first given" if is_fixed else "is worked out by Stepwell"
        return Problem("field.read-only", f"Expected no value for {name}, but it {why}.", field=name)
    return None


def _take(values: Values, field: Field, given: Any, asking: Asking) -> Problem | None:
    """Keep the value if it fits; what is wrong with it otherwise."""
    try:
        value = coerce(field, given, asking.zone)
    except UnfitError as unfit:
        return Problem(unfit.rule, expected(field, unfit, given), field=field.name)
    values[field.name] = False if value is None and field.kind == "yes_no" else value
    return None
