"""``stepwell role``: roles, their members, and the rights that they give."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from stepwell.cli import output
from stepwell.cli.desk import actor, desk
from stepwell.cli.faults import WrongUse
from stepwell.cli.given import Actor, After, Limit

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.services.roles import Members, RolePage

RIGHTS = ("design", "operate", "administer")
Role = Annotated[str, typer.Argument(metavar="ROLE", help="The name of a role: clerks.")]
People = Annotated[list[str], typer.Argument(metavar="NAME...", help="Login names.")]


def add(
    ctx: typer.Context,
    role: Role,
    label: Annotated[str, typer.Option(metavar="TEXT", help="How pages call it.")] = "",
    parent: Annotated[str, typer.Option(metavar="ROLE", help="The role above it.")] = "",
    functional: Annotated[
        bool, typer.Option("--functional", help="It stands alone, outside the tree.")
    ] = False,
    right: Annotated[
        list[str] | None,
        typer.Option("--right", metavar="RIGHT", help="design, operate or administer; as often as needed."),
    ] = None,
    by: Actor = "",
) -> None:
    """Add a role.

    Its members are members of the role above it, too, and of all above that one.

    Example: stepwell role add clerks --parent office
    """
    from stepwell.identity import Role as NewRole
    from stepwell.identity import in_the_name_of
    from stepwell.services import roles

    wrong = [name for name in right or () if name not in RIGHTS]
    if wrong:
        raise WrongUse(
            "value.invalid", f"Expected --right to be one of {', '.join(RIGHTS)} but found '{wrong[0]}'."
        )
    kind: Literal["functional", "organisational"] = "functional" if functional else "organisational"
    new = NewRole(role, label, kind, parent, frozenset(right or ()))  # type: ignore[arg-type]
    with desk(ctx).open() as engine:
        done = roles.add(engine.store, new, in_the_name_of(actor(by)))
    rights = f" It gives the right to {', '.join(done.rights)}." if done.rights else ""
    output.answer(desk(ctx), done, lambda: [output.text((f"Added role {done.name}.", "bold"), rights)])


def roles(
    ctx: typer.Context,
    search: Annotated[str, typer.Option(metavar="WORDS", help="Only with these words in the names.")] = "",
    limit: Limit = 50,
    after: After = "",
) -> None:
    """List roles in the order of their names.

    Example: stepwell role list
    """
    from stepwell.services import roles as service

    with desk(ctx).open() as engine:
        page = service.page(engine.store, service.Filter(search=search, limit=limit, after=after or None))
    output.answer(desk(ctx), page, lambda: _page(page))


def _page(page: "RolePage") -> "Iterator[RenderableType]":
    rows = [
        (item.name, item.label, item.parent or ("functional" if item.kind == "functional" else ""), ", ".join(item.rights))
        for item in page.items
    ]  # fmt: skip
    yield from output.listing(
        ("id", "label", "below", "rights"), rows, "No role. Add one: stepwell role add ROLE"
    )
    yield from output.more(page.after)


def add_members(ctx: typer.Context, role: Role, people: People, by: Actor = "") -> None:
    """Put people into a role.

    Example: stepwell role member add clerks ada bob
    """
    from stepwell.identity import in_the_name_of
    from stepwell.services import roles

    with desk(ctx).open() as engine:
        done = roles.add_members(engine.store, role, tuple(people), in_the_name_of(actor(by)))
    _answer(ctx, done, "Put into")


def remove_members(ctx: typer.Context, role: Role, people: People, by: Actor = "") -> None:
    """Take people out of a role.

    Example: stepwell role member remove clerks bob
    """
    from stepwell.identity import in_the_name_of
    from stepwell.services import roles

    with desk(ctx).open() as engine:
        done = roles.remove_members(engine.store, role, tuple(people), in_the_name_of(actor(by)))
    _answer(ctx, done, "Taken out of")


def _answer(ctx: typer.Context, done: "Members", words: str) -> None:
    names = ", ".join(done.people) or "nobody, all was so before"
    output.answer(desk(ctx), done, lambda: [output.text((f"{words} {done.role}: ", "bold"), names)])
