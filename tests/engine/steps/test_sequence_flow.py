"""Which flows behind an activity take a token, and what becomes of tokens that come together (BPMN 2.0, 13.2.1)."""

from tests.engine.world import started


def test_every_flow_takes_a_token() -> None:
    assert started("sequence_flow/several_at_once").waiting() == ["wrap", "write_card"]


def test_every_token_that_comes_in_begins_the_activity() -> None:
    world = started("sequence_flow/come_together")
    world.complete("wrap")
    world.complete("write_card")
    assert world.waiting() == ["send", "send"]


def test_flows_with_a_condition_are_taken_if_it_holds_and_those_without_always() -> None:
    assert set(started("sequence_flow/conditions", price=15).waiting()) == {"wrap", "pack"}


def test_all_conditions_may_hold() -> None:
    assert len(started("sequence_flow/conditions", price=25).waiting()) == 3


def test_the_default_flow_is_taken_if_no_condition_holds() -> None:
    assert started("sequence_flow/default", price=5).waiting() == ["pack"]


def test_the_default_flow_is_not_taken_if_a_condition_holds() -> None:
    assert started("sequence_flow/default", price=15).waiting() == ["wrap"]


def test_a_condition_sees_the_inputs_of_its_activity() -> None:
    world = started("sequence_flow/no_default", price=15)
    world.complete("look", is_fine=False)
    assert world.waiting() == ["write_card"]


def test_no_flow_at_all_is_an_incident_and_its_repair_looks_again() -> None:
    world = started("sequence_flow/no_default", price=5)
    world.complete("look", is_fine=False)
    assert world.stuck() == [("look", "flow.no-match")]
    world.repair(is_fine=True)
    assert world.waiting() == ["wrap"]


def test_a_wrong_condition_is_an_incident_that_keeps_what_was_done() -> None:
    world = started("sequence_flow/no_default", price=5)
    world.complete("look", is_fine="perhaps")
    (incident,) = world.incidents()
    assert (incident.phase, incident.code) == ("leave", "condition.not-boolean")
    assert (world.tasks(), world.variable("is_fine")) == ([], "perhaps")


def test_the_repair_of_a_wrong_condition_only_chooses_the_flows() -> None:
    world = started("sequence_flow/no_default", price=5)
    world.complete("look", is_fine="perhaps")
    world.repair(is_fine=True)
    assert (world.stuck(), world.waiting()) == ([], ["wrap"])
