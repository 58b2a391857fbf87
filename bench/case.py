"""A case: one script that measures one system in one setting, run as a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench.results import Sample
from bench.setup import BPMN_ENGINE, PEERS_PYTHON, ROOT, bpmn_engine_ready

TIMEOUT_SECONDS = 1800


@dataclass(frozen=True)
class Case:
    """``script`` is a module, or a file for node. ``keep`` names data that the rounds of one run share."""

    workload: str
    system: str
    setting: str
    script: str
    task: Mapping[str, Any] = field(default_factory=dict)
    keep: str = ""

    @property
    def title(self) -> str:
        """What the progress bar and the list of what was not measured say."""
        return f"{self.workload} {self.system} {self.setting}"

    @property
    def on_postgresql(self) -> bool:
        """Whether the script needs a database of a PostgreSQL server."""
        return self.task.get("database") == "postgresql"


class NotMeasuredError(Exception):
    """This case gave no figure; the text says why."""


@dataclass(frozen=True)
class Place:
    """Where a run works: a folder on the disk that is measured, and a PostgreSQL server or why there is none."""

    folder: Path
    postgresql: str = ""
    why_no_postgresql: str = ""


def measure(case: Case, place: Place) -> list[Sample]:
    """Runs the case once."""
    with _folder(case, place) as folder, _database(case, place) as url:
        task = {"workload": case.workload, **case.task, "folder": str(folder), "url": url}
        output = _output(case, task)
    return [_sample(case, line) for line in output]


def _output(case: Case, task: Mapping[str, Any]) -> list[dict[str, Any]]:
    try:
        done = subprocess.run(
            [*_command(case.script), json.dumps(task)],
            cwd=ROOT,
            env=_environment(case.script),
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotMeasuredError(f"took more than {TIMEOUT_SECONDS} s") from None
    if done.returncode:
        raise NotMeasuredError(_last_line(done.stderr) or f"exit code {done.returncode}")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    for line in lines:
        if "not_measured" in line:
            raise NotMeasuredError(line["not_measured"])
    return lines


def _command(script: str) -> list[str]:
    if script == BPMN_ENGINE:
        if not bpmn_engine_ready():
            raise NotMeasuredError("bpmn-engine is not installed: python -m bench setup, with node and npm")
        return ["node", script]
    python = str(PEERS_PYTHON) if _is_peer(script) else sys.executable
    if not Path(python).exists():
        raise NotMeasuredError("the peers are not installed: python -m bench setup")
    return [python, "-m", script]


def _is_peer(script: str) -> bool:
    return script.startswith(("bench.peers.", "bench/peers/"))


def _environment(script: str) -> dict[str, str]:
    """Peers never see our source."""
    found = dict(os.environ) | {"PYTHONHASHSEED": "0"}
    found.pop("PYTHONPATH", None)
    return found if _is_peer(script) else found | {"PYTHONPATH": str(ROOT / "src")}


def _sample(case: Case, line: dict[str, Any]) -> Sample:
    return Sample(**({"workload": case.workload, "system": case.system, "setting": case.setting} | line))


def _last_line(text: str) -> str:
    return text.strip().rsplit("\n", 1)[-1]


@contextmanager
def _folder(case: Case, place: Place) -> Iterator[Path]:
    if case.keep:
        kept = place.folder / case.keep
        kept.mkdir(exist_ok=True)
        yield kept
        return
    with TemporaryDirectory(dir=place.folder) as folder:
        yield Path(folder)


@contextmanager
def _database(case: Case, place: Place) -> Iterator[str]:
    """A new database of the server, dropped afterwards unless it is kept; '' for what needs none."""
    if not case.on_postgresql:
        yield ""
        return
    if not place.postgresql:
        raise NotMeasuredError(place.why_no_postgresql)
    name = f"bench_{case.keep.replace('-', '_')}" if case.keep else "bench"
    with psycopg.connect(place.postgresql, autocommit=True) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone()
        if known and not case.keep:
            _drop(connection, name)
        if not (known and case.keep):
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        yield urlunsplit(urlsplit(place.postgresql)._replace(path=f"/{name}"))
        if not case.keep:
            _drop(connection, name)


def _drop(connection: psycopg.Connection[Any], name: str) -> None:
    connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def clear(place: Place) -> None:
    """Removes the data that cases kept."""
    shutil.rmtree(place.folder, ignore_errors=True)
