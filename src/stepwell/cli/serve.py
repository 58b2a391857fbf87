"""``stepwell serve``: the server."""

from typing import Annotated

import typer

from stepwell.cli.desk import desk
from stepwell.cli.faults import WrongUse


def serve(
    ctx: typer.Context,
    demo: Annotated[bool, typer.Option("--demo", help="Deploy an application to try, and say how.")] = False,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen (127.0.0.1).")] = "",
    port: Annotated[int, typer.Option(metavar="N", help="The port (8480); 0 takes a free one.")] = -1,
) -> None:
    """Serve the REST API, and do the work of jobs and timers.

    All other settings come from the environment: docs/settings.md. Ctrl-C or SIGTERM ends it when what has
    begun is done.

    Example: stepwell serve --port 8000
    """
    if desk(ctx).json:
        raise WrongUse("option.unfit", "Expected 'stepwell serve' without --json but found it.")
    from stepwell import config, serving

    said = {
        "database_url": desk(ctx).database or None,
        "host": host or None,
        "port": port if port != -1 else None,
    }
    serving.serve(config.load({name: value for name, value in said.items() if value is not None}), demo)
