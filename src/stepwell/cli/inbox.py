"""``stepwell inbox``: what one person has to do or may take."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from stepwell.cli import output
from stepwell.cli.desk import Desk, desk
from stepwell.cli.given import After, Limit, ProcessId
from stepwell.cli.user_tasks import who

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.services.inboxes import InboxPage


class Sort(StrEnum):
    """The orders of an inbox."""

    created = "created"
    due = "due"
    priority = "priority"
    process = "process"


def inbox(
    ctx: typer.Context,
    person: Annotated[str, typer.Argument(metavar="NAME", help="The login name of a person.")],
    sort: Annotated[Sort, typer.Option(help="What comes first (created: the newest).")] = Sort.created,
    search: Annotated[str, typer.Option(metavar="WORDS", help="Only tasks that have all these words.")] = "",
    process: ProcessId = "",
    with_future: Annotated[bool, typer.Option("--with-future", help="Also what starts later.")] = False,
    taken: Annotated[bool, typer.Option("--taken", help="What colleagues have taken instead.")] = False,
    limit: Limit = 50,
    after: After = "",
) -> None:
    """List what a person has to do or may take.

    Example: stepwell inbox ada --sort due
    """
    from stepwell.services.inboxes import Asked

    asked = Asked(
        sort=sort.value, search=search, process_id=process or None, is_taken=taken, is_later=with_future,
        limit=limit, after=after or None,
    )  # fmt: skip
    with desk(ctx).open() as engine:
        page = engine.inbox_of(person, asked)
    output.answer(desk(ctx), page, lambda: _page(desk(ctx), page))


def _page(here: Desk, page: "InboxPage") -> "Iterator[RenderableType]":
    rows = [
        (item.id, item.title or item.element, item.process_id, output.caption(item.instance_caption, item),
         who(item), output.short_time(item.due_at))
        for item in page.items
    ]  # fmt: skip
    yield from output.listing(("id", "title", "process", "instance", "for", "due"), rows, "Nothing to do.")
    yield from output.more(page.after)
    if page.items and not page.after:
        yield output.next_step(f"{here.program} complete {page.items[0].id}")
