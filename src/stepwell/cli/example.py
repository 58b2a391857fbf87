"""``stepwell example``: complete files to copy from."""

from typing import TYPE_CHECKING, Annotated

import typer

from stepwell.cli import output
from stepwell.cli.desk import desk
from stepwell.cli.faults import WrongUse

if TYPE_CHECKING:
    from rich.console import RenderableType


def example(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(metavar="[KIND]", help="What to show; without it, what there is.")
    ] = "",
) -> None:
    """Print a small complete file for a kind of element.

    Example: stepwell example userTask > order.bpmn
    """
    from stepwell import bpmn

    kinds = bpmn.example_kinds()
    if not kind:
        output.answer(desk(ctx), list(kinds), lambda: [_list(kinds)])
        return
    file = bpmn.example(_known(kind, kinds))
    if desk(ctx).json:
        file = output.as_json({"kind": _known(kind, kinds), "xml": file})
    typer.echo(file, nl=not file.endswith("\n"))


def _known(kind: str, kinds: tuple[str, ...]) -> str:
    """The kind as it is written, whatever the case; raises ``WrongUse``."""
    from difflib import get_close_matches

    small = {known.lower(): known for known in kinds}
    if kind.lower() in small:
        return small[kind.lower()]
    near = get_close_matches(kind.lower(), small, 1)
    hint = f" Did you mean {small[near[0]]}?" if near else " 'stepwell example' lists them."
    raise WrongUse(
        "example.unknown", f"Expected a kind that there is an example of but found '{kind}'.{hint}"
    )


def _list(kinds: tuple[str, ...]) -> "RenderableType":
    from rich.columns import Columns

    return Columns(kinds, padding=(0, 3), column_first=True)
