"""``stepwell tasks`` and ``complete``: what people have to do."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from stepwell.cli import output
from stepwell.cli.desk import Desk, actor, desk
from stepwell.cli.given import Actor, After, Document, Element, Limit, OfInstance, Pairs, ProcessId, TaskId
from stepwell.cli.start import pages
from stepwell.cli.values import values

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.services.user_tasks import TaskPage, UserTask


def tasks(
    ctx: typer.Context,
    assignee: Annotated[str, typer.Option(metavar="NAME", help="Only what this person has.")] = "",
    role: Annotated[str, typer.Option(metavar="ROLE", help="Only what is offered to this role.")] = "",
    candidate: Annotated[str, typer.Option(metavar="NAME", help="Only what is offered to this person.")] = "",
    process: ProcessId = "",
    instance: OfInstance = "",
    element: Element = "",
    limit: Limit = 50,
    after: After = "",
) -> None:
    """List open user tasks, the newest first.

    Example: stepwell tasks --assignee ada
    """
    filters = {
        "assignee": assignee, "role": role, "candidate": candidate, "process_id": process,
        "instance": instance, "element": element, "after": after,
    }  # fmt: skip
    with desk(ctx).open() as engine:
        page = engine.tasks(limit=limit, **{name: value for name, value in filters.items() if value})
    output.answer(desk(ctx), page, lambda: _page(desk(ctx), page))


def complete(
    ctx: typer.Context, task: TaskId, given: Pairs = None, document: Document = "", by: Actor = ""
) -> None:
    """Say that a user task is done, with what came of it.

    Example: stepwell complete 17-3 --set approved=true
    """
    variables = values(given, document)
    with desk(ctx).open() as engine:
        done = engine.complete(task, variables, actor=actor(by))
    output.answer(
        desk(ctx), done, lambda: pages(desk(ctx), done, f"Completed task {task} of instance {done.id}.")
    )


def _page(here: Desk, page: "TaskPage") -> "Iterator[RenderableType]":
    rows = [
        (item.id, item.title or item.element, item.process_id, output.caption(item.instance_caption, item),
         who(item), output.short_time(item.due_at))
        for item in page.items
    ]  # fmt: skip
    empty = "Nobody has to do anything here. 'stepwell instances' shows what is running."
    yield from output.listing(("id", "title", "process", "instance", "for", "due"), rows, empty)
    yield from output.more(page.after)
    if page.items and not page.after:
        yield output.next_step(f"{here.program} complete {page.items[0].id}")


def who(item: "UserTask") -> str:
    """Who has it; in brackets who may take it."""
    if item.assignee:
        return item.assignee
    return "(" + (", ".join((*item.candidate_users, *item.candidate_roles)) or "anybody") + ")"
