"""A filter of an author with the values that its expressions have now."""

from datetime import datetime
from typing import Any

from stepwell import feel
from stepwell.engine.definition import Lookup, Text
from stepwell.engine.run import Stuck
from stepwell.records.filters import WITHOUT_VALUE


def filled(found: dict[str, Any], lookup: Lookup, now: datetime) -> dict[str, Any]:
    """The filter as plain data with FEEL values. A value that is missing is ``Stuck``, never "no condition"."""
    for kind in ("all", "any"):
        if kind in found:
            return {kind: [filled(item, lookup, now) for item in found[kind]]}
    if found["op"] in WITHOUT_VALUE:
        return {"field": found["field"], "op": found["op"]}
    given = found.get("value")
    value = given.value(lookup, now) if isinstance(given, Text) else given
    if value is None or value is feel.MISSING or value == "":
        said = given.source if isinstance(given, Text) else "nothing"
        message = f"Expected the condition on {found['field']} to have a value, but {said} gave none."
        raise Stuck("filter.value-missing", message)
    return {"field": found["field"], "op": found["op"], "value": value}
