"""The value of an input: from what was sent to a value of FEEL, or what is wrong with it."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from stepwell import feel
from stepwell.feel.temporal_text import parse_date, parse_date_time, parse_time
from stepwell.forms.draft import show
from stepwell.forms.page import Input

MOST_CHARACTERS = 100_000
MOST_ITEMS = 1_000
_LONGEST_ID = 200
_CLOCK = re.compile(r"(.*?)(\d\d:\d\d)(Z|[+-]\d\d:\d\d)?", re.ASCII | re.DOTALL)
Temporal = date | datetime | time


class Wrong(Exception):
    """A value does not fit: the code of the rule, what was expected of the input, and what was found.

    ``said`` is the author's own message, if there is one.
    """

    def __init__(self, rule: str, expected: str, found: str, said: str = "") -> None:
        super().__init__(expected)
        self.rule = rule
        self.expected = expected
        self.found = found
        self.said = said

    def about(self, name: str) -> str:
        """The message for a person, about the input of this name."""
        return self.said or f"Expected {name} to {self.expected} but {self.found}."


def typed(field: Input, value: Any) -> object:
    """The value of FEEL that was sent for the input; what stands for no value gives the input's ``empty``.

    Raises ``Wrong``.
    """
    if value is None or value == "" or (value == [] and field.several):
        return field.empty
    return _TYPED[field.type](field, value)


def _misfit(expected: str, value: object) -> Wrong:
    return Wrong("value.type", f"be {expected}", f"it is {show(value)}")


def _text(field: Input, value: Any) -> str:
    if field.type == "textfield" and isinstance(value, str) and ("\n" in value or "\r" in value):
        raise Wrong("value.type", "be one line of text", "it has several")
    if not isinstance(value, str):
        raise _misfit("text", value)
    if len(value) > MOST_CHARACTERS:
        raise Wrong("value.too-long", f"have at most {MOST_CHARACTERS} characters", f"it has {len(value)}")
    if "\0" in value:  # columns of PostgreSQL can not keep it
        raise Wrong("value.type", "be text without the character NUL", "it has one")
    return value


def _number(field: Input, value: Any) -> object:
    as_text = field.numeric is not None and field.numeric.as_text
    try:
        if isinstance(value, str) and as_text and len(value) <= 100:
            return feel.from_json(Decimal(value.strip()))
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return feel.from_json(value)
    except (ArithmeticError, feel.FeelError):
        pass
    raise _misfit("a number", value)


def _flag(_field: Input, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _misfit("true or false", value)
    return value


def _moment(field: Input, value: Any) -> Temporal:
    """A date, a time, or both, as ISO 8601 writes them; seconds and zone may be left out."""
    kind, example, parse = _MOMENTS[field.subtype]
    if isinstance(value, date | time) and type(value) is kind:
        return value
    found = parse(_with_seconds(value)) if isinstance(value, str) and len(value) <= 60 else None
    if found is None or (field.subtype == "datetime" and "T" not in str(value)):
        raise _misfit(f"{example}", value)
    return found


def _with_seconds(text: str) -> str:
    found = _CLOCK.fullmatch(text)
    before = found[1] if found else ""
    if found is None or (before and not before.endswith("T")):
        return text
    return f"{before}{found[2]}:00{found[3] or ''}"


_MOMENTS: Final[dict[str, tuple[type, str, Callable[[str], Temporal | None]]]] = {
    "date": (date, "a date such as 2030-12-31", parse_date),
    "time": (time, "a time such as 14:30", parse_time),
    "datetime": (datetime, "a date with a time such as 2030-12-31T14:30", parse_date_time),
}


def _plain(_field: Input, value: Any) -> object:
    try:
        return value if isinstance(value, date | time) else feel.from_json(value)
    except feel.FeelError:
        raise _misfit("one of the options", value) from None


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _misfit("a list", value)
    if len(value) > MOST_ITEMS:
        raise Wrong("value.too-many", f"have at most {MOST_ITEMS} entries", f"it has {len(value)}")
    return value


def _once_each(values: list[object]) -> list[object]:
    seen: set[object] = set()
    for value in values:
        if (key := key_of(value)) in seen:
            raise Wrong("value.doubled", "hold each value once", f"{show(value)} is there again")
        seen.add(key)
    return values


def _plain_list(field: Input, value: Any) -> object:
    return _once_each([_plain(field, entry) for entry in _list(value)])


def _id(value: Any) -> str | int:
    if isinstance(value, str) and 0 < len(value) <= _LONGEST_ID and "\0" not in value:
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63:
        return value
    raise _misfit("the id of a record", value)


def _record(field: Input, value: Any) -> object:
    return _once_each([_id(entry) for entry in _list(value)]) if field.several else _id(value)


def _files(_field: Input, value: Any) -> object:
    return _once_each([_id(entry) for entry in ([value] if isinstance(value, str) else _list(value))])


_TYPED: Final[dict[str, Callable[[Input, Any], object]]] = {
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "checkbox": _flag,
    "radio": _plain,
    "select": _plain,
    "checklist": _plain_list,
    "taglist": _plain_list,
    "datetime": _moment,
    "filepicker": _files,
    "lookup": _record,
    "recordlist": _record,
    "expression": _plain,
}


def key_of(value: Any) -> object:
    """What is the same for values that are the same, and can be kept in a set; yes and no are no numbers."""
    if isinstance(value, list):
        return ("list", *map(key_of, value))
    if isinstance(value, dict):
        return ("context", *((name, key_of(value[name])) for name in sorted(value)))
    return ("boolean", value) if isinstance(value, bool) else value


def chosen(options: object) -> Iterator[object]:
    """The values that may be chosen, of options as form-js reads them: plain ones, or objects with ``value``."""
    for option in options if isinstance(options, list) else ():
        value = option.get("value") if isinstance(option, dict) else option
        if value is not None and value != "":
            yield value
