"""``stepwell db``: the database itself."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stepwell.cli import output
from stepwell.cli.desk import desk
from stepwell.cli.faults import Refusal
from stepwell.cli.progress import bar

if TYPE_CHECKING:
    from rich.console import RenderableType


def upgrade(ctx: typer.Context) -> None:
    """Bring the tables to this version of Stepwell.

    Nothing happens if they are of this version. Stop every server first, and make a backup.

    Example: stepwell db upgrade
    """
    from stepwell.store import migrate

    url = desk(ctx).settings().database_url
    before = migrate.revision(url)
    with bar(desk(ctx), "Upgrading"):
        migrate.upgrade(url)
    done = {"database": _shown(url), "before": before, "now": migrate.newest()}
    words = "The tables are up to date already" if before == done["now"] else "The tables are up to date now"
    output.answer(desk(ctx), done, lambda: [output.text((f"{words}: ", "bold"), f"migration {done['now']}.")])


def backup(
    ctx: typer.Context,
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="The file to write; it must not be there yet.")
    ],
) -> None:
    """Copy the database into a file, while servers may go on.

    For SQLite; PostgreSQL brings pg_dump for this.

    Example: stepwell db backup stepwell-monday.db
    """
    if path.exists():
        raise Refusal("backup.exists", f"Expected a new file but '{path}' is there already.")
    if not path.parent.is_dir():
        raise Refusal("backup.no-folder", f"Expected a folder to write to but there is no '{path.parent}'.")
    began = time.monotonic()
    with desk(ctx).open() as engine, bar(desk(ctx), "Copying") as advance:
        engine.backup(path, progress=advance)
    done = {"path": str(path), "bytes": path.stat().st_size, "seconds": round(time.monotonic() - began, 3)}
    output.answer(desk(ctx), done, lambda: [_backed_up(done)])


def _backed_up(done: dict[str, object]) -> "RenderableType":
    size = int(str(done["bytes"])) / 1_000_000
    return output.text(("Copied ", "bold"), f"{size:,.1f} MB into {done['path']}.")


def _shown(url: str) -> str:
    """The address without a password."""
    head, at, tail = url.rpartition("@")
    scheme, _, user = head.partition("://")
    return f"{scheme}://{user.partition(':')[0]}@{tail}" if at else url
