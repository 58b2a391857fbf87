"""``stepwell audit``: who changed who may do what."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stepwell.cli import output
from stepwell.cli.desk import desk
from stepwell.cli.given import After, Limit

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.services.auditing import AuditPage


def audit(
    ctx: typer.Context,
    by: Annotated[str, typer.Option(metavar="NAME", help="Only what this person changed.")] = "",
    action: Annotated[str, typer.Option(metavar="ACTION", help="Only role.changed, or all of role.")] = "",
    subject: Annotated[str, typer.Option(metavar="NAME", help="Only of this person, role or type.")] = "",
    limit: Limit = 50,
    after: After = "",
) -> None:
    """List changes of people, roles, rights and API tokens, the newest first.

    Example: stepwell audit --action role
    """
    from stepwell.identity import STEPWELL
    from stepwell.services import auditing

    asked = auditing.Filter(
        actor=by or None, action=action or None, subject=subject or None, limit=limit, after=after or None
    )
    with desk(ctx).open() as engine:
        page = auditing.page(engine.store, asked, STEPWELL)
    output.answer(desk(ctx), page, lambda: _page(page))


def _page(page: "AuditPage") -> "Iterator[RenderableType]":
    rows = [
        (output.short_time(item.at), item.actor or "Stepwell", item.action, item.subject, _said(item.before, item.after))
        for item in page.items
    ]  # fmt: skip
    yield from output.listing(("when", "who", "did", "to", "what"), rows, "No changes.")
    yield from output.more(page.after)


def _said(before: Any, after: Any) -> str:
    """What changed, field by field."""
    if not before or not after:
        return ", ".join(
            f"{name} {_value(value)}" for name, value in (before or after or {}).items() if value
        )
    return ", ".join(f"{name} {_value(before[name])} → {_value(after[name])}" for name in before)


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) or "nothing" if isinstance(value, list) else str(value or "nothing")
