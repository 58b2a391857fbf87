from tests.engine.drawing import a_message, around, boundary, taken, task, timer, user
from tests.engine.world import World, flows

RECEIVE = around(task("receiveTask", "r", messageRef="m"), roots=a_message("m", "= order"))


def test_it_waits_for_its_message() -> None:
    world = World.of(RECEIVE)
    world.start(order=1)
    assert world.waiting() == ["r"]


def test_the_values_of_the_message_become_variables() -> None:
    world = World.of(RECEIVE)
    world.start(order=1)
    world.publish("m", "1", paid=True)
    assert (world.status(), world.variable("paid")) == ("completed", True)


def test_a_message_with_another_key_does_not_reach_it() -> None:
    world = World.of(RECEIVE)
    world.start(order=1)
    assert not world.publish("m", "2")


def test_of_two_instances_the_key_chooses() -> None:
    world = World.of(RECEIVE)
    world.start(order=1)
    world.start(order=2)
    world.publish("m", "2")
    assert (world.status(1), world.status(2)) == ("running", "completed")


def test_a_boundary_timer_may_come_first() -> None:
    world = World.of(
        around(task("receiveTask", "r", messageRef="m"), boundary("b", "r", timer("PT1M")), user("late"), flows("b late"),
               roots=a_message("m"))
    )  # fmt: skip
    world.start()
    world.pass_time(60)
    assert (world.waiting(), world.publish("m")) == (["late"], False)


def test_a_wrong_output_does_not_lose_the_message() -> None:
    world = World.of(
        around(task("receiveTask", "r", taken("n", "= 1 / amount"), messageRef="m"), roots=a_message("m"))
    )
    world.start()
    world.publish("m", amount="none")
    (incident,) = world.incidents()
    assert (incident.phase, world.publish("m")) == ("leave", False)
