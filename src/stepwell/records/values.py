"""Values of fields: from what a caller sent, a file holds or an expression gave, and back to plain JSON."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal, InvalidOperation

from stepwell.records.naming import is_clean, is_name, shown
from stepwell.records.stored import Value, fold
from stepwell.records.types import EXACT, NUMBERS, TEXTS, Field

LARGEST_INTEGER = 2**53 - 1
LARGEST_DIGITS = 18
LONGEST_TEXT = 1000
LONGEST_INDEXED_TEXT = 400
LONGEST_LONG_TEXT = 100_000
MOST_LINKS = 200
_LARGEST_INDEXED = 2600  # bytes, what an index of PostgreSQL holds

_INTEGER = re.compile(r"[+-]?[0-9]{1,20}\Z")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_ID = re.compile(r"[1-9][0-9]{0,17}\Z")
_REFERENCE = re.compile(r"([a-z][a-z0-9_]*)/([1-9][0-9]{0,17})\Z")
_FILE = re.compile(r"[0-9a-f]{32}\Z")
_WORDS = {"true": True, "false": False}


class UnfitError(Exception):
    """A value does not fit: the ``rule`` that it breaks, and what was expected instead."""

    def __init__(self, rule: str, expected: str) -> None:
        super().__init__(expected)
        self.rule = rule
        self.expected = expected


def coerce(field: Field, given: object, zone: tzinfo = UTC) -> Value:
    """The value of the field that was meant; None for null and for empty text.

    A moment without an offset is one of ``zone``. Raises ``UnfitError``.
    """
    if given is None or given == "" or (isinstance(given, str) and not given.strip()):
        return None
    value = _READERS[field.kind](field, given, zone)
    _expect_range(field, value)
    return value


def to_plain(field: Field, value: Value) -> object:
    """The value in JSON: decimals, dates and ids are texts, so that nothing of them gets lost."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal) or (field.kind == "link" and value is not None):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def to_feel(field: Field, value: Value) -> object:
    """The value as an expression sees it: ids are texts, several links a list."""
    if field.kind == "link" and value is not None:
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def reference(type_name: str, record_id: int) -> str:
    """The public id of a record."""
    return f"{type_name}/{record_id}"


def parse_reference(given: str) -> tuple[str, int] | None:
    """The type's name and the number in a public id such as ``contact/17``; None if it is none."""
    found = _REFERENCE.match(given)
    return (found[1], int(found[2])) if found else None


def _text(field: Field, given: object, _: tzinfo) -> Value:
    if not isinstance(given, str):
        raise UnfitError("value.type", "text")
    longest = LONGEST_LONG_TEXT if field.kind == "long_text" else field.length
    if len(given) > longest:
        raise UnfitError("text.too-long", f"at most {longest} characters")
    if not is_clean(given):
        raise UnfitError("text.nul", "text without the character NUL and without halves of characters")
    if (field.indexed or field.unique) and len(fold(given).encode()) > _LARGEST_INDEXED:
        raise UnfitError("text.too-long", f"at most {_LARGEST_INDEXED} bytes")
    return given


def _integer(_field: Field, given: object, _: tzinfo) -> Value:
    if isinstance(given, str) and _INTEGER.match(given.strip()):
        given = int(given)
    if isinstance(given, float | Decimal):
        given = _whole(Decimal(given))
    if isinstance(given, bool) or not isinstance(given, int):
        raise UnfitError("value.type", "a whole number")
    if abs(given) > LARGEST_INTEGER:
        raise UnfitError("number.out-of-range", f"a number from {-LARGEST_INTEGER} to {LARGEST_INTEGER}")
    return given


def _whole(given: Decimal) -> int | None:
    is_whole = given.is_finite() and abs(given) <= LARGEST_INTEGER and given == given.to_integral_value()
    return int(given) if is_whole else None


def _decimal(field: Field, given: object, _: tzinfo) -> Value:
    number = read_number(given)
    step = Decimal(1).scaleb(-field.digits)
    try:
        found = number.quantize(step)
    except InvalidOperation:
        found = None
    largest = LARGEST_DIGITS - field.digits
    if found is None or abs(found) >= Decimal(10) ** largest:
        raise UnfitError("number.out-of-range", f"a number of at most {largest} digits before the point")
    if found != number:
        raise UnfitError("number.digits", f"at most {field.digits} digits after the point")
    return found


