from tests.engine.world import World, started


def after(name: str, *completed: str, **values: object) -> World:
    world = started(name, **values)
    for element in completed:
        world.complete(element)
    return world


# -- the fork --------------------------------------------------------------------------------------------


def test_every_flow_whose_condition_holds_is_taken() -> None:
    assert started("inclusive_gateway/extras", budget=3).waiting() == ["wrap", "write_card"]


def test_one_flow_may_be_all() -> None:
    assert started("inclusive_gateway/extras", budget=2).waiting() == ["wrap"]


def test_the_default_is_taken_only_if_nothing_else_is() -> None:
    assert started("inclusive_gateway/extras", budget=1).waiting() == ["pack"]


def test_no_match_and_no_default_is_an_incident_and_its_repair_looks_again() -> None:
    world = started("inclusive_gateway/no_default", budget=0)
    assert world.stuck() == [("extras", "flow.no-match")]
    world.repair(budget=2)
    assert world.waiting() == ["wrap"]


def test_a_condition_that_fails_is_an_incident_and_no_flow_is_taken() -> None:
    world = started("inclusive_gateway/extras", budget="little")
    assert (world.stuck(), world.waiting()) == ([("extras", "expression.failed")], ["extras"])


# -- the join --------------------------------------------------------------------------------------------


def test_the_join_waits_for_the_paths_that_were_taken() -> None:
    assert after("inclusive_gateway/extras", "wrap", budget=3).waiting() == ["write_card", "ready"]


def test_the_join_goes_on_when_all_that_can_come_has_come() -> None:
    assert after("inclusive_gateway/extras", "write_card", "wrap", budget=3).waiting() == ["ship"]


def test_the_join_does_not_wait_for_paths_that_were_not_taken() -> None:
    assert after("inclusive_gateway/extras", "wrap", budget=2).waiting() == ["ship"]


def test_a_join_that_can_not_choose_is_one_incident_and_goes_on_after_repair() -> None:
    world = after("inclusive_gateway/join_that_chooses", "wrap", "write_card", way="nobody knows")
    assert world.stuck() == [("how_to_send", "flow.no-match")]
    world.repair(way="by hand")
    assert world.waiting() == ["carry"]


def test_a_path_that_ends_elsewhere_frees_the_join() -> None:
    world = after("inclusive_gateway/way_past", "book_hotel", is_found=False)
    assert world.waiting() == ["look_for_flight", "ready"]
    world.complete("look_for_flight")
    assert world.waiting() == ["travel"]


def test_in_a_loop_the_join_of_the_first_pass_does_not_wait_for_the_second() -> None:
    world = started("inclusive_gateway/loop")
    world.complete("write", again=True)
    assert (world.path().count("draft"), world.waiting()) == (2, ["write"])


def test_two_tokens_on_one_flow_are_no_reason_to_go_on() -> None:
    assert after("inclusive_gateway/two_tokens", "pack_box", "pack_bag").waiting() == ["write_bill", "join"]


def test_a_token_that_is_left_goes_on_by_itself_when_no_other_can_come() -> None:
    assert after("inclusive_gateway/two_tokens", "pack_box", "pack_bag", "write_bill").waiting() == [
        "ship",
        "ship",
    ]


def test_blocks_may_be_nested() -> None:
    world = after("inclusive_gateway/nested", "set_table", "cook_soup", is_hungry=True, is_late=True)
    assert world.waiting() == ["bake_cake", "all_ready", "dishes_ready"]
    world.complete("bake_cake")
    assert world.waiting() == ["eat"]


def test_a_token_in_a_sub_process_before_the_join_holds_it() -> None:
    world = after("inclusive_gateway/behind_sub_process", "rent_lorry")
    assert world.waiting() == ["pack", "pack_books", "ready"]
    world.complete("pack_books")
    assert world.waiting() == ["drive"]


def test_automatic_paths_are_all_followed_before_the_join_looks() -> None:
    assert started("inclusive_gateway/automatic").path().count("counted") == 1


def test_a_start_quantity_that_is_met_frees_the_join_when_its_path_ends() -> None:
    assert after(
        "inclusive_gateway/start_quantity", "fold", "first_hand", "second_hand", is_tied=False
    ).waiting() == ["give"]


def test_a_boundary_event_that_may_still_come_holds_the_join() -> None:
    assert after("inclusive_gateway/boundary_event_before", "write_bill").waiting() == ["mend", "ready"]


def test_a_boundary_event_that_can_not_come_any_more_frees_the_join() -> None:
    assert after("inclusive_gateway/boundary_event_before", "write_bill", "mend").waiting() == ["hand_over"]


def test_the_path_of_a_boundary_event_that_came_holds_the_join() -> None:
    world = started("inclusive_gateway/boundary_event_before")
    world.publish("customer_calls")
    world.complete("write_bill")
    world.complete("mend")
    assert world.waiting() == ["explain", "ready"]


def test_an_event_based_gateway_that_chooses_another_way_frees_the_join() -> None:
    world = after("inclusive_gateway/event_gateway_before", "buy_food")
    assert world.waiting() == ["wait", "ready"]
    world.publish("train_leaves")
    assert world.waiting() == ["board"]
