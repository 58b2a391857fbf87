"""``stepwell user``: people, and who of them may log in."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from stepwell.cli import output
from stepwell.cli.desk import actor, desk
from stepwell.cli.faults import Refusal, WrongUse
from stepwell.cli.given import Actor, After, Limit

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.services.people import Person, PersonPage

Name = Annotated[str, typer.Argument(metavar="NAME", help="A login name: ada.")]
Roles = Annotated[
    list[str] | None, typer.Option("--role", metavar="ROLE", help="A role, as often as needed.")
]


def add(
    ctx: typer.Context,
    name: Name,
    display_name: Annotated[str, typer.Option(metavar="TEXT", help="How pages call the person.")] = "",
    email: Annotated[str, typer.Option(metavar="ADDRESS", help="The e-mail address.")] = "",
    manager: Annotated[str, typer.Option(metavar="NAME", help="The login name of the manager.")] = "",
    role: Roles = None,
    time_zone: Annotated[str, typer.Option(metavar="ZONE", help="Europe/Vienna, else UTC.")] = "UTC",
    language: Annotated[str, typer.Option(metavar="CODE", help="de or de-AT, else en.")] = "en",
    no_password: Annotated[
        bool, typer.Option("--no-password", help="Only API tokens will work: for a system.")
    ] = False,
    by: Actor = "",
) -> None:
    """Add a person, who may log in from now on.

    The password is asked for; without a terminal it is the first line of the input.

    Example: stepwell user add ada --display-name "Ada Byron" --role clerks
    """
    from stepwell.identity import in_the_name_of
    from stepwell.services import people

    new = people.NewPerson(
        name=name, display_name=display_name, email=email, manager=manager, roles=tuple(role or ()),
        time_zone=time_zone, language=language, password="" if no_password else password(name),
    )  # fmt: skip
    with desk(ctx).open() as engine:
        done = people.add(engine.store, new, in_the_name_of(actor(by)))
    output.answer(desk(ctx), done, lambda: [output.text((f"Added {done.name}", "bold"), _in(done.roles))])


def _in(roles: tuple[str, ...]) -> str:
    return f", in {', '.join(roles)}." if roles else "."


def password(name: str) -> str:
    """What is typed twice at the terminal, or the first line of the input; raises ``Refusal``."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise WrongUse(
                "password.missing", "Expected a password as the first line of the input but found none."
            )
        return line
    import getpass

    first = getpass.getpass(f"Password of {name}: ")
    if getpass.getpass("Once more: ") != first:
        raise Refusal("password.different", "Expected the same password twice but found two.")
    return first


def users(
    ctx: typer.Context,
    search: Annotated[str, typer.Option(metavar="WORDS", help="Only with these words in the names.")] = "",
    role: Annotated[str, typer.Option(metavar="ROLE", help="Only direct members of this role.")] = "",
    limit: Limit = 50,
    after: After = "",
) -> None:
    """List people in the order of their names.

    Example: stepwell user list --role clerks
    """
    from stepwell.services import people

    asked = people.Filter(search=search, role=role or None, limit=limit, after=after or None)
    with desk(ctx).open() as engine:
        page = people.page(engine.store, asked)
    output.answer(desk(ctx), page, lambda: _page(page))


def _page(page: "PersonPage") -> "Iterator[RenderableType]":
    rows = [
        (item.name, item.display_name, item.email, item.manager, "" if item.is_active else "disabled")
        for item in page.items
    ]
    empty = "Nobody. Add somebody: stepwell user add NAME"
    yield from output.listing(("id", "name", "e-mail", "manager", "status"), rows, empty)
    yield from output.more(page.after)


def disable(ctx: typer.Context, name: Name, by: Actor = "") -> None:
    """Let a person in no more.

    All sessions end, all API tokens are worthless. Nobody is deleted: the history names people.

    Example: stepwell user disable ada
    """
    _answer(ctx, _set_active(ctx, name, False, by), "Disabled")


def enable(ctx: typer.Context, name: Name, by: Actor = "") -> None:
    """Let a person in again.

    Example: stepwell user enable ada
    """
    _answer(ctx, _set_active(ctx, name, True, by), "Enabled")


def _set_active(ctx: typer.Context, name: str, is_active: bool, by: str) -> "Person":
    from stepwell.identity import in_the_name_of
    from stepwell.services import people

    with desk(ctx).open() as engine:
        return people.set_active(engine.store, name, is_active, in_the_name_of(actor(by)))


def _answer(ctx: typer.Context, done: "Person", word: str) -> None:
    output.answer(desk(ctx), done, lambda: [output.text((f"{word} {done.name}.", "bold"))])


def set_password(ctx: typer.Context, name: Name, by: Actor = "") -> None:
    """Give a person another password; all sessions end.

    It is asked for; without a terminal it is the first line of the input.

    Example: stepwell user password ada
    """
    from stepwell.identity import in_the_name_of
    from stepwell.services import people

    new = password(name)
    with desk(ctx).open() as engine:
        people.set_password(engine.store, name, new, in_the_name_of(actor(by)))
    text = f"{name} has another password."
    output.answer(desk(ctx), {"name": name}, lambda: [output.text((text, "bold"))])