def read_number(given: object) -> Decimal:
    """A number as it was written; raises ``UnfitError``."""
    if isinstance(given, str) and _DECIMAL.match(given.strip()):
        return Decimal(given.strip())
    if isinstance(given, float):
        given = Decimal(repr(given))
    if isinstance(given, bool) or not isinstance(given, int | Decimal) or not Decimal(given).is_finite():
        raise UnfitError("value.type", "a number such as 12.50")
    return Decimal(given)


def _yes_no(_field: Field, given: object, _: tzinfo) -> Value:
    found = _WORDS.get(given.strip().lower()) if isinstance(given, str) else given
    if not isinstance(found, bool):
        raise UnfitError("value.type", "true or false")
    return found


def _date(_field: Field, given: object, _: tzinfo) -> Value:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    if isinstance(given, str) and is_date(given.strip()):
        return date.fromisoformat(given.strip())
    raise UnfitError("value.type", "a date such as 2026-11-25")


def is_date(text: str) -> bool:
    """Whether a text is a date of the calendar in the long form."""
    try:
        return bool(_DATE.match(text)) and date.fromisoformat(text) is not None
    except ValueError:
        return False


def _time(_field: Field, given: object, _: tzinfo) -> Value:
    found: object = given
    if isinstance(given, str):
        try:
            found = time.fromisoformat(given.strip())
        except ValueError:
            found = None
    if not isinstance(found, time) or found.tzinfo is not None or found.microsecond:
        raise UnfitError("value.type", "a time of day such as 14:30 or 14:30:05")
    return found


def _date_time(_field: Field, given: object, zone: tzinfo) -> Value:
    found: object = given
    if isinstance(given, str) and not is_date(given.strip()):
        try:
            found = datetime.fromisoformat(given.strip())
        except ValueError:
            found = None
    if not isinstance(found, datetime):
        raise UnfitError("value.type", "a date and time such as 2026-11-25T14:30:00+01:00")
    try:
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        raise UnfitError("number.out-of-range", "a time of the years 1 to 9999") from None


def _lookup(field: Field, given: object, _: tzinfo) -> Value:
    if isinstance(given, str) and len(given) <= LONGEST_TEXT and is_clean(given):
        return given
    raise UnfitError("value.type", f"the code of one of '{field.to}'")


def _link(field: Field, given: object, _: tzinfo) -> Value:
    text = given.strip() if isinstance(given, str) else given
    if isinstance(text, str) and text.startswith(f"{field.to}/"):
        text = text.removeprefix(f"{field.to}/")
    if isinstance(text, bool) or _ID.match(str(text)) is None:
        raise UnfitError("value.type", f"the id of a record of '{field.to}'")
    return int(str(text))


def _links(field: Field, given: object, _: tzinfo) -> Value:
    several = given.split(",") if isinstance(given, str) else given
    if not isinstance(several, Sequence) or len(several) > MOST_LINKS:
        raise UnfitError("value.type", f"a list of at most {MOST_LINKS} records")
    found = dict.fromkeys(_reference(field, item) for item in several)
    return tuple(sorted(found)) or None


def _reference(field: Field, given: object) -> str:
    text = given.strip() if isinstance(given, str) else ""
    parsed = parse_reference(text)
    if parsed is None or not is_name(parsed[0]) or (field.to and parsed[0] != field.to):
        raise UnfitError("value.type", f"records such as {field.to or 'contact'}/17")
    return text


def _file(_field: Field, given: object, _: tzinfo) -> Value:
    if isinstance(given, str) and _FILE.match(given):
        return given
    raise UnfitError("value.type", "the id of an attachment")


def _expect_range(field: Field, value: Value) -> None:
    if field.kind not in NUMBERS and field.kind != "date":
        return
    for bound, is_low, word in ((field.minimum, True, "at least"), (field.maximum, False, "at most")):
        limit = _bound(field, bound)
        if limit is not None and (value < limit if is_low else value > limit):  # type: ignore[operator]
            raise UnfitError("number.out-of-range", f"{word} {to_plain(field, limit)}")


def _bound(field: Field, bound: object) -> Value:
    if bound is None:
        return None
    return _READERS[field.kind](field, bound, UTC)


def expected(field: Field, unfit: UnfitError, given: object) -> str:
    """The message for a value that does not fit the field."""
    return f"Expected {field.name} to be {unfit.expected}, but found {shown(given)}."


Reader = Callable[[Field, object, tzinfo], Value]
_READERS: dict[str, Reader] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(EXACT, _decimal),
    "integer": _integer,
    "yes_no": _yes_no,
    "date": _date,
    "time": _time,
    "date_time": _date_time,
    "lookup": _lookup,
    "link": _link,
    "links": _links,
    "file": _file,
}
