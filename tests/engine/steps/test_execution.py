"""What ``stepwell:execution`` says about an activity: in the background, and how often it may be repeated."""

from stepwell.engine import commands as c
from tests.engine.world import World, started


def states(world: World) -> list[tuple[str, str]]:
    return [(row.element, row.state) for row in world.states[1].elements.values()]


# -- in the background -----------------------------------------------------------------------------------


def test_in_the_background_it_is_entered_by_a_later_transaction() -> None:
    world = started("execution/background", readers=12, groups=3)
    assert (world.variable("readers"), states(world)[0]) == (12, ("count_readers", "pending"))
    world.go_on()
    assert world.variable("readers") == 4


def test_in_the_background_it_holds_no_other_path() -> None:
    world = started("execution/background", readers=12, groups=3)
    world.complete("proofread")
    assert (world.status(), world.waiting()) == ("running", ["count_readers"])


def test_stuck_in_the_background_it_is_an_incident_like_any_other() -> None:
    world = started("execution/background", readers=12, groups="some")
    world.go_on()
    assert world.stuck() == [("count_readers", "expression.failed")]
    world.repair(groups=3)
    assert world.variable("readers") == 4


def test_a_background_multi_instance_is_put_off_once_as_a_whole() -> None:
    world = started("execution/background_rounds", readers=["ann", "bob"])
    assert states(world) == [("greet", "pending")]
    world.go_on()
    assert world.variable("greetings") == ["ann", "bob"]


def test_a_scope_that_ends_takes_what_is_put_off_with_it() -> None:
    world = started("execution/background_in_sub_process")
    (job,) = [job for job in world.states[1].jobs.values() if job.type == "timer"]
    world.do(c.FireTimer(job.key))
    world.go_on()
    assert (world.status(), world.path()[-1], world.tasks()) == ("completed", "not_sent", [])


def test_its_boundary_events_wait_from_when_it_is_entered() -> None:
    world = started("execution/background_with_boundary_event", readers=12, groups=3)
    assert "hour_over" not in world.waits()
    world.go_on()
    assert world.waits() == ["hour_over", "send"]


def test_stuck_in_the_background_its_boundary_events_wait_after_the_repair() -> None:
    world = started("execution/background_with_boundary_event", readers=12, groups="some")
    world.go_on()
    assert (world.stuck(), world.waits()) == ([("send", "expression.failed")], [])
    world.repair(groups=3)
    assert world.waits() == ["hour_over", "send"]


def test_a_cancelled_instance_does_not_go_on_with_what_is_put_off() -> None:
    world = started("execution/background", readers=12, groups=3)
    world.do(c.CancelInstance())
    world.go_on()
    assert (world.status(), world.waits(), world.variable("readers")) == ("cancelled", [], 12)


def test_in_a_circle_a_background_activity_counts_once_in_every_pass() -> None:
    world = World.file("execution/background_circle", max_repetitions=5)
    world.start(n=0, most=4)
    world.go_on()
    assert (world.status(), world.variable("n")) == ("completed", 4)


# -- repetitions -----------------------------------------------------------------------------------------


def test_it_may_be_repeated_as_often_as_the_activity_says() -> None:
    assert started("execution/repetitions_of_the_step", n=0, most=3).variable("n") == 3


def test_beyond_what_the_activity_says_it_is_an_incident() -> None:
    world = started("execution/repetitions_of_the_step", n=0, most=4)
    assert (world.stuck(), world.variable("n")) == ([("add_one", "repetitions.exceeded")], 3)


def test_without_a_word_of_the_activity_the_process_says_how_often() -> None:
    world = started("execution/repetitions_of_the_process", n=0, most=4)
    assert (world.stuck(), world.variable("n")) == ([("add_one", "repetitions.exceeded")], 3)


def test_a_retry_lets_it_be_repeated_as_often_again() -> None:
    world = started("execution/repetitions_of_the_step", n=0, most=6)
    world.repair()
    assert (world.status(), world.variable("n")) == ("completed", 6)
