"""``stepwell activate``: bring back an older version of a process."""

from typing import Annotated

import typer

from stepwell.cli import output
from stepwell.cli.desk import actor, desk
from stepwell.cli.given import Actor


def activate(
    ctx: typer.Context,
    process: Annotated[str, typer.Argument(metavar="PROCESS", help="The id of a process.")],
    version: Annotated[
        int, typer.Argument(metavar="VERSION", min=1, help="The number of one of its versions.")
    ],
    by: Actor = "",
) -> None:
    """Let new instances of a process run one of its versions. Running instances stay on theirs.

    Example: stepwell activate order 2
    """
    from stepwell.identity import in_the_name_of
    from stepwell.services.activating import activate_version

    with desk(ctx).open() as engine:
        done = activate_version(engine.store, process, version, in_the_name_of(actor(by)))
    said = f"New instances of {done.process_id} run version {done.version}."
    output.answer(desk(ctx), done, lambda: [output.text(said)])
