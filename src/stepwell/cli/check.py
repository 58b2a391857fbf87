"""``stepwell check``: what is wrong with process files, before anybody runs them."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stepwell.cli import applications, files, output
from stepwell.cli.desk import Desk, desk
from stepwell.cli.faults import WrongUse
from stepwell.cli.progress import each

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.errors import Problem

LOOK = 0.2  # seconds between two looks at the files that are watched
Found = dict[str, "Sequence[Problem]"]


def check(
    ctx: typer.Context,
    file: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="BPMN files, folders, applications; - is the input."),
    ],
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Check again at every change, until Ctrl-C.")
    ] = False,
) -> None:
    """Say what is wrong with BPMN files, without touching any database.

    Every problem comes with its line, element, rule and a hint. Exit code 1 if there is an error; warnings
    alone are fine.

    Example: stepwell check --watch order.bpmn
    """
    if watch and (desk(ctx).json or files.INPUT in file):
        raise WrongUse("option.unfit", "Expected --watch with files and without --json but found otherwise.")
    if watch:
        _watch(desk(ctx), file)
        return
    found = _check(desk(ctx), file)
    if has_error(found):
        raise typer.Exit(1)


def _check(desk: Desk, named: Sequence[Path]) -> Found:
    """Check the files and say what was found."""
    folders = [path for path in named if applications.is_application(path)]
    others = [path for path in named if path not in folders]
    found = problems_of(desk, {path: files.content(path) for path in files.files(others)}) if others else {}
    for folder in folders:
        found |= applications.problems_of(desk, folder)
    output.answer(desk, rows(found), lambda: pages(found))
    return found


def problems_of(desk: Desk, contents: Mapping[Path, bytes]) -> Found:
    """What is wrong with each file, by its name."""
    from stepwell.services import definitions

    settings = desk.settings()
    return {
        files.title(path): definitions.check(data, settings)
        for path, data in each(desk, "Checking", contents.items())
    }


def has_error(found: Found) -> bool:
    """Whether there is more than warnings."""
    return any(not problem.warning for problems in found.values() for problem in problems)


def rows(found: Found) -> list[dict[str, Any]]:
    """Problem by problem, for programs."""
    import msgspec

    return [
        {"file": name, "warning": False} | msgspec.to_builtins(problem)
        for name, problems in found.items()
        for problem in problems
    ]


def pages(found: Found) -> "Iterator[RenderableType]":
    """Problem by problem, as a person or an editor reads them, and the sum."""
    for name, problems in found.items():
        for problem in problems:
            yield from _problem(name, problem)
    yield output.text(*total(found))


def _problem(name: str, problem: "Problem") -> "Iterator[RenderableType]":
    place = ":".join(str(part) for part in (name, problem.line, problem.column) if part)
    kind = ("warning", "yellow") if problem.warning else ("error", "bold red")
    about = f"{problem.element}  {problem.rule}" if problem.element else problem.rule
    yield output.text((place, "bold"), " ", kind, "  ", (about, "dim"))
    yield output.inset(problem.message)
    if problem.hint:
        yield output.inset(("hint: ", "cyan"), problem.hint)


def total(found: Found) -> "Sequence[str | tuple[str, str]]":
    """How many problems there are, in words."""
    problems = [problem for several in found.values() for problem in several]
    warnings = sum(problem.warning for problem in problems)
    errors = len(problems) - warnings
    where = next(iter(found)) if len(found) == 1 else output.many(len(found), "file")
    counts = [output.many(errors, "error")] * bool(errors) + [output.many(warnings, "warning")] * bool(
        warnings
    )
    if errors:
        return [(f"{', '.join(counts)} in {where}", "bold red")]
    return [("Nothing wrong" if not counts else f"{counts[0]}, no error", "bold green"), f" in {where}"]


def _watch(desk: Desk, named: Sequence[Path]) -> None:
    """Check, and check again whenever one of the files changes; ends with Ctrl-C."""
    files.files(named)
    screen = output.console()
    for changed in _changes(named):
        if changed:
            screen.print(output.text((f"\n{time.strftime('%H:%M:%S')} {', '.join(changed)}", "dim")))
        _again(desk, named)
        if not changed:
            screen.print(output.text(("Waiting for a change. Ctrl-C ends it.", "dim")))


def _again(desk: Desk, named: Sequence[Path]) -> None:
    """While an editor saves, a file may be gone for a moment."""
    try:
        _check(desk, named)
    except (WrongUse, FileNotFoundError) as error:
        output.console(stderr=True).print(output.text((str(error), "red")))


def _changes(named: Sequence[Path]) -> Iterator[list[str]]:
    """An empty list as soon as no change can be missed any more, then the files of each change."""
    before = _stamps(named)
    yield []
    while True:
        time.sleep(LOOK)
        now = _stamps(named)
        changed = sorted({path.name for path, _ in before.items() ^ now.items()})
        if changed:
            yield changed
        before = now


def _stamps(named: Sequence[Path]) -> dict[Path, tuple[int, int, int]]:
    """What tells each file from what it was: editors replace files, or write them anew."""
    found = {}
    for name in named:
        wanted = "*" if applications.is_application(name) else "*.bpmn"
        for path in name.rglob(wanted) if name.is_dir() else [name]:
            with suppress(OSError):
                stat = path.stat()
                found[path] = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    return found
