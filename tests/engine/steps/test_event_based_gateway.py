from stepwell.engine import commands as c
from tests.engine.drawing import (
    a_message,
    a_signal,
    catch,
    gateway,
    message,
    process,
    signal,
    start,
    taken,
    task,
    timer,
    user,
)
from tests.engine.world import World, flows

XML = process(
    start() + gateway("eventBased", "g") + catch("t", timer("PT1H")) + catch("m", message("msg")) + catch("i", signal("sig"))
    + user("late") + user("paid") + user("stopped") + flows("s g t late", "g m paid", "g i stopped"),
    roots=a_message("msg") + a_signal("sig"),
)  # fmt: skip


def started() -> World:
    world = World.of(XML)
    world.start()
    return world


def test_it_waits_for_all_of_its_events_as_one_element() -> None:
    world = started()
    assert (world.waiting(), len(world.states[1].jobs), len(world.states[1].subscriptions)) == (["g"], 1, 2)


def test_the_first_event_takes_its_path() -> None:
    world = started()
    world.publish("msg")
    assert world.waiting() == ["paid"]


def test_the_first_event_removes_the_others() -> None:
    world = started()
    world.signal("sig")
    assert (dict(world.states[1].jobs), dict(world.states[1].subscriptions)) == ({}, {})


def test_a_timer_may_be_first() -> None:
    world = started()
    world.pass_time(3600)
    assert world.waiting() == ["late"]


def test_a_receive_task_may_be_first_and_its_values_are_taken() -> None:
    xml = process(
        start() + gateway("eventBased", "g") + catch("t", timer("PT1H")) + task("receiveTask", "r", messageRef="msg")
        + user("told") + flows("s g t", "g r told"),
        roots=a_message("msg"),
    )  # fmt: skip
    world = World.of(xml)
    world.start()
    world.publish("msg", n=1)
    assert (world.waiting(), world.variable("n")) == (["told"], 1)


def test_both_the_gateway_and_its_event_stand_in_the_path() -> None:
    world = started()
    world.publish("msg")
    assert world.path() == ["s", "g", "m"]


def test_a_wrong_output_of_the_event_is_an_incident_that_keeps_its_values() -> None:
    xml = process(
        start() + gateway("eventBased", "g") + catch("m", message("msg"), taken("n", "= 1 / amount")) + catch("t", timer("PT1H"))
        + user("paid") + flows("s g m paid", "g t"),
        roots=a_message("msg"),
    )  # fmt: skip
    world = World.of(xml)
    world.start()
    world.publish("msg", amount="none")
    assert [(incident.element, incident.phase) for incident in world.incidents()] == [("m", "leave")]
    world.do(c.CancelInstance())
    assert world.status() == "cancelled"
