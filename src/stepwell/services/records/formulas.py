"""Calculated fields: FEEL over the values of the same record, worked out whenever it is saved."""

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from stepwell import feel
from stepwell.errors import Problem
from stepwell.records.asking import Asking
from stepwell.records.filling import writable
from stepwell.records.naming import nearest
from stepwell.records.stored import Value, to_raw
from stepwell.records.types import EXACT, Field, RecordType
from stepwell.records.values import UnfitError, coerce, to_feel
from stepwell.services.records.presenting import value_of
from stepwell.store.records.table import Row

LIMITS = feel.Limits(steps=100_000, depth=40, size=1_000_000)


def problems(record_type: RecordType) -> Iterator[Problem]:
    """What is wrong with the formulas of a type."""
    known = {field.name for field in writable(record_type)}
    for place, field in enumerate(record_type.fields):
        if field.type != "calculated":
            continue
        where = f"fields[{place}].formula"
        try:
            names = feel.compile(field.formula, lenient=True).names
        except feel.FeelSyntaxError as error:
            yield Problem("formula.syntax", str(error), field=where, line=error.line, column=error.column)
            continue
        for name in sorted(names - known):
            message = (
                f"Expected the formula of {field.name} to use fields that are given, but found '{name}'."
            )
            yield Problem("formula.unknown-name", message, field=where, hint=nearest(name, known))


def calculate(record_type: RecordType, row: Row, asking: Asking) -> None:
    """Work out the calculated fields of a row; one that can not be worked out is empty."""
    calculated = [field for field in record_type.fields if field.type == "calculated"]
    if not calculated:
        return
    values = {field.name: to_feel(field, value_of(field, row[field.name])) for field in writable(record_type)}
    for field in calculated:
        row[field.name] = to_raw(field, _result(field, values, asking))


def _result(field: Field, values: dict[str, object], asking: Asking) -> Value:
    expression = feel.compile(field.formula, lenient=True)
    try:
        found = expression.evaluate(
            lambda name: values.get(name, feel.MISSING), now=asking.now.astimezone(asking.zone), limits=LIMITS
        )
        return _fitted(field, found, asking)
    except (feel.FeelError, UnfitError, InvalidOperation):
        return _empty(field)


def _fitted(field: Field, found: object, asking: Asking) -> Value:
    """The result as the field has it: rounded to its digits, cut to its length, anything else as text."""
    if field.kind in EXACT and isinstance(found, Decimal):
        found = found.quantize(Decimal(1).scaleb(-field.digits), ROUND_HALF_EVEN)
    elif field.kind == "integer" and isinstance(found, Decimal):
        found = found.to_integral_value(ROUND_HALF_EVEN)
    elif field.kind == "text" and found is not None:
        text = found if isinstance(found, str) else feel.format_value(found)
        found = text.replace("\0", "")[: field.length]
    value = coerce(field, found, asking.zone)
    return _empty(field) if value is None else value


def _empty(field: Field) -> Value:
    return False if field.kind == "yes_no" else None
