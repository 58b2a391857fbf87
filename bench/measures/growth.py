"""Whether a step costs more in a big or an old instance than in a small or a young one."""

from collections.abc import Callable
from typing import Any

from bench import models, script
from bench.systems import stepwell

COMPLETIONS = 150
PART = 100
"""Items or passes whose times are added up, at the beginning and at the end."""


def fork(engine: stepwell.Engine, given: dict[str, Any]) -> None:
    """Seconds from the start command until all the tasks are there."""
    size = given["size"]
    engine.deploy(models.fork(size))
    seconds = engine.start_until_open(stepwell.Start("fork", {}), size)
    script.say_value("seconds", seconds, "s")


def siblings(engine: stepwell.Engine, given: dict[str, Any]) -> None:
    """Completions of tasks that have this many brothers and sisters."""
    size = given["size"]
    engine.deploy(models.fork(size))
    _complete_some(engine, stepwell.Start("fork", {}), size)


def children(engine: stepwell.Engine, given: dict[str, Any]) -> None:
    """Completions in a parallel multi-instance whose collection is a variable of the root scope."""
    size = given["size"]
    engine.deploy(models.multi_instance(sequential=False))
    _complete_some(engine, stepwell.Start("many", {"items": list(range(1, size + 1))}), size)


def sequential(engine: stepwell.Engine, given: dict[str, Any]) -> None:
    """Seconds for the first and for the last items of a sequential multi-instance."""
    size = given["size"]
    engine.deploy(models.multi_instance(sequential=True))
    _first_and_last(engine, stepwell.Start("many", {"items": list(range(1, size + 1))}), given)


def iterations(engine: stepwell.Engine, given: dict[str, Any]) -> None:
    """Seconds for the first and for the last passes of a loop in the diagram."""
    engine.deploy(models.loop(given["size"]))
    _first_and_last(engine, stepwell.Start("loop", {"i": 0}), given)


def _complete_some(engine: stepwell.Engine, start: stepwell.Start, size: int) -> None:
    """Times completions, half of each instance at most, so that none of them is the last of its instance."""
    each = min(COMPLETIONS, size // 2)
    tasks: list[str] = []
    while len(tasks) < COMPLETIONS:
        engine.start_until_open(start, size)
        tasks += engine.newest_tasks(each)
    script.say("completions", engine.complete_many(tasks, 1))


def _first_and_last(engine: stepwell.Engine, start: stepwell.Start, given: dict[str, Any]) -> None:
    size, (first, last) = given["size"], given["settings"]
    latencies = engine.complete_in_turn(start, size - 1)
    script.say_value("seconds", sum(latencies[:PART]), "s", setting=first)
    script.say_value("seconds", sum(latencies[-PART:]), "s", setting=last)


KINDS: dict[str, Callable[[stepwell.Engine, dict[str, Any]], None]] = {
    "fork": fork,
    "siblings": siblings,
    "children": children,
    "sequential": sequential,
    "iterations": iterations,
}


def main() -> None:
    given = script.task()
    with stepwell.opened(given) as engine:
        KINDS[given["kind"]](engine, given)


if __name__ == "__main__":
    main()
