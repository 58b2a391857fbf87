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
    kind = _known(kind, kinds)
    file = bpmn.example(kind)
    if desk(ctx).json:
        typer.echo(output.as_json({"kind": kind, "xml": file}))
        return
    typer.echo(file, nl=not file.endswith("\n"))
    name, program = f"{kind}.bpmn", desk(ctx).program
    line = f"{program} example {kind} > {name} && {program} deploy {name}"
    output.console(stderr=True).print(output.next_step(line))  # the file alone goes to where stdout leads


def _known(kind: str, kinds: tuple[str, ...]) -> str:
    """The kind as it is written, whatever the case; raises ``WrongUse``."""
    from difflib import get_close_matches

    from stepwell.identity.verdict import listed

    small = {known.lower(): known for known in kinds}
    if kind.lower() in small:
        return small[kind.lower()]
    twice = {
        one for one in small if "-" in one and one.replace("-", "") in small
    }  # record-page is recordPage
    near = [one for one in small if one.startswith(kind.lower()) and one not in twice]
    near = near or get_close_matches(kind.lower(), small, 1)
    hint = (
        f" Did you mean {listed(small[one] for one in near)}?" if near else " 'stepwell example' lists them."
    )
    raise WrongUse(
        "example.unknown", f"Expected a kind that there is an example of but found '{kind}'.{hint}"
    )


def _list(kinds: tuple[str, ...]) -> "RenderableType":
    from rich.columns import Columns

    return Columns(kinds, padding=(0, 3), column_first=True)
