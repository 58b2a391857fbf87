"""A bar for what may take longer than a second, on stderr and only for somebody at a terminal."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from stepwell.cli.desk import Desk

Advance = Callable[[int, int], None]
Item = TypeVar("Item")


@contextmanager
def bar(desk: Desk, what: str) -> Iterator[Advance]:
    """Gives a function that is told how many are done and how many there are."""
    if not desk.may_show_progress:
        yield _silent
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    from stepwell.cli.output import console

    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console(stderr=True), transient=True) as shown:
        number = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(number, completed=done, total=total)


def _silent(done: int, total: int) -> None:
    """Nobody looks."""


def each(desk: Desk, what: str, items: Iterable[Item]) -> Iterator[Item]:
    """The items, with a bar while they are worked on."""
    found = list(items)
    with bar(desk, what) as advance:
        for done, item in enumerate(found):
            advance(done, len(found))
            yield item
