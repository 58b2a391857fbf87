"""``stepwell tasks``, ``open``, ``complete``, ``reassign``, ``postpone``: what people have to do."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stepwell.cli import output
from stepwell.cli.desk import Desk, actor, desk
from stepwell.cli.given import Actor, After, Document, Element, Limit, OfInstance, Pairs, ProcessId, TaskId
from stepwell.cli.start import pages
from stepwell.cli.values import values

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.services.pages.showing import StepPage
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
    filters: dict[str, Any] = {
        "assignee": assignee, "role": role, "candidate": candidate, "process_id": process,
        "instance": instance, "element": element, "after": after,
    }  # fmt: skip
    with desk(ctx).open() as engine:
        page = engine.tasks(limit=limit, **{name: value for name, value in filters.items() if value})
    output.answer(desk(ctx), page, lambda: _page(desk(ctx), page))


def open_page(ctx: typer.Context, task: TaskId, by: Actor = "") -> None:
    """Show the page of a user task: what is asked, and which buttons there are.

    Example: stepwell open 17-3
    """
    with desk(ctx).open() as engine:
        page = engine.open_page(task, actor=actor(by))
    output.answer(desk(ctx), page, lambda: page_lines(desk(ctx), page))


def complete(
    ctx: typer.Context,
    task: TaskId,
    given: Pairs = None,
    document: Document = "",
    button: Annotated[
        str, typer.Option(metavar="CODE", help="The button of the page; needed where several end the step.")
    ] = "",
    by: Actor = "",
) -> None:
    """Say that a user task is done, with what its page asks for.

    Example: stepwell complete 17-3 --set approved=true
    """
    variables = values(given, document)
    with desk(ctx).open() as engine:
        done = engine.complete(task, variables, button=button, actor=actor(by))
    output.answer(
        desk(ctx), done, lambda: pages(desk(ctx), done, f"Completed task {task} of instance {done.id}.")
    )


def reassign(
    ctx: typer.Context,
    task: TaskId,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Who has it from now on.")] = "",
    role: Annotated[
        list[str] | None,
        typer.Option(metavar="ROLE", help="A role whose members may take it; may stand several times."),
    ] = None,
    comment: Annotated[str, typer.Option(metavar="TEXT", help="Why; it goes into the history.")] = "",
    by: Actor = "",
) -> None:
    """Hand a user task on to somebody, or to a role.

    Example: stepwell reassign 17-3 --to ada
    """
    from stepwell.services.user_tasks import Receiver

    with desk(ctx).open() as engine:
        done = engine.reassign(task, Receiver(to, (), tuple(role or ())), comment=comment, actor=actor(by))
    whom = to or f"role {', '.join(role or ())}"
    output.answer(desk(ctx), done, lambda: [f"User task {task} is for {whom} now."])


def postpone(
    ctx: typer.Context,
    task: TaskId,
    start: Annotated[
        datetime, typer.Option("--start", metavar="TIME", help="When it starts: 2030-01-31T09:00:00 (UTC).")
    ],
    duration: Annotated[
        float, typer.Option(min=0, metavar="MINUTES", help="How long it will take; due is then.")
    ] = 0,
    remind: Annotated[
        datetime | None, typer.Option("--remind", metavar="TIME", help="When to remind of it (UTC).")
    ] = None,
    owner: Annotated[str, typer.Option(metavar="NAME", help="Who does it then.")] = "",
    by: Actor = "",
) -> None:
    """Do a user task later.

    Example: stepwell postpone 17-3 --start 2030-01-31T09:00:00
    """
    from stepwell.services.user_tasks import Later

    later = Later(start_at=start, duration=duration, remind_at=remind, assignee=owner)
    with desk(ctx).open() as engine:
        done = engine.postpone(task, later, actor=actor(by))
    output.answer(desk(ctx), done, lambda: [f"User task {task} starts on {output.short_time(start)}."])


def page_lines(here: Desk, page: "StepPage") -> "Iterator[RenderableType]":
    """The page as a terminal shows it: its fields with their values, and the buttons."""
    yield f"{page.title}  ({page.instance_caption or page.process_name}, step {page.element})"
    shown = page.draft.values if page.draft else {}
    rows = [
        (key, label, kind, options, _value(shown.get(key, page.values.get(key))))
        for key, label, kind, options in fields_of(page.schema.get("components", ()))
    ]
    yield from output.listing(
        ("field", "label", "kind", "choices", "value"), rows, "There is nothing to fill in."
    )
    yield "Buttons: " + ", ".join(f"{button.code} ({button.label})" for button in page.buttons)
    yield output.next_step(f"{here.program} complete {page.id} --button {page.buttons[0].code}")


def fields_of(components: "Iterable[dict[str, Any]]") -> "Iterator[tuple[str, str, str, str]]":
    """The fields of a page, those in groups too: key, label, kind, and what may be chosen."""
    for one in components:
        if one.get("key"):
            choices = ", ".join(str(option["value"]) for option in one.get("values") or ())
            yield one["key"], str(one.get("label") or ""), one["type"], choices
        yield from fields_of(one.get("components") or ())


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


def _value(value: object) -> str:
    """A value of a field in one line."""
    return "" if value in (None, "", []) else str(value)
