"""DBOS on SQLite or PostgreSQL, a number of callers at once: a workflow that waits for one message.

A start is answered when the workflow is recorded; the measure ends when all of them wait. A completion is a
message sent and the workflow's result received.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from time import perf_counter
from typing import Any

from dbos import DBOS, DBOSConfig

from bench import script

TOPIC = "answer"
POLL_SECONDS = 0.05  # the fastest of several tried; the default of 1 s would be unfair to SQLite
waiting = 0


@DBOS.workflow()  # type: ignore[untyped-decorator]
async def ask(x: int) -> int:
    """Start, one task for a person, end."""
    global waiting  # noqa: PLW0603 - the only thing that tells that a workflow has come so far
    waiting += 1
    answer = await DBOS.recv_async(TOPIC, timeout_seconds=600)
    return x + int(answer)


async def w2(count: int, submitters: int) -> None:
    handles: list[Any] = []

    async def start(number: int) -> None:
        handles.append(await DBOS.start_workflow_async(ask, number))

    async def complete(handle: Any) -> None:
        await DBOS.send_async(handle.workflow_id, 1, topic=TOPIC)
        await handle.get_result(polling_interval_sec=0.005)

    began = perf_counter()
    started = await callers(start, range(count), submitters)
    await all_wait(count)
    script.say("starts", script.Timing(perf_counter() - began, started.latencies))
    script.say("completions", await callers(complete, handles, submitters))


async def all_wait(count: int) -> None:
    """Returns when this many workflows have come to their message."""
    while waiting < count:  # noqa: ASYNC110 - the workflow counts; an event for it would be work of the peer
        await asyncio.sleep(0.001)


async def callers(
    call: Callable[[Any], Awaitable[None]], arguments: Iterable[Any], submitters: int
) -> script.Timing:
    """Callers at once, each waiting for the reply to its call before the next."""
    left = iter(arguments)
    latencies = []

    async def caller() -> None:
        for argument in left:
            began = perf_counter()
            await call(argument)
            latencies.append(perf_counter() - began)

    began = perf_counter()
    await asyncio.gather(*(caller() for _ in range(submitters)))
    return script.Timing(perf_counter() - began, latencies)


def main() -> None:
    given = script.task()
    url = given.get("url") or f"sqlite:///{script.folder(given) / 'dbos.db'}"
    config: DBOSConfig = {
        "name": "bench",
        "system_database_url": url,
        "log_level": "ERROR",
        "notification_listener_polling_interval_sec": POLL_SECONDS,
    }
    DBOS(config=config)

    async def run() -> None:
        DBOS.launch()
        await w2(given["count"], given["submitters"])

    asyncio.run(run())
    DBOS.destroy()


if __name__ == "__main__":
    main()
