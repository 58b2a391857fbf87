"""Functions of strings (DMN 1.5, 10.3.4.3); those with patterns are in ``patterns``."""

from typing import Any

from stepwell.feel.builtins.registry import builtin
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Frame, meter_of
from stepwell.feel.values import named


@builtin("substring(string: string, start position: integer, length: integer?)")
def substring(string: str, start: int, length: int | None = None) -> str:
    """The part from ``start`` on, from 1 or, when negative, from the end."""
    if not start:
        raise FeelError("Expected a start position other than 0, but got 0.")
    if length is not None and length < 1:
        raise FeelError(f"Expected a length of at least 1, but got {length}.")
    first = start - 1 if start > 0 else max(len(string) + start, 0)
    return string[first:] if length is None else string[first : first + length]


@builtin("string length(string: string)")
def length(string: str) -> int:
    """How many characters it has."""
    return len(string)


@builtin("upper case(string: string)")
def upper(string: str) -> str:
    """In capitals."""
    return string.upper()


@builtin("lower case(string: string)")
def lower(string: str) -> str:
    """In small letters."""
    return string.lower()


@builtin("trim(string: string)")
def trim(string: str) -> str:
    """Without blanks at both ends."""
    return string.strip()


@builtin("substring before(string: string, match: string)")
def before(string: str, match: str) -> str:
    """What stands before the first ``match``; nothing when there is none."""
    found = string.find(match)
    return string[:found] if found > 0 else ""


@builtin("substring after(string: string, match: string)")
def after(string: str, match: str) -> str:
    """What stands behind the first ``match``; nothing when there is none."""
    return string.partition(match)[2] if match else string


@builtin("contains(string: string, match: string)")
def contains(string: str, match: str) -> bool:
    """Whether ``match`` is a part of it."""
    return match in string


@builtin("starts with(string: string, match: string)")
def starts_with(string: str, match: str) -> bool:
    """Whether it begins with ``match``."""
    return string.startswith(match)


@builtin("ends with(string: string, match: string)")
def ends_with(string: str, match: str) -> bool:
    """Whether it ends with ``match``."""
    return string.endswith(match)


@builtin("string join(list: list, delimiter: string?, prefix: string?, suffix: string?)", framed=True)
def join(frame: Frame, items: list[Any], *around: str | None) -> str:
    """The strings of a list, null left out, with ``delimiter`` between them."""
    delimiter, prefix, suffix = ((text or "") for text in (*around, "", "", "")[:3])
    present = [item for item in items if item is not None]
    for item in present:
        if type(item) is not str:
            raise FeelError(f"Expected strings in string join(), but got {named(item)}.")
    meter_of(frame).grow(len(delimiter) * len(present) + sum(map(len, present)))
    return prefix + delimiter.join(present) + suffix
