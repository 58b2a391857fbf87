"""W1 to W4 on Stepwell: starts, and where people take part, completions, by any number of submitters."""

from bench import models, script
from bench.systems import stepwell

MODELS = {
    "W1": ("w1", models.w1(models.FEEL)),
    "W2": ("w2", models.w2()),
    "W3": ("w3", models.w3()),
    "W4": ("w4", models.w4(models.FEEL)),
}
AUTOMATIC = ("W1", "W4")


def main() -> None:
    given = script.task()
    workload, count, submitters = given["workload"], given["count"], given["submitters"]
    process, xml = MODELS[workload]
    with stepwell.opened(given) as engine:
        engine.deploy(xml)
        starts = [stepwell.Start(process, {"x": 1, "i": 0})] * count
        timing = engine.start_many(starts, submitters)
        if workload in AUTOMATIC:
            script.say("instances", timing)
        else:
            script.say("starts", timing)
            script.say("completions", engine.complete_many(engine.open_tasks(), submitters))
        left = engine.count_active()
        assert left == 0, f"Expected every instance to be finished but {left} are active"


if __name__ == "__main__":
    main()
