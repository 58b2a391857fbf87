"""The commands of ``stepwell``, and how the program ends: 0 done, 1 failed, 2 wrong use."""

import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import Annotated, Any

import typer

from stepwell.cli import (
    activate,
    api_tokens,
    applications,
    audit,
    check,
    database,
    demo,
    deploy,
    events,
    example,
    inbox,
    incidents,
    instances,
    people,
    records,
    roles,
    serve,
    show,
    start,
    user_tasks,
)
from stepwell.cli.faults import tell
from stepwell.cli.help import SECTIONS, StepwellCommand, StepwellGroup

SERVE, WRITE, RUN, REPAIR, PEOPLE, DATA, KEEP = SECTIONS
HELP = {"help_option_names": ["-h", "--help"]}


def _group(text: str) -> typer.Typer:
    """An empty set of commands; plain help, because the handsome one takes longer than the command."""
    return typer.Typer(
        help=text,
        cls=StepwellGroup,
        context_settings=HELP,
        invoke_without_command=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )


HELLO = """Run business processes in which people and software take turns.

To see one, with commands to try: stepwell serve --demo"""
app = _group(HELLO)


def _add(group: typer.Typer, section: str, commands: dict[str, Callable[..., Any]]) -> None:
    for name, command in commands.items():
        group.command(name, cls=StepwellCommand, context_settings=HELP, rich_help_panel=section)(command)


Version = Annotated[bool, typer.Option("--version", help="Print the version, nothing else.")]


@app.callback(help=HELLO)
def _main(ctx: typer.Context, version: Version = False) -> None:
    if version:
        from stepwell import __version__

        typer.echo(f"stepwell {__version__}")
        raise typer.Exit
    _help_alone(ctx)


def _help_alone(ctx: typer.Context) -> None:
    """Without a command: what there is."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def _add_group(
    name: str, section: str, text: str, commands: dict[str, Callable[..., Any]], within: typer.Typer = app
) -> typer.Typer:
    group = _group(text)
    group.callback()(_help_alone)
    _add(group, "Commands", commands)
    within.add_typer(group, name=name, rich_help_panel=section)
    return group


_add(app, SERVE, {"serve": serve.serve, "demo": demo.demo})
_add(
    app,
    WRITE,
    {
        "check": check.check,
        "example": example.example,
        "deploy": deploy.deploy,
        "activate": activate.activate,
    },
)
_add(app, WRITE, {"export": applications.export})
_add(app, RUN, {"start": start.start, "tasks": user_tasks.tasks, "open": user_tasks.open_page})
_add(
    app,
    RUN,
    {"complete": user_tasks.complete, "reassign": user_tasks.reassign, "postpone": user_tasks.postpone},
)
_add(app, RUN, {"inbox": inbox.inbox})
_add(app, RUN, {"message": events.message, "signal": events.signal})
_add(app, REPAIR, {"instances": instances.instances, "show": show.show, "incidents": incidents.incidents})
_add_group("variable", REPAIR, "Change variables of an instance.", {"set": instances.set_variables})
_add(app, REPAIR, {"retry": incidents.retry, "cancel": instances.cancel})
_add_group(
    "user",
    PEOPLE,
    "Add people, and say who may log in.",
    {
        "add": people.add,
        "list": people.users,
        "disable": people.disable,
        "enable": people.enable,
        "password": people.set_password,
    },
)
_role = _add_group(
    "role", PEOPLE, "Add roles, and put people into them.", {"add": roles.add, "list": roles.roles}
)
_add_group(
    "member",
    "Commands",
    "Put people into roles.",
    {"add": roles.add_members, "remove": roles.remove_members},
    _role,
)
_add_group(
    "token",
    PEOPLE,
    "Make API tokens, and revoke them.",
    {"add": api_tokens.add, "list": api_tokens.api_tokens, "revoke": api_tokens.revoke},
)
_add(app, PEOPLE, {"audit": audit.audit})
_add(app, DATA, {"record-types": records.record_types, "records": records.records})
_add_group(
    "db", KEEP, "Upgrade the database, or copy it.", {"upgrade": database.upgrade, "backup": database.backup}
)


def execute(given: Sequence[str]) -> int:
    """Carry a command line out, without the program's name; gives the exit status, never raises."""
    try:
        status = app(list(given), prog_name="stepwell", standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - nothing may reach a person but our own words
        return tell(error, json="--json" in given, debug="--debug" in given)
    return status if isinstance(status, int) else 0


def run() -> None:
    """The program ``stepwell``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(execute(sys.argv[1:]))
