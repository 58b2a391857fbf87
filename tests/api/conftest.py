"""A real server process, and the application called without one."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

import stepwell
from stepwell import config
from stepwell.api import app
from stepwell.api.front import Front
from stepwell.api.rooms import Rooms
from stepwell.library import Engine

MODELS = Path(__file__).parent / "models"
TOKEN = "swordfish"


@dataclass
class Api:
    """The application over an engine; every call answers before the next one begins."""

    engine: Engine
    runner: asyncio.Runner
    client: httpx.AsyncClient

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        path = path if path.startswith(("/health", "/docs", "/api/")) else f"/api/v1{path}"
        return self.runner.run(self.client.request(method, path, **given))

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.ask("GET", path, params=query)

    def post(self, path: str, body: Any = None, **given: Any) -> httpx.Response:
        return self.ask("POST", path, json={} if body is None else body, **given)

    def start(self, process_id: str, **body: Any) -> dict[str, Any]:
        answer = self.post("/instances", {"process_id": process_id, **body})
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found


def rooms_of(engine: Engine) -> Rooms:
    submit = engine.loop_driver().submit
    return Rooms(
        engine.store,
        submit,
        engine.settings,
        engine.directory,
        is_embedded=engine.is_embedded,
        carry_out_long=engine.submit_aside,
        files=engine.files,
        live=engine.live,
    )


@contextmanager
def opened(url: str, bearer: str | None = TOKEN, short: bool = True, **given: Any) -> Iterator[Api]:
    """Who asks brings the ``bearer``, if any: the installation's token unless told otherwise.

    ``short`` false takes away the short way of commands: the framework carries them out.
    """
    settings = config.load(
        {"database_url": url, "token": SecretStr(TOKEN), "files_url": "memory://files", **given}
    )
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    with stepwell.open(url, settings=settings, upgrade=False) as engine, asyncio.Runner() as runner:
        rooms = rooms_of(engine)
        built = app.build(rooms) if short else Front(app.framework(), rooms, [])
        transport = httpx.ASGITransport(built, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://stepwell.test", headers=headers)
        try:
            yield Api(engine, runner, client)
        finally:
            runner.run(client.aclose())


@pytest.fixture
def api(database_url: str) -> Iterator[Api]:
    with opened(database_url) as found:
        for path in sorted(MODELS.glob("*.bpmn")):
            found.engine.deploy(path)
        yield found


@dataclass
class Server:
    """A server process: where it listens, and its process."""

    address: str
    process: subprocess.Popen[str]
    database: str


@contextmanager
def serving(folder: Path, *options: str, **settings: str) -> Iterator[Server]:
    """A server on a new database in the folder."""
    database = f"sqlite:///{folder / 'stepwell.db'}"
    source = Path(__file__).parents[2] / "src"
    environment = {**os.environ, "PYTHONPATH": str(source), "STEPWELL_DATABASE_URL": database, **settings}
    command = [sys.executable, "-c", "from stepwell.main import run; run()", "serve", "--port", "0", *options]
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        line = ""
        while not (found := re.search(r"ready: (http://\S+)", line)):
            line = process.stdout.readline()
            assert line or process.poll() is None, "the server ended before it was ready"
        yield Server(found[1], process, database)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        process.stdout.close()
