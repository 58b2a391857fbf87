from stepwell import bpmn
from tests.engine.world import model, started


def test_it_waits_for_all_of_its_events_as_one_element() -> None:
    world = started("event_based_gateway/payment")
    assert (world.waiting(), world.waits()) == (["wait"], ["hour_over", "payment", "closing"])


def test_a_message_may_be_first() -> None:
    world = started("event_based_gateway/payment")
    world.publish("paid")
    assert world.waiting() == ["thank"]


def test_a_signal_may_be_first() -> None:
    world = started("event_based_gateway/payment")
    world.signal("shop_closes")
    assert world.waiting() == ["go_home"]


def test_a_timer_may_be_first() -> None:
    world = started("event_based_gateway/payment")
    world.pass_time(3600)
    assert world.waiting() == ["remind"]


def test_a_receive_task_may_be_first() -> None:
    world = started("event_based_gateway/receive_task", order=1)
    world.publish("paid", "1")
    assert world.waiting() == ["thank"]


def test_the_first_event_removes_the_others() -> None:
    world = started("event_based_gateway/payment")
    world.signal("shop_closes")
    assert (world.waits(), world.publish("paid")) == ([], False)


def test_what_comes_second_changes_nothing() -> None:
    world = started("event_based_gateway/payment")
    world.publish("paid")
    world.pass_time(2 * 3600)
    assert world.waiting() == ["thank"]


def test_the_values_of_the_first_event_become_variables() -> None:
    world = started("event_based_gateway/payment")
    world.publish("paid", amount=50)
    assert world.variable("amount") == 50


def test_both_the_gateway_and_its_event_stand_in_the_path() -> None:
    world = started("event_based_gateway/payment")
    world.publish("paid")
    assert world.path() == ["shipped", "wait", "payment"]


def test_outputs_of_the_event_see_its_values() -> None:
    world = started("event_based_gateway/outputs", patience="PT1H", total=200)
    world.publish("paid", amount=50)
    assert (world.variable("share"), world.variable("amount")) == (0.25, None)


def test_a_wrong_output_of_the_event_is_an_incident_that_keeps_its_values() -> None:
    world = started("event_based_gateway/outputs", patience="PT1H", total="none")
    world.publish("paid", amount=50)
    assert (world.stuck(), world.waits()) == ([("payment", "expression.failed")], [])
    world.repair(total=200)
    assert (world.variable("share"), world.waiting()) == (0.25, ["thank"])


def test_an_event_that_can_not_be_awaited_is_an_incident_and_none_is() -> None:
    world = started("event_based_gateway/outputs", patience="long", total=200)
    assert (world.stuck(), world.waits()) == ([("wait", "timer.invalid")], [])


def test_the_repair_of_a_wrong_time_waits_for_all_events() -> None:
    world = started("event_based_gateway/outputs", patience="long", total=200)
    world.repair(patience="PT1H")
    assert (world.stuck(), world.waits()) == ([], ["patience_over", "payment"])


def test_ended_from_outside_it_waits_for_nothing_any_more() -> None:
    world = started("event_based_gateway/in_sub_process")
    world.pass_time(24 * 3600)
    assert (world.waiting(), world.waits()) == (["call"], [])


def test_reached_again_it_waits_again() -> None:
    world = started("event_based_gateway/again")
    world.publish("news")
    world.publish("news")
    assert (world.waits(), world.path().count("letter")) == (["letter", "evening"], 2)


def test_a_flow_to_what_is_not_awaited_is_refused_once() -> None:
    xml = model("event_based_gateway/again").replace(b"intermediateCatchEvent", b"intermediateThrowEvent")
    assert [(problem.rule, problem.element) for problem in bpmn.read(xml).problems] == [
        ("event-gateway.target", "to_letter"),
        ("event-gateway.target", "to_evening"),
    ]
