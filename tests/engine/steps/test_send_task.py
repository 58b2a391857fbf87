from stepwell.engine import events as e
from tests.engine.drawing import a_message, around, given, task
from tests.engine.world import World


def thrown(world: World) -> list[tuple[str, str, dict[str, object]]]:
    found = [event for event in world.history[1] if isinstance(event, e.MessageThrown)]
    return [(event.name, event.correlation_key, event.values.map) for event in found]


def test_with_a_message_it_throws_its_inputs_under_the_correlation_key() -> None:
    send = task("sendTask", "t", given("text", "hello"), messageRef="m")
    world = World.of(around(send, roots=a_message("m", "= order")))
    world.start(order=17)
    assert thrown(world) == [("m", "17", {"text": "hello"})]


def test_with_a_job_type_it_is_work_for_a_connector() -> None:
    world = World.of(around(task("sendTask", "t", '<stepwell:task type="email.send"/>', given("to", "bob"))))
    world.start()
    assert world.job("t").type == "email.send"


def test_a_correlation_key_without_value_is_an_incident() -> None:
    world = World.of(around(task("sendTask", "t", messageRef="m"), roots=a_message("m", "= order")))
    world.start(order=None)
    assert [incident.code for incident in world.incidents()] == ["message.no-key"]
