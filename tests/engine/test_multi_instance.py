from decimal import Decimal

import pytest

from stepwell import feel
from stepwell.engine import commands as c
from tests.engine.drawing import (
    around,
    boundary,
    each,
    given,
    script,
    service,
    start,
    sub,
    taken,
    task,
    timer,
    times,
    user,
)
from tests.engine.world import World, flows

BOTH = pytest.mark.parametrize("sequential", [False, True])


def answers(sequential: bool = False, until: str = "") -> World:
    asked = user("a", inner=each("= numbers", "n", sequential, "numbers_done", "n", until))
    world = World.of(around(asked))
    world.start(numbers=[1, 2, 3])
    return world


def test_in_parallel_all_rounds_begin_at_once() -> None:
    assert answers().waiting() == ["a", "a", "a", "a"]


def test_in_sequence_one_round_begins_after_the_other() -> None:
    world = answers(sequential=True)
    assert world.waiting() == ["a", "a"]
    world.complete("a")
    assert world.waiting() == ["a", "a"]


@BOTH
def test_it_goes_on_when_all_rounds_are_done(sequential: bool) -> None:
    world = answers(sequential)
    for _ in range(3):
        world.complete("a")
    assert (world.status(), world.path().count("e")) == ("completed", 1)


@BOTH
def test_each_round_has_its_item_and_its_number(sequential: bool) -> None:
    world = World.of(around(user("a", inner=each("= names", "name", sequential))))
    world.start(names=["x", "y"])
    seen = []
    for _ in range(2):
        state = world.states[1]
        key = world.tasks()[0].key
        seen.append((state.value(key, "name"), state.value(key, "loopCounter")))
        world.complete("a")
    assert seen == [("x", 1), ("y", 2)]


def test_outputs_stand_in_the_order_of_the_input_whoever_is_first() -> None:
    world = answers()
    for task_key in [row.key for row in reversed(world.tasks())]:
        world.do(c.CompleteUserTask(task_key, {}))
    assert world.variable("numbers_done") == [1, 2, 3]


@BOTH
def test_a_script_is_done_for_every_item(sequential: bool) -> None:
    world = World.of(
        around(script("x", "{m: n * n}", inner=each("= numbers", "n", sequential, "squares", "m")))
    )
    world.start(numbers=[1, 2, 3])
    assert (world.status(), world.variable("squares"), world.variable("m")) == ("completed", [1, 4, 9], None)


@BOTH
def test_an_empty_list_passes_and_leaves_an_empty_list(sequential: bool) -> None:
    world = World.of(around(user("a", inner=each("= numbers", "n", sequential, "out", "n"))))
    world.start(numbers=[])
    assert (world.status(), world.variable("out")) == ("completed", [])


@BOTH
def test_it_may_be_done_a_number_of_times(sequential: bool) -> None:
    world = World.of(around(user("a", inner=times("= size * 2", sequential))))
    world.start(size=1)
    world.complete("a")
    world.complete("a")
    assert world.status() == "completed"


