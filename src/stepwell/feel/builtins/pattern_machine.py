"""A machine for patterns whose time grows with the text times the pattern, never faster.

It walks through the text once with all the places in the pattern where it could be, so there is nothing to go back
to: no pattern can hang it (Thompson 1968, with the positions of groups as Pike added them).
"""

from functools import lru_cache

import msgspec

from stepwell.feel.builtins.pattern_syntax import (
    Anchor,
    Choice,
    Group,
    One,
    PatternReader,
    Piece,
    Repeat,
    Sequence,
    Test,
)  # fmt: skip
from stepwell.feel.errors import FeelError
from stepwell.feel.limits import Meter

MAX_SIZE = 5_000

Places = tuple[int, ...]


class Step(msgspec.Struct):
    """One instruction: read a character that meets ``test``; or, without reading, go on at ``goes`` (the first
    is preferred), remember the place as ``save``, ask for an ``anchor``; nothing of these: the pattern is met.
    """

    test: Test | None = None
    goes: tuple[int, ...] = ()
    save: int = -1
    anchor: str = ""


class Pattern(msgspec.Struct, frozen=True):
    """A compiled pattern with so many groups; ``lines``: anchors mean lines."""

    steps: tuple[Step, ...]
    groups: int
    lines: bool


@lru_cache(maxsize=256)
def pattern_of(text: str, flags: str) -> Pattern:
    """The pattern that ``text`` writes; FeelError when it is none, or too large."""
    reader = PatternReader(text, flags)
    tree = reader.whole()
    steps: list[Step] = []
    _emit(Group(tree, 0), steps)
    steps.append(Step())
    return Pattern(tuple(steps), reader.groups, "m" in flags)


def _emit(piece: Piece, steps: list[Step]) -> None:
    if len(steps) > MAX_SIZE:
        raise FeelError(f"Expected a pattern of at most {MAX_SIZE} steps, but its repetitions make more.")
    if isinstance(piece, One):
        steps.append(Step(test=piece.test, goes=(len(steps) + 1,)))
    elif isinstance(piece, Anchor):
        steps.append(Step(anchor=piece.mark, goes=(len(steps) + 1,)))
    elif isinstance(piece, Sequence):
        for part in piece.pieces:
            _emit(part, steps)
    elif isinstance(piece, Group):
        steps.append(Step(save=2 * piece.number, goes=(len(steps) + 1,)))
        _emit(piece.piece, steps)
        steps.append(Step(save=2 * piece.number + 1, goes=(len(steps) + 1,)))
    elif isinstance(piece, Choice):
        _emit_choice(piece, steps)
    elif isinstance(piece, Repeat):
        _emit_repeat(piece, steps)


def _emit_choice(piece: Choice, steps: list[Step]) -> None:
    fork = Step()
    steps.append(fork)
    starts, ends = [], []
    for part in piece.pieces:
        starts.append(len(steps))
        _emit(part, steps)
        ends.append(Step())
        steps.append(ends[-1])
    fork.goes = tuple(starts)
    for end in ends:
        end.goes = (len(steps),)


def _emit_repeat(piece: Repeat, steps: list[Step]) -> None:
    for _ in range(piece.low):
        before = len(steps)
        _emit(piece.piece, steps)
        if len(steps) == before:
            return
    forks: list[tuple[Step, int]] = []
    for _ in range(1 if piece.high is None else piece.high - piece.low):
        forks.append((Step(), len(steps)))
        steps.append(forks[-1][0])
        _emit(piece.piece, steps)
    if piece.high is None:
        steps.append(Step(goes=(forks[0][1],)))
    for fork, at in forks:
        goes = (at + 1, len(steps))
        fork.goes = goes[::-1] if piece.lazy else goes


def search(pattern: Pattern, text: str, start: int, meter: Meter) -> Places | None:
    """The first place from ``start`` on where ``text`` meets the pattern: where it and its groups begin and end,
    two numbers each (-1: the group took no part). None when there is no such place. Counts its steps.
    """
    nothing = (-1,) * (2 * pattern.groups + 2)
    current: list[tuple[int, Places]] = []
    found: Places | None = None
    for at in range(start, len(text) + 1):
        if found is None:
            current.append((0, nothing))
        reached, finished = _reached(pattern, current, (text, at))
        meter.work(1 + (len(reached) >> 1))
        if finished is not None:
            found = finished
        if at == len(text) or (not reached and found is not None):
            break
        character = text[at]
        steps = pattern.steps
        current = [
            (steps[step].goes[0], places)
            for step, places in reached
            if steps[step].test(character)  # type: ignore[misc]
        ]
    return found


def _reached(
    pattern: Pattern, current: list[tuple[int, Places]], place: tuple[str, int]
) -> tuple[list[tuple[int, Places]], Places | None]:
    """The reading steps that can be reached from ``current``, by preference, up to where the pattern is met."""
    text, at = place
    seen: set[int] = set()
    reached: list[tuple[int, Places]] = []
    stack = current[::-1]
    while stack:
        index, places = stack.pop()
        if index in seen:
            continue
        seen.add(index)
        step = pattern.steps[index]
        if step.test is not None:
            reached.append((index, places))
            continue
        if not step.goes:
            return reached, places
        if step.save >= 0:
            places = (*places[: step.save], at, *places[step.save + 1 :])
        elif step.anchor and not _anchored(step.anchor, text, at, lines=pattern.lines):
            continue
        stack.extend((goal, places) for goal in reversed(step.goes))
    return reached, None


def _anchored(mark: str, text: str, at: int, *, lines: bool) -> bool:
    if mark == "^":
        return at == 0 or (lines and text[at - 1] == "\n")
    return at == len(text) or (lines and text[at] == "\n")
