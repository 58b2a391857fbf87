"""Values on the command line: ``name=value`` pairs, and whole JSON objects."""

import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from stepwell.cli.faults import WrongUse, missing_file


def values(pairs: Sequence[str] | None, document: str = "") -> dict[str, Any]:
    """What ``--values`` holds, and what ``--set`` adds or replaces; raises ``WrongUse``."""
    found = _object(_text(document)) if document else {}
    return found | dict(_pair(item) for item in pairs or ())


def _pair(written: str) -> tuple[str, Any]:
    """``name=value``: the value is JSON if it can be, otherwise just text."""
    name, equals, value = written.partition("=")
    if not equals or not name.strip():
        raise WrongUse("values.unreadable", f"Expected name=value but found '{written}'.")
    try:
        return name.strip(), _read(value)
    except ValueError:
        return name.strip(), value


def document_of(document: str) -> dict[str, Any]:
    """A JSON object, or that of the file behind ``@``; raises ``WrongUse``."""
    return _object(_text(document))


def _text(document: str) -> str:
    """The JSON itself, or that of the file behind ``@`` (``@-``: of the input)."""
    if not document.startswith("@"):
        return document
    if document == "@-":
        return sys.stdin.read()
    path = Path(document[1:])
    if not path.is_file():
        raise missing_file(path)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise WrongUse(
            "values.unreadable", f"Expected text in UTF-8 but '{path}' holds something else."
        ) from None


def _object(written: str) -> dict[str, Any]:
    try:
        found = _read(written)
    except ValueError as error:
        raise WrongUse("values.unreadable", f"Expected JSON in --values but {_place(error)}.") from None
    if not isinstance(found, dict):
        raise WrongUse(
            "values.unreadable", f"Expected a JSON object of names and values but found {written[:40]}."
        )
    return found


def _place(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"in line {error.lineno}, column {error.colno} there is none ({error.msg.lower()})"
    return str(error)


def _read(written: str) -> Any:
    try:
        return json.loads(written, parse_float=Decimal, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("it is too deep") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")
