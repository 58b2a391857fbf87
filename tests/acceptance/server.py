"""Real server processes, as a person would start them, and what they call outside."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-c", "from stepwell.main import run; run()"]
TOKEN = "swordfish"
BEARER = {"authorization": f"Bearer {TOKEN}"}
LONGEST_START = 60.0  # seconds, on a machine that does other things too
PATIENCE = 60.0  # seconds in which what has to happen does happen, whatever else the machine does


def environment(database: str = "", **settings: str) -> dict[str, str]:
    """What the program finds around it: this source, this database (or none named), and settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("STEPWELL_")}
    given = {f"STEPWELL_{name.upper()}": value for name, value in settings.items()}
    named = {"STEPWELL_DATABASE_URL": database} if database else {}
    return own | {"PYTHONPATH": str(ROOT / "src"), "STEPWELL_TOKEN": TOKEN} | named | given


@dataclass
class Server:
    """A process of ``stepwell serve``: where it listens, and the file that holds what it complained of."""

    process: "subprocess.Popen[str]"
    address: str
    log: Path
    client: httpx.Client

    def kill(self) -> None:
        """End it without a word to it (SIGKILL)."""
        self.process.kill()
        self._gone()

    def stop(self) -> None:
        """End it as a person would (SIGTERM)."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self._gone()

    def _gone(self) -> None:
        self.process.wait(LONGEST_START)
        self.client.close()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def complaints(self) -> str:
        """What it wrote to stderr."""
        return self.log.read_text()


def start(database: str, folder: Path, *options: str, **settings: str) -> Server:
    """Start a server on a free port, and wait until it says that it is ready."""
    log = folder / "server.log"
    with log.open("a") as complaints:
        process = subprocess.Popen(
            [*PROGRAM, "serve", "--port", "0", *options], env=environment(database, **settings), cwd=folder,
            stdout=subprocess.PIPE, stderr=complaints, text=True,
        )  # fmt: skip
    guard = threading.Timer(LONGEST_START, process.kill)
    guard.start()
    try:
        address = _address(process)
    finally:
        guard.cancel()
    assert address, f"the server was not ready in {LONGEST_START} s: {log.read_text()}"
    client = httpx.Client(base_url=f"{address}/api/v1", headers=BEARER, timeout=30, trust_env=False)
    return Server(process, address, log, client)


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"ready: (http://\S+)", line):
            return found[1]
    return ""


@contextmanager
def serving(database: str, folder: Path, *options: str, **settings: str) -> Iterator[Server]:
    """A server for the length of a block; it must end without having complained of anything unexpected."""
    server = start(database, folder, *options, **settings)
    try:
        yield server
    finally:
        server.stop()
    assert "Traceback" not in server.complaints(), server.complaints()


def until(condition: Callable[[], object], what: str, pause: float = 0.02) -> None:
    """Wait until another process has made it true. How fast it does so is for the bench to measure: here only what
    never happens may fail, on a machine that is busy with other things, too.
    """
    end = time.monotonic() + PATIENCE
    nobody = threading.Event()
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {PATIENCE} s"
        nobody.wait(pause)


@dataclass
class Recorder:
    """A web service that remembers each call: its idempotency key and its body, in order."""

    address: str = ""
    calls: list[tuple[str, str]] = field(default_factory=list)

    def keys(self) -> dict[str, list[str]]:
        """The idempotency keys that came with each body."""
        found: dict[str, list[str]] = {}
        for key, body in list(self.calls):
            found.setdefault(body, []).append(key)
        return found


@contextmanager
def recording() -> Iterator[Recorder]:
    """A recorder on a port of its own."""
    found = Recorder()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return  # the caller was killed while it spoke: nobody understood it
            found.calls.append((self.headers["idempotency-key"], body.decode()))
            try:
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()
            except OSError:
                self.close_connection = True  # the caller was killed meanwhile

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128  # a server calls for many jobs at a time

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a caller that was killed in the middle of its call

    with Quiet(("127.0.0.1", 0), Handler) as service:
        found.address = f"http://127.0.0.1:{service.server_port}/"
        thread = threading.Thread(target=service.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield found
        finally:
            service.shutdown()
            thread.join()
