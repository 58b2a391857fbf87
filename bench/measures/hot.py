"""Several servers whose processes change the same few records: how long does the longest command take?"""

import random
from contextlib import ExitStack
from functools import partial

from bench import callers, models, script
from bench.systems import server, stepwell

SHELF = {
    "name": "shelf",
    "fields": [{"name": "number", "type": "integer", "unique": True}, {"name": "count", "type": "integer"}],
}
OF_EACH = 3  # records that each of the two steps of a process counts up


def fill(engine: stepwell.Engine, records: int) -> None:
    """Makes the shelves, and the process that counts some of them up."""
    engine.put_record_type(SHELF)
    engine.import_records("shelf", "number,count\n" + "".join(f"{number},0\n" for number in range(records)))
    engine.deploy(models.hot())


def commands(running: server.Running, number: int, *, records: int, count: int) -> callers.Commands:
    """Starts of the process, each for other records."""
    dice = random.Random(number)
    for _ in range(count):
        numbers = dice.sample(range(records), 2 * OF_EACH)
        values = {"mine": numbers[:OF_EACH], "others": numbers[OF_EACH:]}
        yield partial(running.start_process, "hot", values)


def main() -> None:
    given = script.task()
    folder, count = script.folder(given), given["count"]
    with stepwell.opened(given) as engine:
        fill(engine, given["records"])
        with ExitStack() as stack:
            servers = [
                stack.enter_context(server.running(folder, given["url"])) for _ in range(given["servers"])
            ]
            for running in servers:
                for command in commands(running, -1, records=given["records"], count=20):
                    command()
            calls = partial(commands, records=given["records"], count=count)
            timing = callers.side_by_side(servers, given["callers"], calls)
        done = given["servers"] * 20 + given["callers"] * count
        counted = engine.sum_of("shelf", "count")
        assert counted == done * 2 * OF_EACH, f"Expected {done * 2 * OF_EACH} changes but found {counted}"
    callers.say_longest("commands", timing)


if __name__ == "__main__":
    main()
