"""W5 on Stepwell: the first page of one user's inbox; the open tasks are made once and kept."""

from collections.abc import Iterator

from bench import inbox_data, models, script
from bench.systems import stepwell

PAGE = 50
SUBMITTERS = 256


def fill(engine: stepwell.Engine, tasks: int) -> None:
    """Makes the open tasks unless they are there."""
    if engine.holds_instances():
        return
    for kind in ("offered", "assigned"):
        engine.deploy(models.inbox(kind))
    engine.start_many(_starts(tasks), SUBMITTERS)


def _starts(tasks: int) -> Iterator[stepwell.Start]:
    for number in range(tasks):
        user, roles = inbox_data.offer(number)
        if user:
            yield stepwell.Start("assigned", {"user": user})
        else:
            yield stepwell.Start("offered", {"roles": list(roles)})


def main() -> None:
    given = script.task()
    roles = tuple(inbox_data.roles()) if given["every_role"] else inbox_data.USER_ROLES
    with stepwell.opened(given) as engine:
        fill(engine, given["tasks"])

        def page(_: int) -> None:
            found = engine.inbox_page(inbox_data.USER, roles, PAGE)
            assert found == PAGE, f"Expected a full page but found {found} tasks"

        script.one_caller(page, range(20))
        script.say("pages", script.one_caller(page, range(given["count"])))


if __name__ == "__main__":
    main()
