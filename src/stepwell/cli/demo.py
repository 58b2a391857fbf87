"""``stepwell demo``: the application to try, deployed or as it was at the beginning."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from stepwell.cli import output
from stepwell.cli.desk import desk
from stepwell.cli.faults import Refusal

if TYPE_CHECKING:
    from stepwell.library import Engine


def demo(
    ctx: typer.Context,
    reset: Annotated[
        bool, typer.Option("--reset", help="Delete what it brought and what became of it, and begin anew.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether to delete.")] = False,
    beside_others: Annotated[
        bool, typer.Option("--beside-others", help="Also where other applications have data, which stays.")
    ] = False,
) -> None:
    """Deploy the application to try, in which work waits for people; with --reset it is as at the beginning.

    Its instances, its records and its processes are deleted then; what other applications brought stays.

    Example: stepwell demo --reset
    """
    from stepwell import greeting

    with desk(ctx).open() as engine:
        if reset:
            _expect_meant(engine, is_meant=yes, is_beside_others=beside_others)
            greeting.reset(engine)
        else:
            greeting.deploy(engine)
        greeting.begin(engine)
        found = {"application": greeting.APPLICATION, "people": greeting.demo_people(engine), "reset": reset}
    said = "is as at the beginning" if reset else "is deployed"
    output.answer(desk(ctx), found, lambda: [
        output.text("The demo ", (greeting.APPLICATION, "bold"), f" {said}."),
        output.next_step(f"{desk(ctx).program} serve --demo"),
    ])  # fmt: skip


def _expect_meant(engine: "Engine", *, is_meant: bool, is_beside_others: bool) -> None:
    """Go on only if the person wants to delete the demo from this very database."""
    from stepwell import greeting

    others = greeting.others(engine)
    if others and not is_beside_others:
        message = f"Expected a database with the demo alone but found {_shown(others)}, too."
        raise Refusal("demo.beside-others", f"{message} Say --beside-others; what is not the demo's stays.")
    if not is_meant and not _is_confirmed(engine.store.url):
        raise Refusal(
            "demo.not-confirmed", "Expected a yes to the deletion but found none; nothing was deleted."
        )


def _shown(others: Sequence[str]) -> str:
    shown = ", ".join(others[:5])
    return shown if len(others) <= 5 else f"{shown} and {len(others) - 5} more"


def _is_confirmed(database: str) -> bool:
    from stepwell import greeting

    if not sys.stdin.isatty():
        return False
    return typer.confirm(f"Delete the demo and everything that became of it in {greeting.shown(database)}?")
