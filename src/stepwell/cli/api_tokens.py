"""``stepwell token``: API tokens, which a program sends in the place of a person."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from stepwell.cli import output
from stepwell.cli.desk import actor, desk
from stepwell.cli.given import Actor, After, Limit

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.services.api_tokens import ApiTokens, NewApiToken

Scope = Literal["read", "act", "all"]
Person = Annotated[str, typer.Argument(metavar="NAME", help="A login name: ada.")]


def add(
    ctx: typer.Context,
    person: Person,
    name: Annotated[str, typer.Option(metavar="TEXT", help="What it is for.")] = "command line",
    scope: Annotated[
        Scope, typer.Option(metavar="SCOPE", help="read (else), act as a participant, or all rights.")
    ] = "read",
    days: Annotated[float, typer.Option(metavar="N", help="How long it lives (90); 0: for ever.")] = 90,
) -> None:
    """Make an API token of a person; it is shown only now.

    Example: stepwell token add ada --name reports --scope read
    """
    from stepwell.services import api_tokens

    wanted = api_tokens.Wanted(name, scope, days or None)
    with desk(ctx).open() as engine:
        engine.directory.refresh()
        done = api_tokens.add(engine.directory, person, wanted, by=actor(""))
    output.answer(desk(ctx), done, lambda: _made(done))


def _made(done: "NewApiToken") -> "Iterator[RenderableType]":
    until = f" until {output.short_time(done.expires_at)}" if done.expires_at else ""
    yield output.text((f"API token {done.id} of {done.person}{until}:", "bold"))
    yield output.inset(done.secret)
    yield output.text(("It is not shown again. A program sends it as: Authorization: Bearer …", "dim"))


def api_tokens(ctx: typer.Context, person: Person, limit: Limit = 50, after: After = "") -> None:
    """List a person's API tokens, without secrets.

    Example: stepwell token list ada
    """
    from stepwell.identity import STEPWELL
    from stepwell.services import api_tokens as service

    with desk(ctx).open() as engine:
        found = service.page(engine.store, person, service.Page(limit, after or None), STEPWELL)
    output.answer(desk(ctx), found, lambda: _page(found))


def _page(found: "ApiTokens") -> "Iterator[RenderableType]":
    rows = [
        (item.id, item.name, item.scope, output.short_time(item.expires_at) or "for ever", output.short_time(item.seen_at))
        for item in found.items
    ]  # fmt: skip
    columns = "id", "name", "scope", "until", "last seen"
    yield from output.listing(columns, rows, "None. Make one: stepwell token add NAME")
    yield from output.more(found.after)


def revoke(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of an API token, from the list.")],
    by: Actor = "",
) -> None:
    """Make an API token worthless at once.

    Example: stepwell token revoke G0sYtPw1xQz-
    """
    from stepwell.identity import in_the_name_of
    from stepwell.services import api_tokens as service

    with desk(ctx).open() as engine:
        service.revoke(engine.store, id, in_the_name_of(actor(by)))
    output.answer(desk(ctx), {"id": id}, lambda: [output.text((f"Revoked API token {id}.", "bold"))])
