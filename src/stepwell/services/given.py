"""What callers hand in: texts that every database can keep, and values that FEEL knows."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stepwell import feel
from stepwell.errors import Invalid, NotFound, Problem, how_many
from stepwell.services.moments import FIRST, micros

LONGEST = 255
LONGEST_REASON = 1000
LATEST = micros(datetime(9000, 1, 1, tzinfo=UTC))
_PLAIN = frozenset({str, bool, type(None)})
_SMALL = 10**15


def text(value: str, field: str, longest: int = LONGEST) -> str:
    """A text of at most ``longest`` characters without the character NUL; raises ``Invalid``."""
    if len(value) > longest:
        raise _wrong(
            "text.too-long", field, f"Expected at most {longest} characters, but found {len(value)}."
        )
    if "\0" in value:
        raise _wrong("text.nul", field, "Expected text without the character NUL, but it has one.")
    return value


def name(value: str, field: str) -> str:
    """A text that is not empty."""
    if not value.strip():
        raise _wrong("text.missing", field, "Expected a name, but found nothing.")
    return text(value, field)


def point(value: datetime, field: str) -> int:
    """A point in time of the years 1 to 9000, in microseconds since 1970 UTC; raises ``Invalid``."""
    at = micros(value)
    if not FIRST <= at <= LATEST:
        message = f"Expected a date of the years 1 to 9000, but found {value.isoformat()}."
        raise _wrong("time.out-of-range", field, message)
    return at


def asked(value: str | None, field: str) -> str | None:
    """A text to look for, if there is one."""
    return None if value is None else text(value, field)


def variables(given: Mapping[str, Any] | None, field: str = "variables") -> dict[str, object]:
    """Variables by name as FEEL values; every wrong one is named at once (``Invalid``)."""
    found: dict[str, object] = {}
    problems = []
    for key, value in (given or {}).items():
        kind = type(value)
        try:
            plain = kind in _PLAIN or (kind is int and -_SMALL < value < _SMALL)
            found[_variable(key, field)] = value if plain else feel_value(value)
        except feel.FeelError as error:
            problems.append(Problem("variables.invalid", str(error), field=f"{field}.{key}"))
        except Invalid as error:
            problems += error.problems
    if problems:
        message = f"Expected variables that a process can keep, but found {how_many(problems)}."
        raise Invalid("variables.invalid", message, problems)
    return found


def typed(given: Mapping[str, Any], types: Mapping[str, str], field: str = "variables") -> dict[str, object]:
    """Variables by name, those with a declared type as this type keeps them: text that writes a date becomes a date.

    Every one that does not fit is named at once (``Invalid``).
    """
    found = variables(given, field)
    problems = [
        Problem("variables.unknown", f"Expected a type of a variable that is set, but found {name}.", field=f"types.{name}")
        for name in types
        if name not in found
    ]  # fmt: skip
    for name, declared in types.items():
        value = found.get(name)
        fitting = feel.fitting(declared, value)
        if fitting is feel.MISSING:
            wanted = feel.DECLARED_TYPES[declared].wanted
            message = f"Expected {name} to be {wanted}, but found {feel.described(value)}."
            problems.append(Problem("variables.type", message, field=f"{field}.{name}"))
        elif name in found:
            found[name] = fitting
    if problems:
        message = f"Expected variables of the types that were said, but found {how_many(problems)}."
        raise Invalid("variables.invalid", message, problems)
    return found


def feel_value(value: Any) -> object:
    """A Python value as FEEL knows it: tuples are lists, floats decimals, dates stay."""
    if isinstance(value, Mapping):
        return {str(key): feel_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [feel_value(item) for item in value]
    if value is None or isinstance(value, str | int | float):
        return feel.from_json(value)
    return feel.decode(feel.encode(value))


def _variable(key: str, field: str) -> str:
    if not key or key[0] in "#@":
        found = f"found {key!r}" if key else "it is empty"
        raise _wrong(
            "variables.name",
            f"{field}.{key}",
            f"Expected a name that begins with neither # nor @, but {found}.",
        )
    return text(key, f"{field}.{key[:60]}")


def _wrong(rule: str, field: str, message: str) -> Invalid:
    return Invalid("input.invalid", f"{field}: {message}", [Problem(rule, message, field=field)])


def contents(source: bytes | str | Path) -> bytes:
    """The bytes themselves, or those of the file at a path; raises ``NotFound``."""
    if isinstance(source, bytes):
        return source
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise NotFound("file.unreadable", f"Expected a file at {source}, but {error.strerror}.") from error
