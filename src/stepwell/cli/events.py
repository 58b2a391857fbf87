"""``stepwell message`` and ``stepwell signal``: what processes wait for, from outside."""

from typing import Annotated

import typer

from stepwell.cli import output
from stepwell.cli.desk import desk
from stepwell.cli.given import Document, Pairs
from stepwell.cli.values import values

Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name in the process file.")]
WORK = "A running server carries it to its place: stepwell serve"


def message(
    ctx: typer.Context,
    name: Name,
    key: Annotated[
        str, typer.Option("--key", metavar="KEY", help="The correlation key of its receiver.")
    ] = "",
    given: Pairs = None,
    document: Document = "",
    seconds: Annotated[
        float, typer.Option(metavar="N", help="How long it waits for a receiver (3600).")
    ] = 3600,
) -> None:
    """Publish a message for the one instance that waits for it.

    It reaches the receiver with this name and correlation key, or starts a process that begins with it. If
    nobody waits for it yet, it waits.

    Example: stepwell message payment-received --key O-4711 --set amount=120
    """
    variables = values(given, document)
    with desk(ctx).open() as engine:
        engine.publish(name, key=key, values=variables, seconds=seconds)
    done = {"name": name, "key": key, "seconds": seconds}
    headline = f"Published message {name}" + (f" with key {key}." if key else ".")
    output.answer(desk(ctx), done, lambda: [output.text((headline, "bold")), output.text((WORK, "dim"))])


def signal(ctx: typer.Context, name: Name, given: Pairs = None, document: Document = "") -> None:
    """Throw a signal to everybody who waits for it now.

    Example: stepwell signal office-closed
    """
    variables = values(given, document)
    with desk(ctx).open() as engine:
        engine.signal(name, variables)
    headline = f"Threw signal {name}."
    output.answer(
        desk(ctx), {"name": name}, lambda: [output.text((headline, "bold")), output.text((WORK, "dim"))]
    )
