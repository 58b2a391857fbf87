"""``stepwell start``: a new process instance."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from stepwell.cli import output
from stepwell.cli.desk import Desk, actor, desk
from stepwell.cli.faults import Refusal
from stepwell.cli.given import Actor, Document, Pairs
from stepwell.cli.values import values

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.errors import NotFound
    from stepwell.library import Engine
    from stepwell.services.progress import Progress


def start(
    ctx: typer.Context,
    process: Annotated[str, typer.Argument(metavar="PROCESS", help="The id of a deployed process.")],
    given: Pairs = None,
    document: Document = "",
    by: Actor = "",
    business_key: Annotated[
        str, typer.Option(metavar="KEY", help="What the business calls it: O-4711.")
    ] = "",
    version: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Not the latest version but this one.")
    ] = None,
) -> None:
    """Start a process and say where it waits.

    Example: stepwell start order --set amount=120 --set customer=Ada
    """
    from stepwell.errors import NotFound

    variables = values(given, document)
    with desk(ctx).open() as engine:
        try:
            done = engine.start(
                process, variables, actor=actor(by), business_key=business_key, version=version
            )
        except NotFound as error:
            raise _with_known(engine, process, error) from None
    output.answer(
        desk(ctx), done, lambda: pages(desk(ctx), done, f"Started {process} as instance {done.id}.")
    )


def _with_known(engine: "Engine", process: str, error: "NotFound") -> Refusal:
    """An unknown process is mostly a misspelt one, or not deployed yet."""
    known = [item.process_id for item in engine.definitions(limit=200).items]
    if process in known:
        return Refusal(error.code, error.message)
    near = get_close_matches(process.lower(), known, 1)
    hint = f"Did you mean {near[0]}?" if near else f"Deployed: {', '.join(known[:10]) or 'nothing yet'}."
    return Refusal(error.code, f"{error.message} {hint}")


def pages(here: Desk, done: "Progress", headline: str) -> "Iterator[RenderableType]":
    """What a command on an instance brought about, and what to do next."""
    yield output.text((headline, "bold"), f" It is {done.status}.")
    for task in done.user_tasks:
        owner = f" for {task.assignee}" if task.assignee else ""
        yield output.inset(("waits at ", "dim"), task.element, f"  user task {task.id}{owner}: {task.title}")
    tasks = {task.id for task in done.user_tasks}
    stuck = {incident.id for incident in done.incidents}
    for place in done.waiting:
        if place.id not in tasks | stuck:
            yield output.inset(("waits at ", "dim"), place.element)
    for incident in done.incidents:
        yield output.inset(
            ("stuck at ", "red"), f"{incident.element}  incident {incident.id}: {incident.message}"
        )
    yield output.next_step(_next(here, done))


def _next(here: Desk, done: "Progress") -> str:
    if done.incidents:
        return f"repair it, then: {here.program} retry {done.incidents[0].id}"
    if done.user_tasks:
        return f"{here.program} complete {done.user_tasks[0].id}"
    return f"{here.program} show {done.id}"
