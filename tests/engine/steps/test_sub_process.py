from stepwell.engine import commands as c
from tests.engine.world import World, started


def order(**values: object) -> World:
    return started("sub_process/mappings", **{"pieces": 20, "weight_of_box": 3, **values})


def test_it_waits_for_what_is_in_it() -> None:
    assert started("sub_process/packing").waiting() == ["pack", "fill"]


def test_it_ends_when_nothing_in_it_is_active() -> None:
    world = started("sub_process/packing")
    world.complete("fill")
    assert (world.status(), world.path()) == (
        "completed",
        ["ordered", "box_opened", "fill", "box_closed", "pack", "done"],
    )


def test_it_ends_only_when_all_of_its_paths_have_ended() -> None:
    world = started("sub_process/two_paths")
    world.complete("write_card")
    assert world.waiting() == ["pack", "fill"]


def test_all_of_its_start_events_begin() -> None:
    assert started("sub_process/two_paths").waiting() == ["pack", "fill", "write_card"]


def test_without_start_event_everything_without_incoming_flow_begins() -> None:
    world = started("sub_process/no_start_event")
    assert (world.path(), world.waiting()) == (["ordered", "look"], ["pack", "write_card", "fill"])


def test_an_automatic_one_leaves_no_row() -> None:
    world = started("sub_process/automatic", price=5)
    assert (world.status(), world.waiting(), world.variable("total")) == ("completed", [], 10)


def test_they_may_be_nested() -> None:
    world = started("sub_process/nested")
    assert world.waiting() == ["prepare", "pack", "fill"]
    world.complete("fill")
    assert world.status() == "completed"


def test_cancelling_the_instance_ends_what_is_in_it() -> None:
    world = started("sub_process/nested")
    world.do(c.CancelInstance())
    assert (world.waiting(), world.tasks()) == ([], [])


def test_its_inputs_are_variables_of_its_own() -> None:
    world = order(boxes=7)
    assert (world.states[1].value(2, "boxes"), world.variable("boxes")) == (2, 7)


def test_what_is_set_inside_is_set_where_the_name_lives() -> None:
    world = order()
    world.complete("fill", boxes=3, pieces=30, tape=1)
    assert [world.variable(name) for name in ("boxes", "pieces", "tape")] == [None, 30, 1]


def test_its_outputs_see_its_own_variables() -> None:
    world = order()
    world.complete("fill", boxes=4)
    assert world.variable("weight") == 12


def test_a_wrong_output_is_an_incident_on_the_sub_process_that_a_retry_leaves() -> None:
    world = order(weight_of_box="light")
    world.complete("fill")
    assert [(incident.element, incident.phase) for incident in world.incidents()] == [("pack", "leave")]
    world.repair(weight_of_box=3)
    assert (world.status(), world.variable("weight")) == ("completed", 6)


def test_a_wrong_input_is_an_incident_before_anything_inside_begins() -> None:
    world = order(pieces="many")
    assert (world.waiting(), world.stuck()) == (["pack"], [("pack", "expression.failed")])


def test_the_repair_of_a_wrong_input_begins_inside() -> None:
    world = order(pieces="many")
    world.repair(pieces=20)
    assert (world.waiting(), world.states[1].value(2, "boxes")) == (["pack", "fill"], 2)


def test_one_that_ends_without_flow_lets_a_starved_join_be_told() -> None:
    world = started("sub_process/beside_a_starved_join", is_gift=False)
    world.complete("write_bill")
    assert world.stuck() == []
    world.complete("fill")
    assert world.stuck() == [("", "join.waits-forever")]
