from stepwell.engine import commands as c
from stepwell.engine import events as e
from stepwell.engine.event import Event
from stepwell.engine.run import DEEPEST
from tests.engine.world import World, started


def left(world: World) -> list[Event]:
    """What left the instance."""
    return [event for event in world.history[1] if event.leaves]


def test_without_definition_it_passes() -> None:
    assert started("intermediate_throw_event/milestone", laps=4).path() == ["go", "half_way", "finish"]


def test_its_outputs_are_set() -> None:
    assert started("intermediate_throw_event/milestone", laps=4).variable("laps") == 2


def test_a_message_goes_out_with_name_key_and_inputs() -> None:
    (thrown,) = left(started("intermediate_throw_event/message", order=7, pieces=40))
    assert isinstance(thrown, e.MessageThrown)
    assert (thrown.name, thrown.correlation_key, thrown.values.map) == ("order_shipped", "7", {"boxes": 4})


def test_its_inputs_are_no_variables() -> None:
    assert started("intermediate_throw_event/message", order=7, pieces=40).variable("boxes") is None


def test_a_message_reaches_the_process_that_waits_for_it() -> None:
    world = World.file("intermediate_throw_event/message")
    customer = world.start("customer", order=7)
    world.start("shipping", order=7, pieces=40)
    assert (world.status(customer), world.variable("boxes", customer)) == ("completed", 4)


def test_a_signal_goes_out_with_its_inputs() -> None:
    (thrown,) = left(started("intermediate_throw_event/signal", floor=3))
    assert isinstance(thrown, e.SignalThrown)
    assert (thrown.name, thrown.values.map) == ("alarm", {"floor": 3})


def test_a_signal_reaches_every_process_that_waits_for_it() -> None:
    world = World.file("intermediate_throw_event/signal")
    visitors = [world.start("visitor"), world.start("visitor")]
    world.start("guard", floor=3)
    assert [world.variable("floor", visitor) for visitor in visitors] == [3, 3]


def test_a_signal_reaches_a_waiting_path_of_its_own_instance() -> None:
    world = started("intermediate_throw_event/own_signal")
    assert (world.waiting(), world.path()) == (
        ["go_home"],
        ["go", "both", "stopped", "stop_it", "over"],
    )


def test_a_signal_that_ends_its_own_scope_ends_the_path_of_the_thrower() -> None:
    world = started("intermediate_throw_event/own_end")
    assert (world.waiting(), world.path()) == (["leave"], ["hungry", "begun", "fire_breaks_out"])


def test_what_stands_behind_the_signal_that_ended_its_scope_is_not_thrown() -> None:
    assert [type(event) for event in left(started("intermediate_throw_event/own_end"))] == [e.SignalThrown]


def test_what_could_not_be_thrown_whole_is_not_thrown_at_all() -> None:
    world = started("intermediate_throw_event/both_kinds", boss=None)
    assert (world.stuck(), left(world)) == ([("announce", "message.no-key")], [])


def test_the_repair_throws_everything() -> None:
    world = started("intermediate_throw_event/both_kinds", boss=None)
    world.repair(boss="eve")
    assert [type(event) for event in left(world)] == [e.SignalThrown, e.MessageThrown]


def test_after_too_many_instances_that_caused_each_other_nothing_is_thrown() -> None:
    world = World.file("intermediate_throw_event/signal")
    definition = world.definitions["guard"]
    world.run(definition, c.StartInstance(1, 1, {"floor": 3}, depth=DEEPEST))
    assert (world.stuck(), left(world)) == ([("ring", "cause.too-deep")], [])
