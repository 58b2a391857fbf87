"""Help: fast, complete, with an example for each command."""

import os
import subprocess
import sys

import pytest

from tests.cli.conftest import MODELS, Say

COMMANDS = [
    "serve", "check", "example", "deploy", "activate", "start", "tasks", "inbox", "complete", "message", "signal", "instances", "show",
    "incidents", "retry", "cancel", "variable set", "user add", "user list", "user disable", "user enable", "user password",
    "role add", "role list", "role member add", "role member remove", "token add", "token list", "token revoke",
    "record-types", "records",
    "db upgrade", "db backup",
]  # fmt: skip
HEAVY = {"sqlalchemy", "litestar", "lxml", "pydantic", "rich", "msgspec", "structlog", "alembic", "asyncio"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example_in_its_help(say: Say, command: str) -> None:
    said = say(*command.split(), "--help")
    assert said.status == 0
    assert f"Example: stepwell {command}" in said.out


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"]])
def test_help_names_every_command(say: Say, words: list[str]) -> None:
    said = say(*words)
    assert said.status == 0
    assert all(f"\n  {command} " in said.out for command in COMMANDS)


def test_every_command_takes_the_options_of_every_command(say: Say) -> None:
    helps = [say(*command.split(), "--help").out for command in COMMANDS]
    assert all(
        f"\n  {option}" in text for text in helps for option in ("--json", "--database URL", "--debug")
    )


def test_help_says_how_to_begin(say: Say) -> None:
    assert "stepwell serve --demo" in say("--help").out


def test_a_choice_is_named_in_help(say: Say) -> None:
    assert "running, terminating, completed or cancelled" in say("instances", "--help").out


def test_help_fits_eighty_columns(say: Say) -> None:
    texts = [say(*command.split(), "--help").out for command in ["", *COMMANDS]]
    assert max(len(line) for text in texts for line in text.splitlines()) <= 80


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from stepwell.cli import execute; execute(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(MODELS.parents[1] / "src")},
    )  # fmt: skip
    assert not HEAVY & set(done.stderr.split())


def test_the_version_is_one_line(say: Say) -> None:
    said = say("--version")
    assert said.out.startswith("stepwell ")
    assert said.out.count("\n") == 1
