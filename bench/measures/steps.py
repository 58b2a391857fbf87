"""Completing a step over HTTP: bare (W2), and with its page checked, a data step and the next step behind it."""

import json
from collections.abc import Callable
from typing import Any

from bench import load, models, script
from bench.systems import server, stepwell

VISIT = {
    "name": "visit",
    "fields": [{"name": "guest", "type": "text"}, {"name": "nights", "type": "integer"}],
}
SECONDS = 6  # that wrk waits; it asks for each path once and no more
FILLED = json.dumps({"values": {"guest": "Ada", "nights": 3, "note": "late"}, "button": "save"})


def bare(engine: stepwell.Engine, count: int) -> list[str]:
    """Ids of open W2 tasks."""
    engine.deploy(models.w2())
    engine.start_some(stepwell.Start("w2", {"x": 1}), count)
    return engine.open_tasks()


def paged(engine: stepwell.Engine, count: int) -> list[str]:
    """Ids of steps whose page was opened."""
    engine.put_record_type(VISIT)
    engine.deploy(models.step())
    engine.start_some(stepwell.Start("step", {}), count)
    ids = engine.open_tasks()
    for id in ids:
        engine.open_page(id)
    return ids


KINDS: dict[str, tuple[Callable[[stepwell.Engine, int], list[str]], str]] = {
    "bare": (bare, "{}"),
    "paged": (paged, FILLED),
}


def main() -> None:
    given: dict[str, Any] = script.task()
    if load.wrk_missing():
        script.cannot("Expected wrk on the search path but found none (Debian: apt-get install wrk)")
        return
    prepare, body = KINDS[given["kind"]]
    with stepwell.opened(given) as engine:
        ids = prepare(engine, given["count"])
    paths = [f"{server.API}/user-tasks/{id}/complete" for id in ids]
    with server.running(script.folder(given), given["url"]) as running:
        asked = load.Request(server.READY, "POST", body, server.BEARER)
        found = load.wrk(running.port, asked, connections=given["connections"], seconds=SECONDS, paths=paths)
    script.say_latency("completions", (found.p50_ms, found.p99_ms))


if __name__ == "__main__":
    main()
