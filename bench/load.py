"""Load on an HTTP server by wrk, and what it says."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from tempfile import NamedTemporaryFile

_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Request:
    """What is asked, again and again."""

    path: str
    method: str = "GET"
    body: str = ""
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Load:
    """What a server bore."""

    rate_per_s: float
    p50_ms: float
    p99_ms: float


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(
    command: Sequence[str], ready: tuple[int, str], environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a server for as long as the block; ``ready`` is a port and a path that answers 2xx."""
    server = subprocess.Popen(command, env=dict(environment), stdout=subprocess.DEVNULL)
    try:
        wait_until_ready(server, *ready)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_until_ready(server: subprocess.Popen[bytes], port: int, path: str, seconds: float = 60) -> None:
    """Asks until the server answers 2xx; raises if it ends or the time is up."""
    end = time.monotonic() + seconds
    while not _answers(port, path):
        if server.poll() is not None:
            raise RuntimeError(f"Expected the server to run but it ended with {server.returncode}")
        if time.monotonic() > end:
            raise TimeoutError(f"Expected an answer on {path} within {seconds} s but got none")
        time.sleep(0.002)


def wrk_missing() -> bool:
    """Whether this machine has no wrk."""
    return shutil.which("wrk") is None


def wrk(port: int, request: Request, *, connections: int, seconds: int, paths: Sequence[str] = ()) -> Load:
    """Presses on one address, or on each of the ``paths`` once; raises if any answer was not 2xx or 3xx."""
    with NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(_lua(request) + (_each_once(paths, connections) if paths else ""))
        file.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", file.name]
        address = f"http://127.0.0.1:{port}{request.path}"
        said = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout
    return parse(said)


def parse(said: str) -> Load:
    """The rate and latencies in wrk's words."""
    for bad in (r"Non-2xx or 3xx responses: \d+", r"Socket errors: .*"):
        if found := re.search(bad, said):
            raise RuntimeError(f"Expected only good answers but wrk said {found[0]}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if rate is None:
        raise RuntimeError(f"Expected wrk to say requests per second but it said {said.strip()[-200:]}")
    return Load(float(rate[1]), _latency(said, 50), _latency(said, 99))


def _latency(said: str, share: int) -> float:
    found = re.search(rf"^\s+{share}%\s+([\d.]+)(us|ms|s|m)$", said, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"Expected wrk to say the {share}% latency but it said {said.strip()[-200:]}")
    return float(found[1]) * _MILLISECONDS[found[2]]


def _lua(request: Request) -> str:
    headers = {"Content-Type": "application/json"} | dict(request.headers or {})
    lines = [f'wrk.method = "{request.method}"', f"wrk.body = [[{request.body}]]" if request.body else ""]
    return "\n".join([*lines, *(f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items())])


def _each_once(paths: Sequence[str], connections: int) -> str:
    """Lets wrk stop before the last paths, of which as many are under way as there are connections."""
    listed = ", ".join(f'"{path}"' for path in paths)
    return f"""
local paths, at, answered = {{{listed}}}, 0, 0
function request()
  at = at + 1
  return wrk.format("POST", paths[math.min(at, #paths)])
end
function response()
  answered = answered + 1
  if answered >= #paths - {connections} then
    wrk.thread:stop()
  end
end
"""


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return 200 <= connection.getresponse().status < 300
    except OSError:
        return False
    finally:
        connection.close()
