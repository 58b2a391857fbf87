from stepwell.engine import events as e
from tests.engine.drawing import a_message, a_signal, around, given, message, signal, throw
from tests.engine.world import World


def test_without_definition_it_passes() -> None:
    world = World.of(around(throw("t")))
    world.start()
    assert world.path() == ["s", "t", "e"]


def test_a_message_goes_out_with_name_key_and_inputs() -> None:
    world = World.of(around(throw("t", message("m"), given("n", "= 2 * 2")), roots=a_message("m", "= order")))
    world.start(order=7)
    (thrown,) = [event for event in world.history[1] if isinstance(event, e.MessageThrown)]
    assert (thrown.name, thrown.correlation_key, thrown.values.map) == ("m", "7", {"n": 4})


def test_a_signal_goes_out_with_its_inputs() -> None:
    world = World.of(around(throw("t", signal("g"), given("n", "= 1")), roots=a_signal("g")))
    world.start()
    (thrown,) = [event for event in world.history[1] if isinstance(event, e.SignalThrown)]
    assert (thrown.name, thrown.values.map) == ("g", {"n": 1})


def test_what_could_not_be_thrown_whole_is_not_thrown_at_all() -> None:
    world = World.of(
        around(
            throw("t", signal("g") + message("m"), given("n", "= 1")),
            roots=a_signal("g") + a_message("m", "= order"),
        )
    )
    world.start(order=None)
    assert [event for event in world.history[1] if event.leaves] == []
