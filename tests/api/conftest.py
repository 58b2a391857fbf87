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
from stepwell.api.rooms import Rooms
from stepwell.identity import STEPWELL, Actor
from stepwell.library import Engine

MODELS = Path(__file__).parent / "models"
TOKEN = "swordfish"


@dataclass
class Api:
    """The application over an engine; every call answers before the next one begins. ``actor`` is who calls."""

    engine: Engine
    runner: asyncio.Runner
    client: httpx.AsyncClient
    actor: Actor = STEPWELL

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        path = path if path.startswith(("/health", "/docs", "/api")) else f"/api/v1{path}"
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


@contextmanager
def opened(url: str, token: str | None = None, short: bool = True) -> Iterator[Api]:
    """``short`` false takes away the short way of commands: the framework carries them out."""
    settings = config.load(
        {"database_url": url, "token": token and SecretStr(token), "files_url": "memory://files"}
    )
    with stepwell.open(url, settings=settings, upgrade=False) as engine, asyncio.Runner() as runner:
        submit = engine.loop_driver().submit
        rooms = Rooms(
            engine.store,
            submit,
            settings,
            engine.is_embedded,
            submit_long=engine.submit_aside,
            files=engine.files,
        )
        built = app.build(rooms) if short else app.framework(rooms)

        async def as_actor(scope: Any, receive: Any, send: Any) -> None:
            await built({**scope, "actor": found.actor}, receive, send)

        transport = httpx.ASGITransport(as_actor, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://stepwell.test")
        found = Api(engine, runner, client)
        try:
            yield found
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
        process.wait(20)
        process.stdout.close()
