"""What a command says: a page for people, or one JSON document for programs."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from stepwell.cli.desk import Desk

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

PIPED = 120  # columns where nobody says how many there are
GAP = 2  # columns between two of a table
LEAST = 16  # columns to which one that may wrap can become narrow
WHOLE = {"id", "process", "version", "status"}  # headings of what is never broken


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
    """One JSON document: structs are objects with their fields, numbers stay numbers."""
    from decimal import Decimal

    import msgspec

    from stepwell import feel

    plain = msgspec.to_builtins(value, builtin_types=(Decimal,), enc_hook=feel.to_json)
    return json.dumps(plain, indent=2, ensure_ascii=False, default=feel.to_json)


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> "Iterator[RenderableType]":
    """Rows under headings, without lines; blocks below each other where that is too wide.

    Columns of ids are never broken or cut, the others may wrap. A column that is empty in every row is
    left out.
    """
    cells = [[_cell("" if cell is None else cell) for cell in row] for row in rows]
    kept = [place for place in range(len(columns)) if any(row[place].plain for row in cells)]
    least = [_least(columns[place], [row[place] for row in cells]) for place in kept]
    if sum(least) + GAP * len(least) > console().width:
        yield from _blocks(
            [columns[place] for place in kept], [[row[place] for place in kept] for row in cells]
        )
        return
    from rich.table import Table

    made = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for place, width in zip(kept, least, strict=True):
        made.add_column(columns[place], no_wrap=columns[place] in WHOLE, overflow="fold", min_width=width)
    for row in cells:
        made.add_row(*(row[place] for place in kept))
    yield made


def _least(column: str, cells: "Sequence[Text]") -> int:
    """How narrow a column may become."""
    longest = max(cell.cell_len for cell in cells)
    if column in WHOLE:
        return max(longest, len(column))
    return max(len(column), min(longest, LEAST))


def _blocks(columns: Sequence[str], rows: "Sequence[Sequence[Text]]") -> "Iterator[RenderableType]":
    """Each row as its first cell, with the others by name below it."""
    for row in rows:
        yield row[0]
        named = [
            text((name, "dim"), " ", cell)
            for name, cell in zip(columns[1:], row[1:], strict=True)
            if cell.plain
        ]
        yield inset(text("  ").join(named))


def listing(columns: Sequence[str], rows: Sequence[Sequence[Any]], empty: str) -> "Iterator[RenderableType]":
    """A table, or what to do when there is nothing to list."""
    if rows:
        yield from table(columns, rows)
    else:
        yield text((empty, "dim"))


def more(after: str | None) -> "Iterator[RenderableType]":
    """How to see the next ones, if there are any."""
    if after:
        yield text(("More: ", "dim"), f"--after {after}")


def next_step(command: str) -> "RenderableType":
    """What one would do now."""
    return text(("Next: ", "dim"), command)


def _cell(value: Any) -> "Text":
    from rich.text import Text

    return value if isinstance(value, Text) else Text(str(value))


def text(*parts: "str | Text | tuple[str, str]") -> "Text":
    """A line of strings, each alone or with its style."""
    from rich.text import Text

    return Text.assemble(*parts)


def inset(*parts: "str | Text | tuple[str, str]") -> "RenderableType":
    """The same a little to the right, also where it goes on in the next line."""
    from rich.padding import Padding

    return Padding(text(*parts), (0, 0, 0, 4), expand=False)


class OfProcess(Protocol):
    """Something of a process."""

    @property
    def process_id(self) -> str: ...

    @property
    def process_name(self) -> str: ...


def caption(found: str, of: OfProcess) -> str:
    """How an instance is called, unless it is only called like its process."""
    return "" if found in (of.process_id, of.process_name) else found


def short_time(moment: datetime | None) -> str:
    """Day and minute on the clock of this machine; empty for a time that has not come."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else ""


def pairs(rows: "Iterable[tuple[str, str]]") -> "Table":
    """Names and what belongs to them, below each other."""
    from rich.table import Table

    made = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    made.add_column(overflow="fold")
    made.add_column(overflow="fold")
    for name, value in rows:
        made.add_row(text((name, "bold")), _cell(value))
    return made


def day(moment: datetime) -> str:
    """The day on the clock of this machine, with its zone."""
    return moment.astimezone().strftime("%Y-%m-%d %Z").strip()


def clock(moment: datetime) -> str:
    """The time of day, to the millisecond."""
    return moment.astimezone().strftime("%H:%M:%S.%f")[:-3]


def exact_time(moment: datetime) -> str:
    """To the second, with the zone."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S %Z").strip()


def many(count: int, one: str, more: str = "") -> str:
    """``1 task``, ``2 tasks``."""
    return f"{count} {one if count == 1 else more or one + 's'}"
