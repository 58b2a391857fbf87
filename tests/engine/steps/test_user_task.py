import pytest

from stepwell.engine import commands as c
from stepwell.engine.rows import UserTask
from stepwell.errors import Conflict, NotFound
from tests.engine.world import World, started


def purchase(**values: object) -> World:
    return started("user_task/assignment", **{"buyer": "bob", "teams": ["x", "y"], **values})


def assigned(element: str, **values: object) -> UserTask:
    return purchase(**values).task(element)


def stocktaking(**values: object) -> World:
    return started(
        "user_task/mappings",
        **{"keepers": ["bob", "eve"], "day": 0, "pieces_in_box": 7, "limit": 50, **values},
    )


def test_it_waits_for_its_completion() -> None:
    world = started("user_task/approval")
    assert (world.status(), world.waiting()) == ("running", ["approve_order"])


def test_its_completion_leads_on() -> None:
    world = started("user_task/approval")
    world.complete("approve_order")
    assert (world.status(), world.path()) == (
        "completed",
        ["order_received", "approve_order", "order_approved"],
    )


def test_its_title_is_the_name_of_the_element() -> None:
    assert started("user_task/approval").task("approve_order").title == "Approve the order"


def test_without_name_its_title_is_the_id_of_the_element() -> None:
    assert assigned("sign").title == "sign"


def test_nobody_named_it_is_for_the_starter() -> None:
    assert assigned("sign").assignee == "ann"


def test_a_person_may_be_named() -> None:
    assert assigned("check_price").assignee == "eve"


def test_a_person_may_be_named_by_an_expression() -> None:
    assert assigned("check_stock").assignee == "bob"


def test_of_several_persons_the_first_has_it() -> None:
    assert assigned("check_stock", buyer=["bob", "eve"]).assignee == "bob"


@pytest.mark.parametrize("nobody", [None, "", " , ", []])
def test_s1_an_expression_that_names_nobody_is_an_incident(nobody: object) -> None:
    assert purchase(buyer=nobody).stuck() == [("check_stock", "assignment.nobody")]


def test_a_role_may_be_named() -> None:
    assert assigned("ask_legal").candidate_roles == ("lawyers",)


def test_roles_may_be_a_list_of_an_expression() -> None:
    assert assigned("choose_supplier").candidate_roles == ("x", "y")


def test_candidates_may_be_written_with_commas() -> None:
    assert assigned("compare_offers").candidate_users == ("bob", "eve")


def test_with_candidates_nobody_has_it_yet() -> None:
    assert (assigned("ask_legal").assignee, assigned("compare_offers").assignee) == ("", "")


def test_an_assignment_that_fails_is_an_incident_and_its_repair_makes_the_task() -> None:
    world = purchase(buyer="a\0b")
    assert world.stuck() == [("check_stock", "text.invalid")]
    world.repair(buyer="bob")
    assert world.task("check_stock").assignee == "bob"


def test_r4_the_inputs_are_worked_out_at_the_first_opening_and_not_before() -> None:
    world = stocktaking()
    key = world.task("count_stock").key
    assert "most" not in world.states[1].local(key)
    world.do(c.SetVariables(0, {"limit": 60}))
    world.do(c.OpenUserTask(key))
    assert world.states[1].local(key)["most"] == 120


def test_r4_between_the_first_and_the_second_opening_nothing_changes() -> None:
    world = stocktaking()
    key = world.task("count_stock").key
    world.do(c.OpenUserTask(key))
    world.do(c.SetVariables(0, {"limit": 60}))
    assert world.do(c.OpenUserTask(key)) == []
    assert world.states[1].local(key)["most"] == 100


def test_the_first_who_claims_has_it() -> None:
    world = purchase()
    key = world.task("ask_legal").key
    world.do(c.ClaimUserTask(key, "bob"))
    with pytest.raises(Conflict, match="bob has it"):
        world.do(c.ClaimUserTask(key, "eve"))


def test_claiming_again_what_one_has_changes_nothing() -> None:
    world = purchase()
    key = world.task("ask_legal").key
    world.do(c.ClaimUserTask(key, "bob"))
    assert world.do(c.ClaimUserTask(key, "bob")) == []


def test_released_it_is_for_its_candidates_again() -> None:
    world = purchase()
    key = world.task("ask_legal").key
    world.do(c.ClaimUserTask(key, "bob"))
    world.do(c.ReleaseUserTask(key))
    assert (world.task("ask_legal").assignee, world.task("ask_legal").candidate_roles) == ("", ("lawyers",))


def test_releasing_what_nobody_has_changes_nothing() -> None:
    world = purchase()
    assert world.do(c.ReleaseUserTask(world.task("ask_legal").key)) == []


def test_without_candidates_it_can_not_be_released() -> None:
    world = purchase()
    with pytest.raises(Conflict, match="candidates"):
        world.do(c.ReleaseUserTask(world.task("check_price").key))


def test_completed_twice_the_second_is_told_that_it_is_not_open() -> None:
    world = purchase()
    key = world.task("sign").key
    world.do(c.CompleteUserTask(key, {}))
    with pytest.raises(NotFound, match="to be open"):
        world.do(c.CompleteUserTask(key, {}))


def test_what_is_completed_can_not_be_claimed() -> None:
    world = purchase()
    key = world.task("ask_legal").key
    world.do(c.CompleteUserTask(key, {}))
    with pytest.raises(NotFound):
        world.do(c.ClaimUserTask(key, "bob"))


def test_the_values_of_its_completion_become_variables() -> None:
    world = started("user_task/approval")
    world.complete("approve_order", answer=42)
    assert world.variable("answer") == 42


def test_with_outputs_only_these_are_set() -> None:
    world = stocktaking()
    world.complete("count_stock", pieces=21)
    assert (world.variable("boxes"), world.variable("pieces")) == (3, None)


def test_its_inputs_are_variables_of_its_own() -> None:
    world = stocktaking()
    key = world.task("count_stock").key
    world.do(c.OpenUserTask(key))
    assert (world.states[1].value(key, "most"), world.variable("most")) == (100, None)


def test_a_performer_that_can_not_be_worked_out_is_an_incident_before_anybody_sees_the_step() -> None:
    world = stocktaking(day="Sunday")
    assert (world.stuck(), world.tasks()) == ([("count_stock", "expression.failed")], [])


def test_r7_an_input_that_can_not_be_worked_out_is_an_incident_when_the_step_is_opened() -> None:
    world = stocktaking(limit="none")
    assert world.stuck() == []
    world.do(c.OpenUserTask(world.task("count_stock").key))
    assert world.stuck() == [("count_stock", "expression.failed")]
    world.repair(limit=3)
    assert world.states[1].local(world.task("count_stock").key)["most"] == 6


def test_what_nobody_opened_is_not_completed_while_its_inputs_can_not_be_worked_out() -> None:
    world = stocktaking(limit="none")
    world.complete("count_stock", pieces=21)
    assert ([task.element for task in world.tasks()], world.stuck()) == (
        ["count_stock"],
        [("count_stock", "expression.failed")],
    )


def test_a_wrong_output_keeps_what_the_person_gave_for_the_retry() -> None:
    world = stocktaking(pieces_in_box="none")
    world.complete("count_stock", pieces=21)
    assert (world.tasks(), [incident.phase for incident in world.incidents()]) == ([], ["leave"])
    world.repair(pieces_in_box=7)
    assert (world.status(), world.variable("boxes")) == ("completed", 3)


def test_a_cancelled_instance_takes_it_away() -> None:
    world = started("user_task/approval")
    world.do(c.CancelInstance())
    assert (world.status(), world.tasks()) == ("cancelled", [])
