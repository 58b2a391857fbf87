"""Starting a process about a record: the parameter gets it as `contact/17`, however the caller writes it."""

from collections.abc import Mapping
from typing import Any

from stepwell.engine.definition import ProcessDefinition


def record_types(definition: ProcessDefinition) -> dict[str, str]:
    """By parameter: whose records its start form lets choose."""
    return {offer.parameter: offer.record_type for offer in definition.run_from}


def referring(definition: ProcessDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with whole references: the field of a start form holds the bare number of the record."""
    found = dict(values)
    for parameter, record_type in record_types(definition).items():
        number = found.get(parameter)
        if _is_number(number):
            found[parameter] = f"{record_type}/{number}"
    return found


def _is_number(given: object) -> bool:
    if isinstance(given, str):
        return given.isascii() and given.isdigit()
    return isinstance(given, int) and not isinstance(given, bool) and given > 0
