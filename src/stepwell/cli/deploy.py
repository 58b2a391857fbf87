"""``stepwell deploy``: make processes, or a whole application, available."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stepwell.cli import applications, check, files, output
from stepwell.cli.desk import Desk, actor, desk
from stepwell.cli.faults import Refusal, WrongUse
from stepwell.cli.given import Actor
from stepwell.cli.progress import each

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.services.definitions import Deployment


def deploy(
    ctx: typer.Context,
    file: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="BPMN files or folders; - is the input.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what an application would change.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Take away what is gone from the folder of an application.")
    ] = False,
    with_data: Annotated[
        bool, typer.Option("--with-data", help="With --prune: also what holds data.")
    ] = False,
    by: Actor = "",
) -> None:
    """Make processes of BPMN files available to be started, or a folder with an application.

    A process whose file is as before keeps its version. If one of the files has an error, nothing is
    deployed. Running instances stay on the version they were started with. A folder with app.yaml is an
    application: docs/applications.md.

    Example: stepwell deploy order.bpmn
    """
    if _application(file, is_expected=dry_run or prune or with_data):
        applications.deploy(desk(ctx), file[0], by, applications.How(dry_run, prune, with_data))
        return
    contents = {path: files.content(path) for path in files.files(file)}
    _refuse_errors(desk(ctx), contents)
    with desk(ctx).open() as engine:
        done = [
            engine.deploy(data, name=path.name if path != files.INPUT else "", actor=actor(by))
            for path, data in each(desk(ctx), "Deploying", contents.items())
        ]
    output.answer(desk(ctx), done, lambda: _pages(desk(ctx), done))


def _application(named: Sequence[Path], *, is_expected: bool) -> bool:
    """Whether one application is meant; raises ``WrongUse`` for one among others."""
    found = [path for path in named if applications.is_application(path)]
    if found and len(named) > 1:
        raise WrongUse("option.unfit", f"Expected '{found[0]}' alone, because it is an application.")
    if is_expected and not found:
        message = (
            "Expected the folder of an application for --dry-run, --prune and --with-data but found none."
        )
        raise WrongUse("option.unfit", message)
    return bool(found)


def _refuse_errors(here: Desk, contents: Mapping[Path, bytes]) -> None:
    """Say everything that is wrong with all files, before the first one is deployed."""
    found = check.problems_of(here, contents)
    if not check.has_error(found):
        return
    if not here.json:
        screen = output.console(stderr=True)
        for part in check.pages(found):
            screen.print(part)
    rows = check.rows(found) if here.json else ()
    raise Refusal(
        "deployment.invalid", "Expected files without errors but found some: nothing was deployed.", rows
    )


def _pages(here: Desk, done: "Sequence[Deployment]") -> "Iterator[RenderableType]":
    rows = [
        (item.process_id, item.version, "new" if deployment.is_new else "as before", item.name)
        for deployment in done
        for item in deployment.processes
    ]
    yield from output.table(("process", "version", "", "name"), rows)
    warnings = sum(len(deployment.problems) for deployment in done)
    if warnings:
        yield output.text((output.many(warnings, "warning"), "yellow"), ", which 'stepwell check' shows.")
    yield output.next_step(f"{here.program} start {done[0].processes[0].process_id}")
