"""Where a command works: on which database, and whether for a person or a program."""

import getpass
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from stepwell.config import Settings
    from stepwell.library import Engine


@dataclass(frozen=True)
class Desk:
    """What was said with the options of every command."""

    database: str = ""
    json: bool = False
    debug: bool = False

    def settings(self) -> "Settings":
        """The settings of the environment with the database that was named; raises ConfigurationError."""
        from stepwell import config

        return config.load({"database_url": self.database} if self.database else None)

    def open(self) -> "Engine":
        """The engine on that database, which is made or brought up to date first."""
        import stepwell

        settings = self.settings()
        self._quieten()
        return stepwell.open(settings.database_url, settings=settings)

    def _quieten(self) -> None:
        """What goes wrong is told in one line; the rooms' own log is for --debug, and never on stdout."""
        import logging

        import structlog

        level = logging.DEBUG if self.debug else logging.CRITICAL
        structlog.configure(
            wrapper_class=structlog.make_filtering_bound_logger(level),
            logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        )

    @property
    def program(self) -> str:
        """How a person calls the program again from here, on the same database."""
        from stepwell import greeting

        return greeting.program(self.database)

    @property
    def may_show_progress(self) -> bool:
        """Whether there is a person at a terminal to see it."""
        return not self.json and sys.stderr.isatty()


def desk(ctx: typer.Context) -> Desk:
    """The desk of a command."""
    return ctx.obj if isinstance(ctx.obj, Desk) else Desk()


def actor(given: str) -> str:
    """Who acts: what was said, else ``STEPWELL_ACTOR``, else who is logged in on this machine."""
    try:
        return given or os.environ.get("STEPWELL_ACTOR") or getpass.getuser()
    except (OSError, KeyError):
        return ""
