"""What a person reads when something goes wrong: one line that says what was expected, and its code."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer

FAILED = 1
WRONG_USE = 2
DRIVERS = {"sqlite3", "sqlalchemy", "psycopg"}  # what speaks to databases, and raises when it can not


class Refusal(typer.TyperException):
    """The command line itself says no, with a ``code`` of docs/cli.md; ``problems`` are for programs."""

    status = FAILED

    def __init__(self, code: str, message: str, problems: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.problems = problems


class WrongUse(Refusal):
    """The command line can not mean anything."""

    status = WRONG_USE


@dataclass(frozen=True)
class Fault:
    """An error as it is told: the exit status, the code, one line, and what may stand below it."""

    status: int
    code: str
    message: str
    problems: Sequence[Any] = ()
    more: Sequence[str] = field(default=())


def fault(error: BaseException) -> Fault:
    """How ``error`` is told; what is not one of ours counts as unexpected."""
    if isinstance(error, Refusal):
        return Fault(error.status, error.code, str(error), error.problems)
    if isinstance(error, typer.TyperException):
        return _usage(error)
    return _ours(error) or _unexpected(error)


def _ours(error: BaseException) -> Fault | None:
    from stepwell.errors import ConfigurationError, Invalid, Problem, Rejection

    if isinstance(error, ConfigurationError):
        first, *others = str(error).splitlines() or [""]
        return Fault(WRONG_USE, error.code, first, [Problem("", line) for line in others])
    if isinstance(error, Rejection):
        problems = error.problems if isinstance(error, Invalid) else ()
        return Fault(FAILED, error.code, error.message, problems)
    return None


def _unexpected(error: BaseException) -> Fault:
    if type(error).__module__.partition(".")[0] in DRIVERS:
        message = " ".join(str(getattr(error, "orig", error)).split())
        return Fault(FAILED, "database.unusable", f"Expected to use the database but it said: {message}.")
    if isinstance(error, OSError) and error.filename:
        return Fault(FAILED, "file.unusable", f"Expected to use {error.filename} but {_reason(error)}.")
    found = " ".join(str(error).split())
    message = f"Expected everything to go well but found {type(error).__name__}" + (
        f": {found}" if found else ""
    )
    return Fault(FAILED, "unexpected", message, more=["Repeat it with --debug to see where, and tell us."])


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _usage(error: Any) -> Fault:
    """Wrong use that Typer found, in our words."""
    command = error.ctx.command_path if getattr(error, "ctx", None) else "stepwell"
    more = [f"'{command} --help' shows how it is used."]
    return Fault(WRONG_USE, *_expected(error, command), more=more)


def _expected(error: Any, command: str) -> tuple[str, str]:
    name = getattr(error, "option_name", "")
    if name and hasattr(error, "possibilities"):
        near = f" Did you mean {error.possibilities[0]}?" if error.possibilities else ""
        return "option.unknown", f"Expected an option of '{command}' but found {name}.{near}"
    if name:
        return "option.incomplete", f"Expected a value after {name} but found none."
    if hasattr(error, "param_type"):
        return "argument.missing", f"Expected {_shown(error)} but found none."
    if isinstance(error, typer.BadParameter):
        return (
            "value.invalid",
            f"Expected {_shown(error)} to be {_fitting(error.message)} but found {_given(error)}.",
        )
    return _words(error, command)


def _words(error: Any, command: str) -> tuple[str, str]:
    """What Typer says in words only: an unknown command, or more arguments than there are places."""
    message = str(error.format_message() if hasattr(error, "format_message") else error)
    quoted = message.partition("'")[2].partition("'")[0]
    if message.startswith("No such command"):
        near = get_close_matches(quoted, list(error.ctx.command.commands), 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        return "command.unknown", f"Expected a command of '{command}' but found '{quoted}'.{hint}"
    if message.startswith("Got unexpected extra argument"):
        more = message.partition("(")[2].partition("(")[2].rstrip(").")
        return "arguments.wrong", f"Expected no more arguments of '{command}' but found {more}."
    return "arguments.wrong", f"Expected arguments that '{command}' takes but {_found(message)}."


def _found(message: str) -> str:
    message = " ".join(message.split()).rstrip(".")
    return message[:1].lower() + message[1:]


def _fitting(message: str) -> str:
    """What a value should be, taken from what the reader of values says of it."""
    _, is_choice, choices = message.partition(" is not one of ")
    if is_choice:
        return f"one of {_found(choices)}"
    return message.removeprefix("Input should be ").partition(", ")[0].rstrip(".") or "valid"


def _given(error: Any) -> str:
    """The value itself, if the reader of values kept it."""
    causes: list[Any] = getattr(error.__cause__, "errors", list)()
    return repr(causes[0]["input"]) if causes else "something else"


def _shown(error: Any) -> str:
    param = error.param
    if param is None:
        return "a value"
    return str(param.opts[-1] if param.param_type_name == "option" else param.metavar or param.name.upper())


def tell(error: BaseException, *, json: bool, debug: bool) -> int:
    """Write the error to stderr, and give the exit status."""
    told = fault(error)
    if debug and told.code == "unexpected":
        import traceback

        traceback.print_exception(error)
    if json:
        _tell_programs(told)
    else:
        _tell_people(told)
    return told.status


def _tell_programs(told: Fault) -> None:
    from stepwell.cli.output import as_json

    found: dict[str, object] = {"code": told.code, "detail": told.message}
    if told.problems:
        found["problems"] = told.problems
    sys.stderr.write(as_json(found) + "\n")


def _tell_people(told: Fault) -> None:
    color = False if os.environ.get("NO_COLOR") else None
    line = " ".join(told.message.split())
    typer.secho(f"{line} ({told.code})", fg="red", err=True, color=color)
    for line in (*_below(told), *told.more):
        typer.secho(f"  {line}", err=True, color=color)


def _below(told: Fault) -> Iterator[str]:
    """The problems behind it, as far as the line does not say them already."""
    for problem in told.problems:
        if problem.message not in told.message:
            line = f"line {problem.line}" if problem.line else ""
            where = " ".join(filter(None, [problem.file, line, problem.element or problem.field]))
            yield f"{where}: {problem.message}" if where else problem.message
            if problem.hint:
                yield f"  {problem.hint}"


def missing_file(path: Path) -> WrongUse:
    """There is no such file."""
    return WrongUse("file.missing", f"Expected a file but there is no '{path}'.")
