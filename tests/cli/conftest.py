"""The command line as a test calls it: in this process, or as the real program."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from stepwell import cli

MODELS = Path(__file__).parent


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out, self.err
        return json.loads(self.out)


Say = Callable[..., Said]


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder with a database of its own, 80 columns, a known person."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEPWELL_DATABASE_URL", f"sqlite:///{tmp_path / 'stepwell.db'}")
    monkeypatch.setenv("STEPWELL_ACTOR", "ada")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str]) -> Say:
    """Carries a command out in this process."""

    def carry_out(*words: str) -> Said:
        capfd.readouterr()
        status = cli.execute(words)
        return Said(status, *capfd.readouterr())

    return carry_out


@pytest.fixture
def program() -> Say:
    """Carries a command out as the real program, in a process of its own."""

    def carry_out(*words: str, given: str = "") -> Said:
        code = "from stepwell.main import run; run()"
        done = subprocess.run(
            [sys.executable, "-c", code, *words], input=given, capture_output=True, text=True, check=False,
            env=os.environ | {"PYTHONPATH": str(MODELS.parents[1] / "src")},
        )  # fmt: skip
        return Said(done.returncode, done.stdout, done.stderr)

    return carry_out


@pytest.fixture
def order(sqlite_template: Path, tmp_path: Path, say: Say) -> Path:
    """The process of ``order.bpmn``, deployed."""
    (tmp_path / "stepwell.db").write_bytes(sqlite_template.read_bytes())
    assert say("deploy", str(MODELS / "order.bpmn")).status == 0
    return MODELS / "order.bpmn"
