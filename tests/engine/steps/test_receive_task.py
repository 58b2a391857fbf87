import pytest

from stepwell.errors import Invalid
from tests.engine.world import World, started


def test_it_waits_for_its_message() -> None:
    world = started("receive_task/payment", order=1)
    assert (world.status(), world.waiting()) == ("running", ["wait_for_payment"])


def test_the_values_of_the_message_become_variables() -> None:
    world = started("receive_task/payment", order=1)
    world.publish("payment_received", "1", amount=50)
    assert (world.status(), world.variable("amount")) == ("completed", 50)


def test_a_message_with_another_key_does_not_reach_it() -> None:
    assert not started("receive_task/payment", order=1).publish("payment_received", "2")


def test_a_message_of_another_name_does_not_reach_it() -> None:
    assert not started("receive_task/payment", order=1).publish("payment_refused", "1")


def test_of_two_instances_the_key_chooses() -> None:
    world = started("receive_task/payment", order=1)
    world.start(order=2)
    world.publish("payment_received", "2")
    assert (world.status(1), world.status(2)) == ("running", "completed")


def test_a_second_message_reaches_nobody() -> None:
    world = started("receive_task/payment", order=1)
    assert (world.publish("payment_received", "1"), world.publish("payment_received", "1")) == (True, False)


def test_a_key_without_value_is_an_incident_and_its_repair_waits() -> None:
    world = started("receive_task/payment")
    assert world.stuck() == [("wait_for_payment", "message.no-key")]
    world.repair(order=1)
    assert world.publish("payment_received", "1")


def test_a_boundary_timer_may_come_first() -> None:
    world = started("receive_task/payment", order=1)
    world.pass_time(60)
    assert (world.waiting(), world.publish("payment_received", "1")) == (["remind"], False)


def test_outputs_see_the_values_of_the_message() -> None:
    world = started("receive_task/outputs", total=200)
    world.publish("payment_received", amount=50)
    assert (world.variable("share"), world.variable("amount")) == (0.25, None)


def test_a_wrong_output_does_not_lose_the_message() -> None:
    world = started("receive_task/outputs", total="none")
    world.publish("payment_received", amount=50)
    assert not world.publish("payment_received", amount=60)
    world.repair(total=200)
    assert (world.status(), world.variable("share")) == ("completed", 0.25)


def test_each_round_waits_with_a_key_of_its_own() -> None:
    world = started("receive_task/every_supplier", suppliers=["x", "y"])
    world.publish("offer", "y", price=20)
    world.publish("offer", "x", price=10)
    assert (world.status(), world.variable("prices")) == ("completed", [10, 20])


def test_with_instantiate_its_message_starts_the_process_behind_it() -> None:
    world = World.file("receive_task/instantiate")
    world.begin("order_arrives", items=[1, 2])
    assert (world.path(), world.waiting()) == (["order_arrives"], ["pack"])


def test_with_instantiate_its_outputs_see_the_values_of_the_message() -> None:
    world = World.file("receive_task/instantiate")
    world.begin("order_arrives", items=[1, 2])
    assert world.variable("lines") == 2


def test_with_instantiate_nobody_can_start_the_process_by_hand() -> None:
    with pytest.raises(Invalid):
        World.file("receive_task/instantiate").start()
