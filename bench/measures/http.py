"""Requests per second over HTTP: a durable start, a POST that does nothing, a trivial GET of FastAPI."""

import os
import sys
from collections.abc import Callable
from typing import Any

from bench import load, script
from bench.setup import PEERS_PYTHON
from bench.systems import server


def noop(given: dict[str, Any]) -> load.Load:
    """The no-op POST under granian, one process, as Stepwell is served."""
    port = load.free_port()
    options = ["--interface", "asgi", "--workers", "1", "--loop", "uvloop", "--no-access-log"]
    command = ["granian", *options, "--host", "127.0.0.1", "--port", str(port)]
    return _press(
        [sys.executable, "-m", *command, "--log-level", "critical", "bench.systems.litestar_noop:app"],
        port,
        load.Request("/", "POST", server.BODY),
        given,
    )


def fastapi(given: dict[str, Any]) -> load.Load:
    """The trivial GET under uvicorn, one process."""
    port = load.free_port()
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-access-log", "--log-level", "critical"]
    command = [str(PEERS_PYTHON), "-m", "uvicorn", "bench.peers.fastapi_get:app", *options]
    return _press(command, port, load.Request("/"), given)


def stepwell(given: dict[str, Any]) -> load.Load:
    """The durable start of a W2 instance."""
    with server.running(script.folder(given), given["url"]) as running:
        running.deploy_w2()
        return _wrk(running.port, running.start_request(), given)


def _press(command: list[str], port: int, request: load.Request, given: dict[str, Any]) -> load.Load:
    with load.serving(command, (port, "/"), os.environ):
        return _wrk(port, request, given)


def _wrk(port: int, request: load.Request, given: dict[str, Any]) -> load.Load:
    load.wrk(port, request, connections=given["connections"], seconds=1)
    return load.wrk(port, request, connections=given["connections"], seconds=given["seconds"])


SYSTEMS: dict[str, Callable[[dict[str, Any]], load.Load]] = {
    "litestar-noop": noop,
    "fastapi-get": fastapi,
    "stepwell": stepwell,
}


def main() -> None:
    given = script.task()
    if load.wrk_missing():
        script.cannot("Expected wrk on the search path but found none (Debian: apt-get install wrk)")
        return
    found = SYSTEMS[given["system"]](given)
    measure = "starts" if given["system"] == "stepwell" else "requests"
    script.say_rate(measure, found.rate_per_s, (found.p50_ms, found.p99_ms))


if __name__ == "__main__":
    main()
