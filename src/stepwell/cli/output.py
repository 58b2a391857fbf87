"""What a command says: a page for people, or one JSON document for programs."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from stepwell.cli.desk import Desk

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

PIPED = 120  # columns where nobody says how many there are


def answer(desk: Desk, value: object, page: "Callable[[], Iterable[RenderableType]]") -> None:
    """Say what came of a command: ``value`` to a program, ``page`` to a person."""
    if desk.json:
        sys.stdout.write(as_json(value) + "\n")
        return
    screen = console()
    for part in page():
        screen.print(part)


def console(*, stderr: bool = False) -> "Console":
    """Writes for people, as wide as the terminal; colours and bold only there."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS", "").isdigit() else PIPED
    return Console(stderr=stderr, width=width, highlight=False, emoji=False, markup=False)


def as_json(value: object) -> str:
    """One JSON document; structs are objects with their fields."""
    import msgspec

    return json.dumps(msgspec.to_builtins(value, enc_hook=_plain), indent=2, ensure_ascii=False)


def _plain(value: Any) -> Any:
    from stepwell import feel

    return feel.to_json(value)


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], whole: Sequence[str] = ("id",)) -> "Table":
    """Rows under headings, without lines; columns named ``whole`` are never broken, the others may wrap.

    A column that is empty in every row is left out.
    """
    from rich.table import Table

    cells = [["" if cell is None else cell for cell in row] for row in rows]
    kept = [place for place in range(len(columns)) if any(row[place] != "" for row in cells)]
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for place in kept:
        made.add_column(columns[place], no_wrap=columns[place] in whole, overflow="fold")
    for row in cells:
        made.add_row(*(_cell(row[place]) for place in kept))
    return made


def listing(columns: Sequence[str], rows: Sequence[Sequence[Any]], empty: str) -> "RenderableType":
    """A table, or what to do when there is nothing to list."""
    return table(columns, rows) if rows else text((empty, "dim"))


def more(after: str | None) -> "Iterator[RenderableType]":
    """How to see the next ones, if there are any."""
    if after:
        yield text(("More: ", "dim"), f"--after {after}")


def next_step(command: str) -> "RenderableType":
    """What one would do now."""
    return text(("Next: ", "dim"), command)


def _cell(value: Any) -> "RenderableType":
    from rich.text import Text

    return value if isinstance(value, Text) else Text(str(value))


def text(*parts: "str | tuple[str, str]") -> "RenderableType":
    """A line of strings, each alone or with its style."""
    from rich.text import Text

    return Text.assemble(*parts)


def inset(*parts: "str | tuple[str, str]") -> "RenderableType":
    """The same a little to the right, also where it goes on in the next line."""
    from rich.padding import Padding

    return Padding(text(*parts), (0, 0, 0, 4))


def short_time(moment: Any) -> str:
    """Day and minute on the clock of this machine."""
    return _local(moment, "%Y-%m-%d %H:%M")


def exact_time(moment: Any) -> str:
    """To the millisecond, on the clock of this machine, with its zone."""
    return _local(moment, "%Y-%m-%d %H:%M:%S.%f")[:-3] if moment else ""


def _local(moment: Any, form: str) -> str:
    if not moment:
        return ""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if isinstance(moment, int):
        moment = datetime.fromtimestamp(moment / 1_000_000, UTC)
    return str(moment.astimezone().strftime(form))


def many(count: int, one: str, more: str = "") -> str:
    """``1 task``, ``2 tasks``."""
    return f"{count} {one if count == 1 else more or one + 's'}"
