"""``stepwell instances``, ``cancel`` and ``variable set``."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from stepwell.cli import output
from stepwell.cli.desk import actor, desk
from stepwell.cli.faults import WrongUse
from stepwell.cli.given import Actor, After, Document, InstanceId, Limit, ProcessId, Why
from stepwell.cli.start import pages
from stepwell.cli.values import values

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.services.instances import Instance, InstancePage

Status = Literal["running", "terminating", "completed", "cancelled"]


def instances(
    ctx: typer.Context,
    status: Annotated[
        Status | None,
        typer.Option(metavar="STATUS", help="Only running, terminating, completed or cancelled ones."),
    ] = None,
    process: ProcessId = "",
    business_key: Annotated[str, typer.Option(metavar="KEY", help="Only with this business key.")] = "",
    starter: Annotated[str, typer.Option(metavar="NAME", help="Only started by this person.")] = "",
    limit: Limit = 50,
    after: After = "",
) -> None:
    """List process instances, the newest first.

    Example: stepwell instances --status running --process order
    """
    with desk(ctx).open() as engine:
        page = engine.instances(
            status=status,
            process_id=process or None,
            business_key=business_key or None,
            starter=starter or None,
            limit=limit,
            after=after or None,
        )
    output.answer(desk(ctx), page, lambda: _page(page))


def _page(page: "InstancePage") -> "Iterator[RenderableType]":
    rows = [
        (item.id, item.process_id, item.version, output.caption(item.caption, item), _status(item),
         output.short_time(item.started_at), item.starter, item.business_key)
        for item in page.items
    ]  # fmt: skip
    columns = "id", "process", "version", "caption", "status", "started", "by", "business key"
    yield from output.listing(columns, rows, "No instance fits. Start one: stepwell start PROCESS")
    yield from output.more(page.after)


def _status(item: "Instance") -> "str | RenderableType":
    """Its status; one that has an incident is stuck."""
    return output.text(("stuck", "bold red")) if item.incidents else item.status


def cancel(
    ctx: typer.Context,
    instance: InstanceId,
    reason: Why = "",
    by: Actor = "",
) -> None:
    """End an instance without going on anywhere.

    Example: stepwell cancel 17 --reason "ordered twice"
    """
    if not reason.strip():
        raise WrongUse("argument.missing", "Expected --reason, which goes into the history, but found none.")
    with desk(ctx).open() as engine:
        done = engine.cancel(instance, reason=reason, actor=actor(by))
    output.answer(desk(ctx), done, lambda: pages(desk(ctx), done, f"Cancelled instance {done.id}."))


def set_variables(
    ctx: typer.Context,
    instance: InstanceId,
    pairs: Annotated[
        list[str] | None, typer.Argument(metavar="NAME=VALUE...", help="The values: JSON, otherwise text.")
    ] = None,
    document: Document = "",
    scope: Annotated[int, typer.Option(metavar="KEY", help="Of an inner scope, not of the instance.")] = 0,
    reason: Why = "",
    by: Actor = "",
) -> None:
    """Give variables of an instance new values, for a reason.

    Example: stepwell variable set 17 amount=120 --reason "typing error"
    """
    found = values(pairs, document)
    if not found:
        raise WrongUse("argument.missing", "Expected NAME=VALUE or --values but found none.")
    if not reason.strip():
        raise WrongUse("argument.missing", "Expected --reason, which goes into the history, but found none.")
    with desk(ctx).open() as engine:
        done = engine.set_variables(instance, found, reason=reason, actor=actor(by), scope=scope)
    headline = f"Set {', '.join(found)} of instance {done.id}."
    output.answer(desk(ctx), done, lambda: pages(desk(ctx), done, headline))
