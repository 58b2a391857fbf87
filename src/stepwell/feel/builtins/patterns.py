"""``matches``, ``replace`` and ``split``, whose patterns are regular expressions (DMN 1.5, 10.3.4.3)."""

import re
from collections.abc import Iterator
from typing import Final

from stepwell.feel.builtins.pattern_machine import Pattern, Places, pattern_of, search
from stepwell.feel.builtins.registry import builtin
from stepwell.feel.errors import FeelError
from stepwell.feel.frame import Frame, meter_of
from stepwell.feel.limits import Meter

_REPLACEMENT: Final = re.compile(r"\\([\\$])|\$([0-9]+)|([^\\$]+)|(.)", re.DOTALL)


@builtin("matches(input: string, pattern: string, flags: string?)", framed=True)
def matches(frame: Frame, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether a part of ``text`` meets the pattern."""
    return search(pattern_of(pattern, flags or ""), text, 0, meter_of(frame)) is not None


@builtin("replace(input: string, pattern: string, replacement: string, flags: string?)", framed=True)
def replace(frame: Frame, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """``text`` with ``replacement`` for each part that meets the pattern; ``$1`` stands for its first group."""
    compiled, meter = pattern_of(pattern, flags or ""), meter_of(frame)
    pieces = list(_pieces(replacement, compiled.groups))
    parts: list[str] = []
    last = 0
    for places in _all(compiled, text, meter):
        put = "".join(_filled(piece, text, places) for piece in pieces)
        meter.grow(len(put))
        parts += [text[last : places[0]], put]
        last = places[1]
    return "".join([*parts, text[last:]])


@builtin("split(string: string, delimiter: string)", framed=True)
def split(frame: Frame, text: str, delimiter: str) -> list[str]:
    """The parts of ``text`` between the places that meet the pattern ``delimiter``."""
    parts: list[str] = []
    last = 0
    for places in _all(pattern_of(delimiter, ""), text, meter_of(frame)):
        parts.append(text[last : places[0]])
        last = places[1]
    return [*parts, text[last:]]


def _all(pattern: Pattern, text: str, meter: Meter) -> Iterator[Places]:
    """All places that meet the pattern, one after the other; FeelError if the empty text would."""
    if search(pattern, "", 0, meter) is not None:
        raise FeelError("Expected a pattern that meets at least one character, but it meets the empty text.")
    places = search(pattern, text, 0, meter)
    while places is not None:
        yield places
        places = search(pattern, text, max(places[1], places[0] + 1), meter)


def _pieces(replacement: str, groups: int) -> Iterator[str | int]:
    """The replacement as text and numbers of groups: as many digits count as there are groups."""
    for found in _REPLACEMENT.finditer(replacement):
        if found[4]:
            raise FeelError(
                "Expected \\$, \\\\ or $ with a number in the replacement, but found another sign."
            )
        if found[2] is None:
            yield found[1] or found[3]
            continue
        digits = found[2]
        while len(digits) > 1 and int(digits[:6]) > groups:
            digits = digits[:-1]
        yield int(digits[:6])
        yield found[2][len(digits) :]


def _filled(piece: str | int, text: str, places: Places) -> str:
    if isinstance(piece, str):
        return piece
    start, end = places[2 * piece : 2 * piece + 2] or (-1, -1)
    return text[start:end] if start >= 0 and end >= 0 else ""
