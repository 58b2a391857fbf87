"""The options that every command takes, before or after its name."""

from dataclasses import replace
from functools import cache
from typing import Annotated, Any

import typer
from typer.main import get_command

from stepwell.cli.desk import Desk

EVERYWHERE = "json", "database", "debug"


def _note(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """Put what was said on the command's desk; nothing said takes nothing away."""
    if value:
        ctx.obj = replace(ctx.obj or Desk(), **{str(param.name): value})
    return value


Json = Annotated[bool, typer.Option("--json", callback=_note, help="Print JSON for programs, nothing else.")]
Database = Annotated[
    str,
    typer.Option(
        "--database",
        metavar="URL",
        callback=_note,
        help="Where everything is kept: sqlite:///PATH or postgresql://USER@HOST/NAME. "
        "Else $STEPWELL_DATABASE_URL, else stepwell.db in this folder.",
    ),
]
Debug = Annotated[
    bool,
    typer.Option("--debug", callback=_note, help="Show where in the code an unexpected error came from."),
]


@cache
def everywhere() -> tuple[Any, ...]:
    """The three options as parameters that a command's own function need not know of."""
    page = typer.Typer(add_completion=False)
    page.command()(_options)
    found = [item for item in get_command(page).params if item.name in EVERYWHERE]
    for item in found:
        item.expose_value = False
    return tuple(found)


def _options(json: Json = False, database: Database = "", debug: Debug = False) -> None:
    """Only its signature counts."""
