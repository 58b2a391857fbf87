import pytest

from stepwell.engine import commands as c
from stepwell.errors import Conflict, NotFound
from tests.engine.drawing import around, given, taken, user
from tests.engine.world import World, flows


def assigned(**attributes: str) -> World:
    texts = " ".join(f'{name}="{text}"' for name, text in attributes.items())
    world = World.of(around(user("a", f"<stepwell:assignment {texts}/>", name="Do it")))
    world.start(who="bob", group=["x", "y"])
    return world


def test_it_waits_for_its_completion() -> None:
    world = World.of(around(user("a")))
    world.start()
    assert (world.status(), world.waiting()) == ("running", ["a"])


def test_its_title_is_the_name_of_the_element() -> None:
    assert assigned().tasks()[0].title == "Do it"


def test_nobody_named_it_is_for_the_starter() -> None:
    assert assigned().tasks()[0].assignee == "ann"


def test_a_person_may_be_named_by_an_expression() -> None:
    assert assigned(user="= who").tasks()[0].assignee == "bob"


def test_roles_may_be_a_list_of_an_expression() -> None:
    assert assigned(roles="= group").tasks()[0].candidate_roles == ("x", "y")


def test_candidates_may_be_written_with_commas() -> None:
    assert assigned(candidateUsers="bob, eve").tasks()[0].candidate_users == ("bob", "eve")


def test_the_first_who_claims_has_it() -> None:
    world = assigned(roles="clerks")
    world.do(c.ClaimUserTask(world.tasks()[0].key, "bob"))
    with pytest.raises(Conflict, match="bob has it"):
        world.do(c.ClaimUserTask(world.tasks()[0].key, "eve"))


def test_claiming_again_what_one_has_changes_nothing() -> None:
    world = assigned(roles="clerks")
    world.do(c.ClaimUserTask(world.tasks()[0].key, "bob"))
    assert world.do(c.ClaimUserTask(world.tasks()[0].key, "bob")) == []


def test_released_it_is_for_its_candidates_again() -> None:
    world = assigned(roles="clerks")
    world.do(c.ClaimUserTask(world.tasks()[0].key, "bob"))
    world.do(c.ReleaseUserTask(world.tasks()[0].key))
    assert world.tasks()[0].assignee == ""


def test_without_candidates_it_can_not_be_released() -> None:
    world = assigned(user="bob")
    with pytest.raises(Conflict, match="candidates"):
        world.do(c.ReleaseUserTask(world.tasks()[0].key))


def test_completed_twice_the_second_is_told_that_it_is_not_open() -> None:
    world = World.of(around(user("a"), user("b"), flows("s b")))
    world.start()
    key = world.tasks()[0].key
    world.do(c.CompleteUserTask(key, {}))
    with pytest.raises(NotFound, match="to be open"):
        world.do(c.CompleteUserTask(key, {}))


def test_the_values_of_its_completion_become_variables() -> None:
    world = World.of(around(user("a")))
    world.start()
    world.complete("a", answer=42)
    assert world.variable("answer") == 42


def test_with_outputs_only_these_are_set() -> None:
    world = World.of(around(user("a", taken("total", "= answer * 2"))))
    world.start()
    world.complete("a", answer=21)
    assert (world.variable("total"), world.variable("answer")) == (42, None)


def test_its_inputs_are_variables_of_its_own() -> None:
    world = World.of(around(user("a", given("limit", "= 10 * 10"))))
    world.start()
    key = world.tasks()[0].key
    assert (world.states[1].value(key, "limit"), world.variable("limit")) == (100, None)


def test_a_wrong_output_keeps_what_the_person_gave_for_the_retry() -> None:
    world = World.of(around(user("a", taken("total", "= answer / rate"))))
    world.start(rate="none")
    world.complete("a", answer=21)
    assert (world.tasks(), [incident.phase for incident in world.incidents()]) == ([], ["leave"])
    world.do(c.SetVariables(0, {"rate": 7}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert (world.status(), world.variable("total")) == ("completed", 3)
