"""The one exception tree, and what a problem in an author's file looks like.

    StepwellError
    ├── Rejection            the command does not fit: nothing happened (HTTP 4xx)
    │   ├── Unauthenticated  401, nobody knows who asks
    │   ├── Forbidden        403, what the caller sees but may not do
    │   ├── NotFound         404, also what the caller may not see
    │   ├── Conflict         409
    │   ├── Invalid          422, carries every problem at once
    │   ├── TooOften         429, the same command may be tried again later
    │   └── Unavailable      503, the same command may be tried again
    │       └── Contended    another transaction was in the way: it may be tried again at once
    └── ConfigurationError   the installation is set up wrongly: nothing can start

An *incident* is not an exception but an event of the engine; any other exception is a bug of ours.
Messages read: *Expected … but …*, and name the thing by its id.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something an author or caller must repair, or (``warning``) should know.

    ``rule`` is a stable code from the documentation, ``message`` says what was expected and what was
    found, ``hint`` how to mend it. ``element`` is the id of the diagram's element, ``field`` the name of
    the input, ``file`` the file among several, ``line`` and ``column`` count from 1; each is empty or 0 where
    it does not apply.
    """

    rule: str
    message: str
    element: str = ""
    field: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""
    warning: bool = False
    file: str = ""


def near(name: str, known: Iterable[str]) -> str:
    """For messages: `` (did you mean …?)`` with the nearest known name, or nothing."""
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def how_many(problems: Sequence[Problem]) -> str:
    """For messages: ``a problem``, ``3 problems``."""
    return "a problem" if len(problems) == 1 else f"{len(problems)} problems"


def _line(problem: Problem) -> str:
    """A problem as it stands below the message of an exception."""
    line = f"line {problem.line}" if problem.line else ""
    where = " ".join(filter(None, [problem.file, line, problem.element or problem.field]))
    return f"{where}: {problem.message}" if where else problem.message


class StepwellError(Exception):
    """Anything that Stepwell itself says went wrong."""


class ConfigurationError(StepwellError):
    """A setting is missing or does not make sense; or there can be no database where one was named."""

    def __init__(self, message: str, code: str = "settings.invalid") -> None:
        super().__init__(message)
        self.code = code


class Rejection(StepwellError):
    """The command does not fit the state of things; nothing was changed."""

    status = 400

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Unauthenticated(Rejection):
    """Nobody knows who asks: no login, or one that failed, ended or ran out."""

    status = 401


class Forbidden(Rejection):
    """The thing is there and the caller may see it, but may not do this with it."""

    status = 403


class NotFound(Rejection):
    """There is no such thing, or the caller may not know of it."""

    status = 404


class Conflict(Rejection):
    """The thing is there but in a state that does not allow the command.

    ``facts`` is for programs: what stands there now, for example.
    """

    status = 409

    def __init__(self, code: str, message: str, facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, message)
        self.facts = dict(facts or {})


class TooOften(Rejection):
    """Too much of it in too short a time; ``seconds`` says how long to wait."""

    status = 429

    def __init__(self, code: str, message: str, seconds: float) -> None:
        super().__init__(code, message)
        self.seconds = seconds


class Unavailable(Rejection):
    """Not now: the same command may be repeated."""

    status = 503


class Contended(Unavailable):
    """Two transactions were in each other's way, and this one had to give in: alone it may go through."""


class Invalid(Rejection):
    """The input is wrong; ``problems`` names everything that is, not only the first, and so does its text."""

    status = 422

    def __init__(self, code: str, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(code, message)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n  ".join([self.message, *map(_line, self.problems)])
