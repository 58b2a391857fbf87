"""Applications as folders on the command line: deployed, and with ``stepwell export`` written back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stepwell.cli import output
from stepwell.cli.desk import Desk, actor, desk
from stepwell.cli.faults import WrongUse

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.errors import Problem
    from stepwell.services.applications.report import ApplicationDeployment

APP = "app.yaml"
WORDS = {"made": "+", "changed": "~", "removed": "-", "deactivated": "-"}
COLOURS = {"made": "green", "changed": "yellow", "removed": "red", "deactivated": "red"}


@dataclass(frozen=True)
class How:
    """How an application is deployed."""

    dry_run: bool = False
    prune: bool = False
    with_data: bool = False


def is_application(path: Path) -> bool:
    """Whether a folder holds an application."""
    return (path / APP).is_file()


def problems_of(here: Desk, folder: Path) -> "dict[str, Sequence[Problem]]":
    """What is wrong with the files of an application, as far as no database is needed for it."""
    from msgspec import structs

    from stepwell.errors import Invalid
    from stepwell.services.applications import deploying, folders

    try:
        problems = deploying.problems(lambda: folders.read(folder), here.settings())
    except Invalid as refusal:
        problems = refusal.problems
    found: dict[str, list[Problem]] = {} if problems else {str(folder): []}
    for problem in problems:
        found.setdefault(str(folder / problem.file), []).append(structs.replace(problem, file=""))
    return dict(found)


def deploy(here: Desk, folder: Path, by: str, how: How) -> None:
    """Deploy an application and say what changed, or would."""
    if how.with_data and not how.prune:
        raise WrongUse("option.unfit", "Expected --with-data together with --prune but found it alone.")
    with here.open() as engine:
        done = engine.applications.deploy(
            folder, actor=actor(by), dry_run=how.dry_run, prune=how.prune, with_data=how.with_data
        )
    output.answer(here, done, lambda: pages(here, done, folder))


def pages(here: Desk, done: "ApplicationDeployment", folder: Path) -> "Iterator[RenderableType]":
    """What changed, what is gone and stays, and the sum."""
    for item in done.changed:
        details = f"  {', '.join(item.details)}" if item.details else ""
        mark = (f"{WORDS[item.done]} ", COLOURS[item.done])
        yield output.text(mark, f"{item.what} ", (item.name, "bold"), (details, "dim"))
    for kept in done.kept:
        yield output.text("  kept: ", f"{kept.what} ", (kept.name, "bold"), (f"  {kept.reason}", "dim"))
    warnings = sum(problem.warning for problem in done.problems)
    if warnings:
        yield output.text((output.many(warnings, "warning"), "yellow"), ", which 'stepwell check' shows.")
    yield _sum(done)
    if done.dry_run and done.changed:
        yield output.next_step(f"{here.program} deploy {folder}")


def _sum(done: "ApplicationDeployment") -> "RenderableType":
    name = (done.label or done.name, "bold")
    if not done.changed:
        return output.text(name, ": nothing to change.")
    verb = "would change" if done.dry_run else "changed"
    return output.text(name, f": {output.many(len(done.changed), 'thing')} {verb}.")


def export(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to; made if it is not there.")],
    name: Annotated[
        str, typer.Option("--application", metavar="NAME", help="Which one, if there are several.")
    ] = "",
) -> None:
    """Write an application back into a folder, as it is now.

    What is as it was deployed comes back byte for byte. Rows are those that the application brought;
    passwords are never written.

    Example: stepwell export demo
    """
    with desk(ctx).open() as engine:
        changed = engine.applications.export(folder, name)
    output.answer(desk(ctx), {"folder": str(folder), "changed": changed}, lambda: _written(folder, changed))


def _written(folder: Path, changed: tuple[str, ...]) -> "Iterator[RenderableType]":
    for path in changed:
        yield output.text(path)
    told = f"{output.many(len(changed), 'file')} changed in" if changed else "Nothing to change in"
    yield output.text(f"{told} ", (str(folder), "bold"), ".")
