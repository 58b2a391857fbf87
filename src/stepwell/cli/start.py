"""``stepwell start``: a new process instance."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from stepwell.cli import output
from stepwell.cli.desk import Desk, actor, desk
from stepwell.cli.given import Actor, Document, Pairs
from stepwell.cli.values import values

if TYPE_CHECKING:
    from rich.console import RenderableType

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
    version: Annotated[int, typer.Option(metavar="N", help="Not the latest version but this one.")] = 0,
) -> None:
    """Start a process and say where it waits.

    Example: stepwell start order --set amount=120 --set customer=Ada
    """
    variables = values(given, document)
    with desk(ctx).open() as engine:
        done = engine.start(
            process, variables, actor=actor(by), business_key=business_key, version=version or None
        )
    output.answer(
        desk(ctx), done, lambda: pages(desk(ctx), done, f"Started {process} as instance {done.id}.")
    )


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
