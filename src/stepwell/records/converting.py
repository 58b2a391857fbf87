"""Values on their way from one kind of field to another: nothing may be lost."""

import re

from stepwell.records.stored import Raw, Value, from_raw
from stepwell.records.types import NUMBERS, TEXTS, Field
from stepwell.records.values import UnfitError, coerce, to_plain

_PADDED = re.compile(r"\s|\+|-?0[0-9]")


def convert(old: Field, new: Field, raw: Raw) -> Value:
    """What a stored value of ``old`` is as a value of ``new``.

    Raises ``UnfitError`` when it can not be kept: it does not fit, or something of it would be lost.
    """
    value = from_raw(old, raw)
    if value is None:
        return False if new.kind == "yes_no" else None
    if old.kind == "link":
        raise UnfitError("value.type", f"the id of a record of '{new.to}'")
    if new.kind in TEXTS or new.kind == "lookup":
        return coerce(new, _text(old, value))
    if isinstance(value, str) and new.kind in NUMBERS and _PADDED.match(value):
        raise UnfitError("value.type", "a number without leading zeros")
    return coerce(new, value)


def _text(old: Field, value: Value) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(to_plain(old, value))
