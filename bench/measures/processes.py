"""W1 to W4 on Stepwell: starts, and where people take part, completions, by any number of submitters."""

from typing import Any

from bench import models, script
from bench.systems import core, stepwell

MODELS = {
    "W1": ("w1", models.w1(models.FEEL)),
    "W2": ("w2", models.w2()),
    "W3": ("w3", models.w3()),
    "W4": ("w4", models.w4(models.FEEL)),
}
AUTOMATIC = ("W1", "W4")
VALUES = {"x": 1, "i": 0}


def main() -> None:
    given = script.task()
    if given["database"] == "memory":
        in_memory(given)
    else:
        on_database(given)


def on_database(given: dict[str, Any]) -> None:
    """Every reply comes after the commit."""
    count, submitters = given["count"], given["submitters"]
    process, xml = MODELS[given["workload"]]
    with stepwell.opened(given) as engine:
        engine.deploy(xml)
        starts = [stepwell.Start(process, VALUES)] * count
        _say_starts(given, engine.start_many(starts, submitters))
        if given["workload"] not in AUTOMATIC:
            script.say("completions", engine.complete_many(engine.open_tasks(), submitters))
        _expect_none_active(engine.count_active())


def in_memory(given: dict[str, Any]) -> None:
    """The core alone, as SpiffWorkflow in memory is: nothing is kept."""
    process, xml = MODELS[given["workload"]]
    engine = core.Core()
    engine.deploy(xml)
    _say_starts(given, engine.start_many([stepwell.Start(process, VALUES)] * given["count"]))
    if given["workload"] not in AUTOMATIC:
        script.say("completions", engine.complete_many(engine.open_tasks()))
    _expect_none_active(engine.count_active())


def _say_starts(given: dict[str, Any], timing: script.Timing) -> None:
    script.say("instances" if given["workload"] in AUTOMATIC else "starts", timing)


def _expect_none_active(left: int) -> None:
    assert left == 0, f"Expected every instance to be finished but {left} are active"


if __name__ == "__main__":
    main()
