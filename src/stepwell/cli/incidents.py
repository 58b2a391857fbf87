"""``stepwell incidents`` and ``retry``: what is stuck, and letting it try again."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from stepwell.cli import output
from stepwell.cli.desk import Desk, actor, desk
from stepwell.cli.given import (
    Actor,
    After,
    Document,
    Element,
    IncidentId,
    Limit,
    OfInstance,
    ProcessId,
    Reason,
)
from stepwell.cli.start import pages
from stepwell.cli.values import values

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.services.incidents import IncidentPage


def incidents(
    ctx: typer.Context,
    process: ProcessId = "",
    instance: OfInstance = "",
    element: Element = "",
    code: Annotated[str, typer.Option(metavar="CODE", help="Only with this code.")] = "",
    limit: Limit = 50,
    after: After = "",
) -> None:
    """List what is stuck and why, the newest instances first.

    Example: stepwell incidents --process order
    """
    filters = {"process_id": process, "instance": instance, "element": element, "code": code, "after": after}
    with desk(ctx).open() as engine:
        page = engine.incidents(limit=limit, **{name: value for name, value in filters.items() if value})
    output.answer(desk(ctx), page, lambda: _page(desk(ctx), page))


def retry(
    ctx: typer.Context,
    incident: IncidentId,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", "-s", metavar="NAME=VALUE", help="What was wrong in the element's result."),
    ] = None,
    document: Document = "",
    reason: Reason = "",
    by: Actor = "",
) -> None:
    """Let a stuck element try again, after repair.

    If it is the element's own result that is wrong, --set and --values replace what is wrong in it.

    Example: stepwell retry 17-3 --reason "the mail server is back"
    """
    replacing = values(given, document)
    with desk(ctx).open() as engine:
        done = engine.retry(incident, replacing, actor=actor(by), reason=reason)
    output.answer(
        desk(ctx),
        done,
        lambda: pages(desk(ctx), done, f"Tried incident {incident} of instance {done.id} again."),
    )


def _page(here: Desk, page: "IncidentPage") -> "Iterator[RenderableType]":
    if not page.items:
        yield output.text(("Nothing is stuck.", "dim"))
    for item in page.items:
        yield output.text(
            (item.id, "bold"), "  ", (item.code, "red"), f"  at {item.element} of {item.process_id}"
        )
        yield output.inset(item.message)
        yield output.inset((f"since {output.short_time(item.raised_at)}", "dim"))
    yield from output.more(page.after)
    if page.items and not page.after:
        first = page.items[0]
        show, retry = f"{here.program} show {first.instance_id}", f"{here.program} retry {first.id}"
        yield output.next_step(f"{show}; repair it; {retry}")
