import pytest

from stepwell.errors import Invalid
from tests.engine.world import World, started


def refusal(name: str, **values: object) -> Invalid:
    """Why an instance can not be started."""
    with pytest.raises(Invalid) as caught:
        World.file(name).start(**values)
    return caught.value


# -- where a process begins ------------------------------------------------------------------------------


def test_by_hand_it_begins_only_at_the_start_event_without_trigger() -> None:
    assert started("start_event/every_kind").waiting() == ["write_down"]


@pytest.mark.parametrize(
    ("start_event", "waiting"),
    [("by_mail", "read_mail"), ("at_closing", "count_cash"), ("in_the_morning", "open_door")],
)
def test_a_message_signal_or_timer_begins_at_its_own_start_event(start_event: str, waiting: str) -> None:
    world = World.file("start_event/every_kind")
    world.begin(start_event, items=[])
    assert (world.path(), world.waiting()) == ([start_event], [waiting])


def test_several_start_events_without_trigger_all_begin() -> None:
    assert started("start_event/two_plain").waiting() == ["open_doors", "switch_on"]


def test_without_start_event_everything_without_incoming_flow_begins() -> None:
    assert started("start_event/none").waiting() == ["open_doors", "switch_on"]


def test_a_process_with_triggers_only_can_not_be_started_by_hand() -> None:
    assert refusal("start_event/message_only").code == "process.no-start"


# -- what a start gives ----------------------------------------------------------------------------------


def test_the_start_values_become_variables() -> None:
    assert started("start_event/every_kind", customer="eve").variable("customer") == "eve"


def test_the_values_of_a_message_become_variables() -> None:
    world = World.file("start_event/every_kind")
    world.begin("by_mail", items=["pen"])
    assert world.variable("items") == ["pen"]


def test_outputs_of_the_start_event_see_the_start_values() -> None:
    assert started("start_event/outputs", price=3, amount=2).variable("total") == 6


def test_outputs_of_a_message_start_event_see_the_values_of_the_message() -> None:
    world = World.file("start_event/every_kind")
    world.begin("by_mail", items=["pen", "ink"])
    assert world.variable("lines") == 2


def test_a_wrong_output_is_an_incident_on_the_start_event_and_its_repair_begins() -> None:
    world = started("start_event/outputs", price="much", amount=2)
    assert world.stuck() == [("ordered", "expression.failed")]
    world.repair(price=3)
    assert (world.waiting(), world.variable("total")) == (["write_bill"], 6)


# -- parameters ------------------------------------------------------------------------------------------


def test_a_missing_required_parameter_and_an_unknown_one_are_told_together() -> None:
    problems = refusal("start_event/parameters", colour="red").problems
    assert {(problem.rule, problem.field) for problem in problems} == {
        ("parameter.required", "amount"),
        ("parameter.unknown", "colour"),
    }


def test_nothing_is_no_value_for_a_required_parameter() -> None:
    (problem,) = refusal("start_event/parameters", amount=None).problems
    assert (problem.rule, problem.field) == ("parameter.required", "amount")


def test_what_the_process_gives_back_is_not_asked_for() -> None:
    (problem,) = refusal("start_event/parameters", amount=1, total=1).problems
    assert (problem.rule, problem.field) == ("parameter.unknown", "total")


def test_a_refused_start_leaves_nothing() -> None:
    world = World.file("start_event/parameters")
    with pytest.raises(Invalid):
        world.start()
    assert world.states == {}


def test_a_default_may_be_a_constant() -> None:
    assert started("start_event/parameters", amount=50).variable("note") == "as usual"


def test_a_default_sees_the_parameters_before_it() -> None:
    assert started("start_event/parameters", amount=50).variable("shipping") == 5


def test_what_is_given_stands_in_place_of_the_default() -> None:
    assert started("start_event/parameters", amount=50, note="in a hurry").variable("note") == "in a hurry"


def test_a_default_that_fails_refuses_the_start_and_names_the_parameter() -> None:
    (problem,) = refusal("start_event/parameters", amount="many").problems
    assert (problem.rule, problem.field) == ("parameter.default", "shipping")


def test_what_a_message_brings_beyond_the_parameters_is_left_out() -> None:
    world = World.file("start_event/parameters")
    world.begin("by_mail", amount=50, colour="red")
    assert dict(world.states[1].local(0)) == {"amount": 50, "shipping": 5, "note": "as usual"}


def test_what_a_message_lacks_does_not_keep_the_process_from_starting() -> None:
    world = World.file("start_event/parameters")
    world.begin("by_mail")
    assert (world.waiting(), world.variable("shipping")) == (["pack"], 0)


def test_a_default_that_fails_is_left_out_when_a_message_starts_the_process() -> None:
    world = World.file("start_event/parameters")
    world.begin("by_mail", amount="many")
    assert dict(world.states[1].local(0)) == {"amount": "many", "note": "as usual"}
