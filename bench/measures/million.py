"""What another caller sees of a server while a data step counts, or changes, a million records."""

import time
from collections.abc import Callable
from itertools import islice

from bench import callers, models, script
from bench.measures import records
from bench.systems import server, stepwell

WARM = 100  # commands before anything is measured
COUNTS = 20  # times that the records are counted
POLL = 0.1  # seconds between two looks whether a process has ended


def commands(running: server.Running, _number: int) -> callers.Commands:
    """Starts a W2 instance and completes its task, again and again."""
    tasks: list[str] = []
    while True:
        yield lambda: tasks.append(running.start())
        yield lambda: running.complete(tasks.pop())


def count(running: server.Running, _seconds: float) -> None:
    """Counts the records, one time after the other."""
    for _ in range(COUNTS):
        assert wait(running, running.start_process("counting", {}), time.monotonic() + 60)


def change(running: server.Running, seconds: float) -> None:
    """Changes the records: all of them, or those that it comes to in so many seconds."""
    id = running.start_process("raising", {})
    if not wait(running, id, time.monotonic() + seconds):
        running.cancel(id)


def wait(running: server.Running, id: str, until: float) -> bool:
    """Whether an instance was completed in time."""
    while (status := running.status(id)) != "completed":
        assert status == "running", f"Expected instance {id} to run but it is {status}"
        if time.monotonic() > until:
            return False
        time.sleep(POLL)
    return True


WORK: tuple[Callable[[server.Running, float], None], ...] = (count, change)


def main() -> None:
    given = script.task()
    with stepwell.opened(given) as engine:
        records.fill(engine, given["records"])
        for xml in (models.w2(), models.counting(), models.raising()):
            engine.deploy(xml)
    with server.running(script.folder(given), given["url"]) as running:
        for command in islice(commands(running, 0), WARM):
            command()
        for setting, work in zip(given["settings"], WORK, strict=True):
            timing = callers.beside(running, lambda work=work: work(running, given["seconds"]), commands)
            callers.say_longest("commands", timing, setting=setting)


if __name__ == "__main__":
    main()
