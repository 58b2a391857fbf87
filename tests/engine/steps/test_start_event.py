from datetime import date

import pytest

from stepwell.engine import commands as c
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
    assert (problem.rule, problem.field) == ("parameter.out", "total")


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


# -- their types -----------------------------------------------------------------------------------------


def test_everything_that_is_wrong_is_told_at_once() -> None:
    problems = refusal("start_event/typed", days=1.5, price=3, colour="red").problems
    assert {(problem.rule, problem.field) for problem in problems} == {
        ("parameter.required", "city"),
        ("parameter.type", "days"),
        ("parameter.out", "price"),
        ("parameter.unknown", "colour"),
    }


def test_a_value_of_another_type_is_told_with_what_was_expected_and_what_was_found() -> None:
    (problem,) = refusal("start_event/typed", city="Rome", days="many").problems
    assert problem.message == "Expected days (How many days) to be a whole number, but found the text 'many'."


def test_text_that_json_took_for_a_number_comes_with_a_hint() -> None:
    (problem,) = refusal("start_event/typed", city=12345).problems
    assert problem.hint == "In JSON text stands in double quotes."


def test_an_unknown_name_is_told_with_the_nearest_that_is_known() -> None:
    (problem,) = refusal("start_event/typed", city="Rome", dais=3).problems
    assert problem.message.endswith("but found dais (did you mean days?).")


def test_text_that_writes_a_date_becomes_one() -> None:
    world = started("start_event/typed", city="Rome", **{"from": "2024-02-29"})
    assert world.variable("from") == date(2024, 2, 29)


def test_defaults_fill_in_what_was_not_given_and_become_what_their_type_says() -> None:
    world = started("start_event/typed", city="Rome")
    assert (world.variable("days"), world.variable("from")) == (1, date(2030, 1, 31))


def test_a_default_of_another_type_refuses_the_start() -> None:
    (problem,) = refusal("start_event/odd_default").problems
    assert (problem.rule, problem.field) == ("parameter.type", "fare")


def test_a_process_that_declares_only_what_comes_out_takes_any_other_name() -> None:
    world = World.file("start_event/typed")
    world.start("journey", colour="red")
    assert world.variable("colour") == "red"


def test_what_only_comes_out_can_not_be_given() -> None:
    with pytest.raises(Invalid, match="Expected values that process journey takes"):
        World.file("start_event/typed").start("journey", price=1)


def test_a_message_with_a_value_of_another_type_is_an_incident_at_its_start_event() -> None:
    world = World.file("start_event/typed")
    world.begin("by_mail", days="many")
    assert world.stuck() == [("by_mail", "parameters.invalid")]
    assert "the text 'many'" in world.incidents()[0].message


def test_a_retry_of_that_incident_goes_on_with_what_was_repaired() -> None:
    world = World.file("start_event/typed")
    world.begin("by_mail", days="many")
    world.repair(days=2)
    assert (world.waiting(), world.variable("days")) == (["book"], 2)


def test_a_retry_of_that_incident_may_bring_the_right_value() -> None:
    world = World.file("start_event/typed")
    world.begin("by_mail", days="many")
    world.do(c.RetryIncident(world.incidents()[0].key, {"days": 2}))
    assert (world.waiting(), world.variable("days")) == (["book"], 2)


def test_a_message_can_not_give_what_only_comes_out() -> None:
    world = World.file("start_event/typed")
    world.begin("by_mail", city="Rome", price=3)
    assert (world.waiting(), world.variable("price")) == (["book"], None)


# -- captions --------------------------------------------------------------------------------------------


def called(**values: object) -> object:
    """What an instance is called that begins with these values."""
    return started("start_event/caption", **values).states[1].instance.caption


def test_an_instance_is_called_by_its_start_values() -> None:
    assert called(city="Rome", nights=2) == "Trip to Rome for 3 days"


def test_what_was_not_given_leaves_a_gap_in_the_caption() -> None:
    assert called(nights=2) == "Trip to for 3 days"


def test_a_caption_that_fails_stops_nothing_and_leaves_the_name_of_the_process() -> None:
    assert called(city="Rome", nights="many") == ""


def test_a_caption_is_one_line_that_every_database_can_keep() -> None:
    assert called(city="\nRome\0", nights=2) == "Trip to Rome␀ for 3 days"


def test_a_caption_has_at_most_255_characters() -> None:
    assert called(city="x" * 300, nights=2) == "Trip to " + "x" * 246 + "…"
