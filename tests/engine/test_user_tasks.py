"""What people do with a step beside completing it: hand it on, put it off, give it up; and whether it opens by itself."""

import pytest

from stepwell.engine import commands as c
from stepwell.engine.rows import UserTask
from stepwell.errors import Conflict, Invalid, NotFound
from tests.engine.world import BEGIN, SECOND, World, started

HOUR = 3600 * SECOND


def offered() -> World:
    """The clerks may look at an order; the task's key is 1."""
    return started("user_task/offered")


def task(world: World) -> UserTask:
    return world.tasks()[0]


def postponed(world: World, **more: object) -> UserTask:
    world.do(c.PostponeUserTask(1, start_at=BEGIN + HOUR, **more))  # type: ignore[arg-type]
    return task(world)


def test_handed_on_it_is_for_the_one_named() -> None:
    world = offered()
    world.do(c.ReassignUserTask(1, "eve"))
    assert (task(world).assignee, task(world).candidate_roles) == ("eve", ())


def test_handed_on_to_a_role_nobody_has_it() -> None:
    world = offered()
    world.do(c.ClaimUserTask(1, "bob"))
    world.do(c.ReassignUserTask(1, candidate_roles=("bosses",)))
    assert (task(world).assignee, task(world).candidate_roles) == ("", ("bosses",))


def test_handed_on_to_who_has_it_nothing_happens() -> None:
    assert offered().do(c.ReassignUserTask(1, candidate_roles=("clerks",))) == []


def test_it_can_not_be_handed_on_to_nobody() -> None:
    with pytest.raises(Invalid, match="but found nobody"):
        offered().do(c.ReassignUserTask(1))


def test_put_off_it_starts_later_and_is_due_after_its_duration() -> None:
    found = postponed(offered(), duration=2 * HOUR)
    assert (found.start_at, found.due_at) == (BEGIN + HOUR, BEGIN + 3 * HOUR)


def test_put_off_it_may_have_another_title_and_stand_in_the_calendar() -> None:
    found = postponed(offered(), title="Look again", in_calendar=True)
    assert (found.title, found.details.in_calendar) == ("Look again", True)


def test_put_off_without_a_title_it_keeps_its_own() -> None:
    assert postponed(offered()).title == "Look"


def test_a_task_of_a_role_is_put_off_for_all_of_the_role() -> None:
    assert postponed(offered()).candidate_roles == ("clerks",)


def test_a_task_of_a_role_that_is_put_off_for_somebody_is_theirs() -> None:
    assert postponed(offered(), assignee="eve").assignee == "eve"


def test_a_completed_task_reminds_nobody() -> None:
    world = offered()
    postponed(world, remind_at=BEGIN + HOUR)
    world.complete("look")
    assert (world.status(), list(world.states[1].jobs)) == ("completed", [])


def test_a_timer_is_no_reminder() -> None:
    world = offered()
    postponed(world, remind_at=BEGIN + HOUR)
    with pytest.raises(Conflict, match="of another type"):
        world.do(c.FireTimer(next(iter(world.states[1].jobs))))


def test_given_up_the_branch_ends_and_the_others_go_on() -> None:
    world = started("user_task/two_paths")
    world.do(c.CancelUserTask(world.task("write_card").key))
    assert (world.status(), world.waiting()) == ("running", ["pack"])


def test_given_up_the_last_step_ends_the_instance_as_cancelled() -> None:
    world = offered()
    world.do(c.CancelUserTask(1, reason="not needed"))
    assert world.status() == "cancelled"


def test_given_up_inside_of_a_sub_process_what_is_behind_it_goes_on() -> None:
    world = started("user_task/in_sub_process")
    world.do(c.CancelUserTask(task(world).key))
    assert world.waiting() == ["ship"]


def test_given_up_in_a_called_process_its_caller_gets_to_know() -> None:
    world = started("user_task/called")
    world.do(c.CancelUserTask(world.tasks(2)[0].key), 2)
    assert "it was cancelled" in world.incidents()[0].message


def test_what_is_done_can_not_be_given_up() -> None:
    world = offered()
    world.complete("look")
    with pytest.raises((NotFound, Conflict)):
        world.do(c.CancelUserTask(1))


# -- foreground and background (R4) ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "foreground", "opens"),
    [
        ("open_door", True, True),
        ("open_door", False, False),
        ("write_report", True, False),
        ("say_hello", False, True),
    ],
)
def test_it_opens_by_itself_when_the_author_says_so_or_somebody_waits(
    element: str, foreground: bool, opens: bool
) -> None:
    world = World.file("user_task/foreground")
    world.run(world.definitions["visit"], c.StartInstance(1, 1, {}, actor="ann", foreground=foreground))
    world.go_on()
    assert world.task(element).details.foreground is opens


def test_behind_a_background_element_nobody_waits_any_more() -> None:
    world = World.file("user_task/foreground", budget=3)
    world.run(world.definitions["visit"], c.StartInstance(1, 1, {}, actor="ann", foreground=True))
    world.go_on(foreground=True)
    assert {row.element: row.details.foreground for row in world.tasks()} == {
        "write_report": False,
        "open_door": True,
        "say_hello": True,
        "take_coat": True,
    }