@pytest.mark.parametrize("size", [-1, Decimal("1.5"), "two", None])
def test_a_number_that_is_none_is_an_incident_and_a_retry_counts_again(size: object) -> None:
    world = World.of(around(user("a", inner=times("= size"))))
    world.start(size=size)
    assert [(incident.element, incident.code) for incident in world.incidents()] == [("a", "loop.input")]
    world.do(c.SetVariables(0, {"size": 1}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert world.waiting() == ["a", "a"]


def test_a_collection_that_is_no_list_is_an_incident() -> None:
    world = World.of(around(user("a", inner=each("= numbers"))))
    world.start(numbers=7)
    assert [incident.code for incident in world.incidents()] == ["loop.input"]


def test_the_completion_condition_ends_the_rest() -> None:
    world = answers(until="numberOfCompletedInstances >= 2")
    world.complete("a")
    assert len(world.tasks()) == 2
    world.complete("a")
    assert (world.status(), world.variable("numbers_done")) == ("completed", [1, 2])


def test_in_sequence_the_completion_condition_begins_no_further_round() -> None:
    world = answers(sequential=True, until="n = 2")
    world.complete("a")
    world.complete("a")
    assert (world.status(), world.variable("numbers_done")) == ("completed", [1, 2])


def test_the_completion_condition_sees_all_numbers() -> None:
    condition = "numberOfInstances = 3 and numberOfActiveInstances = 1 and numberOfTerminatedInstances = 0"
    world = answers(until=condition)
    world.complete("a")
    assert world.status() == "running"
    world.complete("a")
    assert world.status() == "completed"


@BOTH
def test_automatic_rounds_stop_at_the_completion_condition(sequential: bool) -> None:
    until = "numberOfCompletedInstances >= 2"
    world = World.of(
        around(script("x", "{m: n}", inner=each("= numbers", "n", sequential, "out", "m", until)))
    )
    world.start(numbers=[1, 2, 3, 4, 5])
    assert (world.status(), world.variable("out")) == ("completed", [1, 2])


def test_automatic_sub_processes_stop_at_the_completion_condition() -> None:
    inner = sub(
        "x", start("i") + script("y", "{m: n}") + flows("i y"), inner=each("= numbers", "n", until="true")
    )
    world = World.of(around(inner))
    world.start(numbers=[1, 2, 3])
    assert (world.status(), world.path().count("x")) == ("completed", 2)


def test_a_wrong_completion_condition_is_an_incident_on_the_round() -> None:
    world = answers(until="limit > 1")
    world.complete("a")
    assert [(incident.element, incident.phase) for incident in world.incidents()] == [("a", "leave")]
    world.do(c.SetVariables(0, {"limit": 2}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert world.status() == "completed"


def test_rounds_do_not_disturb_each_other() -> None:
    world = World.of(around(user("a", inner=times("2"))))
    world.start()
    world.complete("a", mine=1)
    assert world.states[1].value(world.tasks()[0].key, "mine") is feel.MISSING


def test_inputs_are_evaluated_in_every_round() -> None:
    world = World.of(around(service("w", given("to", "= name"), inner=each("= names", "name"))))
    world.start(names=["x", "y"])
    assert len({job.args for job in world.states[1].jobs.values()}) == 2


def test_outputs_of_the_step_belong_to_its_round() -> None:
    asked = service("w", taken("got", "= result.a + n"), inner=each("= [1, 2]", "n", False, "all", "got"))
    world = World.of(around(asked))
    world.start()
    world.succeed("w", {"a": 10})
    world.succeed("w", {"a": 20})
    assert (world.variable("all"), world.variable("got")) == ([11, 22], None)


@BOTH
def test_a_sub_process_may_be_repeated(sequential: bool) -> None:
    inner = start("i") + user("a") + flows("i a")
    world = World.of(around(sub("x", inner, inner=each("= [1, 2]", "n", sequential, "out", "n"))))
    world.start()
    world.complete("a")
    world.complete("a")
    assert (world.status(), world.variable("out")) == ("completed", [1, 2])


def test_they_may_be_nested() -> None:
    inner = (
        start("i") + script("y", "{m: a * b}", inner=each("= [1, 2]", "b", False, "row", "m")) + flows("i y")
    )
    world = World.of(around(sub("x", inner, inner=each("= [1, 2]", "a", False, "table", "row"))))
    world.start()
    assert world.variable("table") == [[1, 2], [2, 4]]


def test_a_stuck_round_holds_the_whole_and_its_retry_counts_no_repetition() -> None:
    world = World.of(around(script("x", "{m: 1 / n + k}", inner=each("= [1, 2]", "n", False, "out", "m"))))
    world.start(k="none")
    assert [incident.element for incident in world.incidents()] == ["x", "x"]
    world.do(c.SetVariables(0, {"k": 0}))
    for incident in world.incidents():
        world.do(c.RetryIncident(incident.key))
    assert (world.status(), world.variable("out")) == ("completed", [1, 0.5])


def test_the_collection_may_be_the_name_of_a_variable() -> None:
    world = World.of(around(task("task", "t", inner=each("numbers", "n", False, "out", "n"))))
    world.start(numbers=[3, 4])
    assert world.variable("out") == [3, 4]


def test_changing_the_input_meanwhile_changes_nothing() -> None:
    world = answers(sequential=True)
    world.do(c.SetVariables(0, {"numbers": []}))
    for _ in range(3):
        world.complete("a")
    assert world.variable("numbers_done") == [1, 2, 3]


@BOTH
def test_more_rounds_than_one_transaction_may_enter_go_on_in_the_next(sequential: bool) -> None:
    world = World.of(
        around(script("x", "{m: n}", inner=each("= for i in 1..25 return i", "n", sequential, "out", "m"))),
        budget=10,
    )
    world.start()
    assert world.status() == "running"
    world.go_on()
    assert (world.status(), world.variable("out")) == ("completed", list(range(1, 26)))


def test_no_transaction_creates_more_rounds_than_its_budget() -> None:
    world = World.of(around(user("a", inner=times("25"))), budget=10)
    world.start()
    assert len(world.tasks()) <= 10
    world.go_on()
    assert len(world.tasks()) == 25


def test_a_timer_at_the_whole_may_come_while_rounds_are_still_created() -> None:
    xml = around(
        user("a", inner=times("25")), boundary("b", "a", timer("PT0S")), user("late"), flows("b late")
    )
    world = World.of(xml, budget=10)
    world.start()
    timers = [job for job in world.states[1].jobs.values() if job.type == "timer"]
    world.do(c.FireTimer(timers[0].key))
    world.go_on()
    assert world.waiting() == ["late"]


def test_many_slices_of_a_large_list_come_in_order() -> None:
    world = World.of(
        around(script("x", "{m: n}", inner=each("= for i in 1..350 return i", "n", True, "out", "m"))),
        budget=40,
    )
    world.start()
    world.go_on()
    assert world.variable("out") == list(range(1, 351))
