import pytest

from stepwell import feel
from stepwell.engine import events as e
from tests.engine.world import World, started


def shipping(**values: object) -> World:
    return started("send_task/message", **{"order": 17, "carrier": "Post", "weight": 2, "rate": 3, **values})


def thrown(world: World) -> list[tuple[str, str, dict[str, object]]]:
    found = [event for event in world.history[1] if isinstance(event, e.MessageThrown)]
    return [(event.name, event.correlation_key, event.values.map) for event in found]


# -- with a message --------------------------------------------------------------------------------------


def test_it_throws_its_inputs_under_the_correlation_key() -> None:
    assert thrown(shipping()) == [("order_shipped", "17", {"carrier": "Post", "text": "It is on its way"})]


def test_it_goes_on_at_once_whoever_waits() -> None:
    world = shipping()
    assert (world.status(), world.path()) == ("completed", ["packed", "tell_customer", "gone"])


def test_its_message_reaches_who_waits_for_it() -> None:
    world = World.file("send_task/message")
    customer = world.start("customer", order=17)
    world.start("shipping", order=17, carrier="Post", weight=2, rate=3)
    assert (world.status(customer), world.variable("carrier", customer)) == ("completed", "Post")


def test_its_outputs_are_set() -> None:
    assert shipping().variable("postage") == 6


def test_a_correlation_key_without_value_is_an_incident_and_its_repair_sends() -> None:
    world = shipping(order=None)
    assert (world.stuck(), thrown(world)) == ([("tell_customer", "message.no-key")], [])
    world.repair(order=18)
    assert [key for _, key, _ in thrown(world)] == ["18"]


def test_what_was_sent_is_not_sent_again_when_a_wrong_output_is_repaired() -> None:
    world = shipping(rate="none")
    assert [incident.phase for incident in world.incidents()] == ["leave"]
    world.repair(rate=3)
    assert (len(thrown(world)), world.status()) == (1, "completed")


# -- with a job type -------------------------------------------------------------------------------------


def test_it_is_work_for_a_connector_with_its_inputs_as_arguments() -> None:
    job = started("send_task/connector", guest="bob@example.com").job("invite")
    assert (job.type, feel.decode(job.args)) == (
        "email.send",
        {"to": "bob@example.com", "subject": "Come to us"},
    )


def test_its_settings_stand_on_the_job() -> None:
    job = started("send_task/connector", guest="bob@example.com").job("invite")
    assert (job.retries, job.timeout, job.backoff) == (1, 120.0, 1.0)


def test_a_connector_sends_in_place_of_the_message() -> None:
    assert thrown(started("send_task/connector", guest="bob@example.com")) == []


def test_outputs_see_the_result_of_the_connector() -> None:
    world = started("send_task/connector", guest="bob@example.com")
    world.succeed("invite", {"message_id": "m-1"})
    assert (world.status(), world.variable("sent_as")) == ("completed", "m-1")


def test_retries_exhausted_are_an_incident() -> None:
    world = started("send_task/connector", guest="bob@example.com")
    world.fail("invite")
    world.fail("invite")
    assert world.stuck() == [("invite", "job.failed")]


@pytest.mark.parametrize(
    ("code", "waiting"), [("E1", ["ask_address"]), ("E2", ["invite"])], ids=["caught", "not caught"]
)
def test_a_bpmn_error_of_the_connector_takes_the_boundary_that_catches_it(
    code: str, waiting: list[str]
) -> None:
    world = started("send_task/connector", guest="bob@example.com")
    world.fail("invite", code=code)
    assert world.waiting() == waiting
