"""What came of deploying a folder: what changed, and what is gone from it and was kept."""

from typing import Literal

from msgspec import Struct

from stepwell.errors import Problem

What = Literal[
    "application", "role", "record type", "person", "rights", "lookup", "records", "page", "decision", "mail",
    "process",
]  # fmt: skip
Done = Literal["made", "changed", "removed", "deactivated"]


class Changed(Struct, frozen=True):
    """Something that is another one now, with ``details`` in words."""

    what: What
    name: str
    done: Done
    details: tuple[str, ...] = ()


class Kept(Struct, frozen=True):
    """Something that an earlier deployment brought and the folder has no more; ``reason`` says why it stays."""

    what: What
    name: str
    reason: str


class ApplicationDeployment(Struct, frozen=True):
    """What came of a deployment, or with ``dry_run`` what would. Nothing in ``changed``: all was as it is.

    ``problems`` are only warnings: with an error nothing is deployed.
    """

    name: str
    label: str
    version: str
    changed: tuple[Changed, ...] = ()
    kept: tuple[Kept, ...] = ()
    dry_run: bool = False
    problems: tuple[Problem, ...] = ()
