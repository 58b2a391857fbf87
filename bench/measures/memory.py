"""Peak memory of the server over a database with many waiting instances, from its start on."""

from pathlib import Path

from bench import inbox_data, models, script
from bench.measures import inbox
from bench.systems import server, stepwell


def peak(pid: int) -> int:
    """Bytes: the highest resident set of the process and of each of its children, added up."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return _high_water(pid) + sum(peak(int(child)) for child in children)


def main() -> None:
    given = script.task()
    with stepwell.opened(given) as engine:
        inbox.fill(engine, given["tasks"])
        engine.deploy(models.w2())
    with server.running(script.folder(given), given["url"]) as running:
        tasks = [running.start() for _ in range(given["count"])]
        for task in tasks:
            running.complete(task)
        for _ in range(given["count"]):
            running.inbox_page(inbox_data.USER, inbox_data.USER_ROLES)
        script.say_value("bytes", peak(running.pid), "B")


def _high_water(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise ValueError(f"Expected VmHWM of process {pid} but the system does not say it")


if __name__ == "__main__":
    main()
