"""How long a person waits: for `stepwell --help`, and for the server to say that it is ready."""

import subprocess
from pathlib import Path
from statistics import median
from time import perf_counter

from bench import load, script
from bench.systems import server

TIMES = 10


def help_seconds(_: Path) -> float:
    """`stepwell --help`, from the command to its end."""
    began = perf_counter()
    subprocess.run([*server.COMMAND, "--help"], check=True, capture_output=True)
    return perf_counter() - began


def ready_seconds(folder: Path) -> float:
    """`stepwell serve` until the first 200 of `/health/ready`, on a database that is there already."""
    port = load.free_port()
    began = perf_counter()
    with load.serving(server.command(port), (port, server.READY), server.environment(folder, "")):
        return perf_counter() - began


def main() -> None:
    given = script.task()
    measured = {"help": help_seconds, "server ready": ready_seconds}[given["what"]]
    folder = script.folder(given)
    times = [measured(folder) for _ in range(TIMES + 1)]
    script.say_value("seconds", median(times[1:]), "s")


if __name__ == "__main__":
    main()
