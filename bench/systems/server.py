"""The product as a server: ``stepwell serve`` as a process of its own, spoken to over HTTP."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import load, models
from bench.systems.stepwell import sqlite_path

COMMAND = (str(Path(sys.executable).with_name("stepwell")),)
READY = "/health/ready"
API = "/api/v1"
TOKEN = "bench"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
BODY = json.dumps({"process_id": "w2", "variables": {"x": 1}})


def command(port: int) -> list[str]:
    """The server on this port of this machine."""
    return [*COMMAND, "serve", "--port", str(port)]


def environment(folder: Path, url: str) -> dict[str, str]:
    """Its settings: the database at ``url``, or a file in the folder, and a token."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("STEPWELL_")}
    own = {"STEPWELL_DATABASE_URL": _database(folder, url), "STEPWELL_LOG_LEVEL": "error"}
    return found | own | {"STEPWELL_TOKEN": TOKEN}


@dataclass(frozen=True)
class Running:
    """A server that is ready."""

    port: int
    pid: int
    connection: HTTPConnection

    def deploy_w2(self) -> None:
        """Makes a version of W2."""
        self._ask("POST", f"{API}/deployments", models.w2(), "application/xml")

    def start_request(self) -> load.Request:
        """What starts a W2 instance."""
        return load.Request(f"{API}/instances", "POST", BODY, BEARER)

    def start(self) -> str:
        """Starts a W2 instance; gives the id of its task."""
        task: str = self._ask("POST", f"{API}/instances", BODY)["user_tasks"][0]["id"]
        return task

    def complete(self, task: str) -> None:
        """Completes a user task."""
        self._ask("POST", f"{API}/user-tasks/{task}/complete", "{}")

    def another(self) -> "Running":
        """The same server over a connection of its own, for another thread."""
        return replace(self, connection=HTTPConnection("127.0.0.1", self.port, timeout=60))

    def start_process(self, process_id: str, variables: Mapping[str, Any]) -> str:
        """Starts an instance; gives its id."""
        body = json.dumps({"process_id": process_id, "variables": dict(variables)})
        started: str = self._ask("POST", f"{API}/instances", body)["id"]
        return started

    def status(self, instance: str) -> str:
        """How an instance is."""
        found: str = self._ask("GET", f"{API}/instances/{instance}")["status"]
        return found

    def cancel(self, instance: str) -> None:
        """Ends an instance."""
        self._ask("POST", f"{API}/instances/{instance}/cancel", "{}")

    def inbox_page(self, user: str, roles: Sequence[str]) -> None:
        """Reads the first page of a person's inbox."""
        asked = urlencode([("user", user), *(("roles", role) for role in roles)])
        items = self._ask("GET", f"{API}/inbox?{asked}")["items"]
        assert items, "Expected open tasks in the inbox but found none"

    def _ask(self, method: str, path: str, body: str = "", kind: str = "application/json") -> dict[str, Any]:
        headers = BEARER | ({"Content-Type": kind} if body else {})
        self.connection.request(method, path, body.encode() or None, headers)
        answer = self.connection.getresponse()
        said = answer.read()
        if answer.status >= 300:
            raise RuntimeError(
                f"Expected {method} {path} to be done but it was answered {answer.status}: {said!r}"
            )
        found: dict[str, Any] = json.loads(said)
        return found


@contextmanager
def running(folder: Path, url: str) -> Iterator[Running]:
    """A server for as long as the block."""
    port = load.free_port()
    with load.serving(command(port), (port, READY), environment(folder, url)) as process:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            yield Running(port, process.pid, connection)
        finally:
            connection.close()


def _database(folder: Path, url: str) -> str:
    return url or f"sqlite:///{sqlite_path({'folder': str(folder)})}"
