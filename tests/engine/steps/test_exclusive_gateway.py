from tests.engine.world import started


def test_the_first_flow_whose_condition_holds_is_taken_in_document_order() -> None:
    assert started("exclusive_gateway/how_large", amount=50_000).waiting() == ["ask_director"]


def test_a_later_flow_is_taken_when_no_condition_before_it_holds() -> None:
    assert started("exclusive_gateway/how_large", amount=5_000).waiting() == ["ask_manager"]


def test_the_default_flow_is_taken_only_when_no_condition_holds_wherever_it_is_drawn() -> None:
    assert started("exclusive_gateway/how_large", amount=50).waiting() == ["ship"]


def test_no_match_and_no_default_is_an_incident_that_names_the_gateway_and_its_flows() -> None:
    world = started("exclusive_gateway/no_default", amount=50)
    (incident,) = world.incidents()
    assert (world.status(), incident.element, incident.code) == ("running", "how_large", "flow.no-match")
    assert "to_ask_director, to_ask_manager" in incident.message


def test_a_missing_variable_in_a_condition_is_an_incident_and_never_false() -> None:
    assert started("exclusive_gateway/how_large").stuck() == [("how_large", "expression.failed")]


def test_the_repair_of_its_incident_looks_at_the_conditions_again() -> None:
    world = started("exclusive_gateway/no_default", amount=50)
    world.repair(amount=5_000)
    assert (world.stuck(), world.waiting()) == ([], ["ask_manager"])


def test_a_condition_behind_the_one_that_holds_is_not_asked() -> None:
    world = started("exclusive_gateway/not_asked", is_member=True, orders="many")
    assert (world.stuck(), world.waiting()) == ([], ["give_rebate"])


def test_a_condition_that_is_neither_true_nor_false_is_an_incident() -> None:
    world = started("exclusive_gateway/not_asked", is_member="perhaps", orders=3)
    assert world.stuck() == [("known", "condition.not-boolean")]


def test_where_flows_come_together_it_lets_every_token_go_on() -> None:
    world = started("exclusive_gateway/merge")
    world.complete("pack")
    world.complete("write_bill")
    assert world.waiting() == ["tell_customer", "tell_customer"]


def test_without_a_flow_that_leads_on_it_ends_the_path() -> None:
    world = started("exclusive_gateway/no_way_out")
    world.complete("ask_bank")
    world.complete("ask_friends")
    assert (world.status(), world.path()) == ("completed", ["ask_bank", "asked", "ask_friends", "asked"])
