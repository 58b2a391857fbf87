"""YAML as applications use it: maps, lists, texts, whole numbers, true, false and null, and where each stands.

Read is a part of YAML 1.2 that means the same to everybody: no anchors, aliases or tags, every key once.
``write`` gives one text for one value, and ``read`` gives that value again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from stepwell.errors import Invalid, Problem
from stepwell.records.naming import shown

MOST_VALUES = 50_000
DEEPEST = 20
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_PLAIN = re.compile(r"\w[\w ./@+%(),-]*\Z")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class Tree(Struct, frozen=True):
    """A value, and the line of each part of it by its place, such as ``fields[3].length``."""

    value: Any
    lines: Mapping[str, int] = {}

    def line(self, place: str) -> int:
        """The line of a place, or of the nearest one around it that stands there; 0 if there is none."""
        while place not in self.lines and place:
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        return self.lines.get(place, 0)


class _UnfitError(Exception):
    def __init__(self, rule: str, message: str, line: int) -> None:
        super().__init__(message)
        self.problem = Problem(rule, message, line=line)


def read(data: bytes) -> Tree:
    """What a text of unknown origin says; raises ``Invalid`` with what is wrong and in which line."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = data.decode().removeprefix("\ufeff")
        return _Reader(iter(yaml.parse(text, Loader=loader))).document()
    except UnicodeDecodeError as error:
        problem = Problem("yaml.malformed", f"Expected text in UTF-8, but {error.reason}.")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        problem = Problem("yaml.malformed", f"Expected YAML, but found: {error.problem}.", line=line)
    except yaml.YAMLError as error:
        found = " ".join(str(error).split())[:200]
        problem = Problem("yaml.malformed", f"Expected YAML, but found: {found}.")
    except _UnfitError as error:
        problem = error.problem
    raise Invalid("yaml.invalid", problem.message, [problem])


class _Reader:
    """Goes along the events of the parser, which itself builds nothing: what is refused costs no memory."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.lines: dict[str, int] = {}

    def document(self) -> Tree:
        """The only document there is."""
        kinds = ("StreamStartEvent", "DocumentStartEvent")
        first = [next(self.events) for _ in kinds]
        if type(first[1]).__name__ != kinds[1]:
            return Tree(None)
        value = self.value(next(self.events), "", 0)
        next(self.events)
        after = next(self.events)
        if type(after).__name__ != "StreamEndEvent":
            raise _UnfitError("yaml.unfit", "Expected one document, but another one follows.", _line(after))
        return Tree(value, self.lines)

    def value(self, event: Any, place: str, depth: int) -> Any:
        self.lines.setdefault(place, _line(event))
        if len(self.lines) > MOST_VALUES or depth > DEEPEST:
            message = f"Expected at most {MOST_VALUES} values, {DEEPEST} deep, but there are more."
            raise _UnfitError("yaml.too-large", message, _line(event))
        kind = type(event).__name__
        if kind == "AliasEvent" or getattr(event, "anchor", None) or getattr(event, "tag", None):
            message = "Expected plain values, but found an anchor (&), an alias (*) or a tag (!)."
            raise _UnfitError("yaml.unfit", message, _line(event))
        if kind == "MappingStartEvent":
            return self.mapping(place, depth)
        if kind == "SequenceStartEvent":
            return self.sequence(place, depth)
        text: str = event.value
        return text if event.style else resolved(text)

    def mapping(self, place: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while type(event := next(self.events)).__name__ != "MappingEndEvent":
            name = getattr(event, "value", None)
            if type(event).__name__ != "ScalarEvent" or event.tag or event.anchor or name == "<<":
                raise _UnfitError("yaml.unfit", "Expected a name before the colon.", _line(event))
            if name in found:
                message = f"Expected {shown(name)} once, but it stands here again."
                raise _UnfitError("yaml.repeated", message, _line(event))
            inner = f"{place}.{name}" if place else str(name)
            self.lines[inner] = _line(event)
            found[str(name)] = self.value(next(self.events), inner, depth + 1)
        return found

    def sequence(self, place: str, depth: int) -> list[Any]:
        found: list[Any] = []
        while type(event := next(self.events)).__name__ != "SequenceEndEvent":
            found.append(self.value(event, f"{place}[{len(found)}]", depth + 1))
        return found


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def resolved(text: str) -> Any:
    """What a text without quotes means: only whole numbers and these words are not themselves."""
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.match(text) else text


def write(value: Mapping[str, Any]) -> bytes:
    """The text for a value; keys stay in their order."""
    return ("\n".join(_lines(value, "")) + "\n").encode() if value else b"{}\n"


def _lines(value: Any, indent: str) -> Iterable[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _entry(f"{indent}{_scalar(name)}:", inner, indent)
    else:
        for inner in value:
            first, *others = (
                _lines(inner, f"{indent}  ") if _is_block(inner) else [f"{indent}  {_scalar(inner)}"]
            )
            yield f"{indent}- {first.removeprefix(f'{indent}  ')}"
            yield from others


def _entry(head: str, inner: Any, indent: str) -> Iterable[str]:
    if _is_block(inner):
        yield head
        yield from _lines(inner, f"{indent}  ")
    else:
        yield f"{head} {_scalar(inner)}"


def _is_block(value: Any) -> bool:
    return isinstance(value, Mapping | list | tuple) and bool(value)


def _scalar(value: Any) -> str:
    if isinstance(value, Mapping | list | tuple):
        return "{}" if isinstance(value, Mapping) else "[]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if _PLAIN.match(text) and text.isprintable() and not text.endswith(" ") and resolved(text) == text:
        return text
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(sign: str) -> str:
    if sign in _SHORT:
        return _SHORT[sign]
    if sign.isprintable():
        return sign
    number = ord(sign)
    if number < 256:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 65536 else f"\\U{number:08x}"
