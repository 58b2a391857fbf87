"""How help reads: the commands in groups, a command's own options before those of every command."""

from collections.abc import Iterator
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from stepwell.cli.everywhere import EVERYWHERE, everywhere

SECTIONS = (
    "Serve",
    "Write processes",
    "Run processes",
    "See and repair",
    "People",
    "Records",
    "Keep the database",
)
OPTIONS = 30  # columns for an option's name before its text moves to a line of its own


class StepwellCommand(TyperCommand):
    """A command that also takes the options of every command."""

    def __init__(self, name: str | None, **given: Any) -> None:
        super().__init__(name, **given)
        self.params += everywhere()

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        arguments = [item for item in self.params if isinstance(item, TyperArgument)]
        return ["[OPTIONS]", *(item.metavar or item.name.upper() for item in arguments)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        own = [item for item in self.params if isinstance(item, TyperArgument)]
        options = [item for item in self.params if isinstance(item, TyperOption)]
        special = [item for item in options if item.name not in EVERYWHERE]
        common = [item for item in self.get_params(ctx) if item not in own and item not in special]
        for title, items in (("Arguments", own), ("Options", special), ("With every command", common)):
            _section(formatter, title, items)


class StepwellGroup(TyperGroup):
    """A group that lists its commands by what they are for, and takes the options of every command too."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.params += everywhere()

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        for title in (*SECTIONS, "Commands"):
            found = [
                pair
                for command in self.commands.values()
                if _panel(command) == title
                for pair in _named(command)
            ]
            if found:
                width = formatter.width - max(len(name) for name, _ in found) - 6
                with formatter.section(title):
                    formatter.write_dl([(name, command.get_short_help_str(width)) for name, command in found])
        _section(formatter, "Options", self.get_params(ctx))


def _named(command: Any) -> Iterator[tuple[str, Any]]:
    """A command with its name; for a group those in it, with the names of both."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield command.name, command
    else:
        for item in inner.values():
            yield from ((f"{command.name} {name}", found) for name, found in _named(item))


def _panel(command: Any) -> str:
    panel = getattr(command, "rich_help_panel", "")
    return panel if panel in SECTIONS else "Commands"


def _section(formatter: Any, title: str, items: list[Any]) -> None:
    records = [_record(item) for item in items if not item.hidden]
    if records:
        with formatter.section(title):
            formatter.write_dl(records, col_max=OPTIONS)


def _record(item: Any) -> tuple[str, str]:
    """What stands left and right for one parameter: its names and its text, without types and brackets."""
    if isinstance(item, TyperArgument):
        return item.metavar or item.name.upper(), item.help or ""
    names = ", ".join(sorted(item.opts, key=len))
    takes = "" if item.is_flag else f" {item.metavar or 'TEXT'}"
    return names + takes, item.help or ""
