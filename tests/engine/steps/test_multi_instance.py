from decimal import Decimal

import pytest

from stepwell import feel
from stepwell.engine import commands as c
from tests.engine.world import World, started

# Each of these once with all rounds at the same time, once with one after the other.
PERSON = pytest.mark.parametrize("name", ["multi_instance/parallel", "multi_instance/sequential"])
UNTIL = pytest.mark.parametrize("name", ["multi_instance/parallel_until", "multi_instance/sequential_until"])
SCRIPT = pytest.mark.parametrize(
    "name", ["multi_instance/parallel_script", "multi_instance/sequential_script"]
)
NUMBER = pytest.mark.parametrize(
    "name", ["multi_instance/parallel_number", "multi_instance/sequential_number"]
)
SUB_PROCESS = pytest.mark.parametrize(
    "name", ["multi_instance/parallel_sub_process", "multi_instance/sequential_sub_process"]
)
ALL = 1_000_000


def complete_all(world: World) -> None:
    while world.tasks():
        world.do(c.CompleteUserTask(world.tasks()[0].key, {}))


# -- rounds ----------------------------------------------------------------------------------------------


def test_in_parallel_all_rounds_begin_at_once() -> None:
    world = started("multi_instance/parallel", guests=["ann", "bob"])
    assert (len(world.tasks()), world.waiting()) == (2, ["ask_guest"] * 3)


def test_in_sequence_one_round_begins_after_the_other() -> None:
    world = started("multi_instance/sequential", guests=["ann", "bob"])
    assert len(world.tasks()) == 1
    world.complete("ask_guest")
    assert len(world.tasks()) == 1


@PERSON
def test_it_goes_on_once_when_all_rounds_are_done(name: str) -> None:
    world = started(name, guests=["ann", "bob"])
    world.complete("ask_guest")
    assert world.status() == "running"
    world.complete("ask_guest")
    assert (world.status(), world.path().count("invited")) == ("completed", 1)


@PERSON
def test_each_round_has_its_item_and_its_number(name: str) -> None:
    world = started(name, guests=["ann", "bob"])
    seen = []
    while world.tasks():
        key = world.tasks()[0].key
        seen.append([world.states[1].value(key, name) for name in ("guest", "loopCounter")])
        world.complete("ask_guest")
    assert seen == [["ann", 1], ["bob", 2]]


@PERSON
def test_an_empty_list_passes_and_leaves_an_empty_list(name: str) -> None:
    world = started(name, guests=[])
    assert (world.status(), world.variable("asked"), world.path()) == (
        "completed",
        [],
        ["decided", "ask_guest", "invited"],
    )


@NUMBER
def test_it_may_be_done_a_number_of_times(name: str) -> None:
    world = started(name, tables=3)
    complete_all(world)
    assert (world.status(), world.path().count("lay_table")) == ("completed", 4)


@NUMBER
def test_done_no_time_it_passes(name: str) -> None:
    assert started(name, tables=0).status() == "completed"


@SUB_PROCESS
def test_a_sub_process_may_be_repeated(name: str) -> None:
    world = started(name, dishes=["soup", "cake"])
    complete_all(world)
    assert (world.status(), world.variable("served")) == ("completed", ["soup", "cake"])


def test_they_may_be_nested() -> None:
    assert started("multi_instance/nested").variable("table") == [[1, 2], [2, 4]]


def test_a_boundary_event_may_end_it_while_rounds_are_still_created() -> None:
    world = World.file("multi_instance/many", budget=10)
    world.start(soon="PT0S")
    world.do(c.FireTimer(world.job("called_off").key))
    world.go_on()
    assert world.waiting() == ["tell_all"]


# -- its input -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("guests", [7, "ann", {"name": "ann"}, None])
def test_a_collection_that_is_no_list_is_an_incident_and_its_repair_counts_again(guests: object) -> None:
    world = started("multi_instance/parallel", guests=guests)
    assert world.stuck() == [("ask_guest", "loop.input")]
    world.repair(guests=["ann", "bob"])
    assert len(world.tasks()) == 2


@pytest.mark.parametrize("tables", [-1, Decimal("1.5"), "two", True, None])
def test_a_number_that_is_none_is_an_incident_and_its_repair_counts_again(tables: object) -> None:
    world = started("multi_instance/parallel_number", tables=tables)
    assert world.stuck() == [("lay_table", "loop.input")]
    world.repair(tables=1)
    assert len(world.tasks()) == 1


def test_the_collection_may_be_the_name_of_a_variable() -> None:
    world = started("multi_instance/parallel_script", numbers=[3, 4], people=1, enough=ALL)
    assert world.variable("shares") == [3, 4]


def test_the_collection_may_be_a_data_object() -> None:
    assert started("multi_instance/data_object", guests=["ann", "bob"]).variable("noted") == ["ann", "bob"]


@PERSON
def test_changing_the_input_meanwhile_changes_nothing(name: str) -> None:
    world = started(name, guests=["ann", "bob"])
    world.do(c.SetVariables(0, {"guests": []}))
    complete_all(world)
    assert world.variable("asked") == ["ann", "bob"]


# -- its output ------------------------------------------------------------------------------------------


def test_outputs_stand_in_the_order_of_the_input_whoever_is_first() -> None:
    world = started("multi_instance/parallel", guests=["ann", "bob", "eve"])
    for key in [row.key for row in reversed(world.tasks())]:
        world.do(c.CompleteUserTask(key, {}))
    assert world.variable("asked") == ["ann", "bob", "eve"]


@SCRIPT
def test_a_script_is_done_for_every_item(name: str) -> None:
    world = started(name, numbers=[2, 4], people=2, enough=ALL)
    assert (world.status(), world.variable("shares")) == ("completed", [1, 2])


@SCRIPT
def test_what_a_round_sets_stays_in_the_round(name: str) -> None:
    assert started(name, numbers=[2, 4], people=2, enough=ALL).variable("share") is None


@PERSON
def test_a_round_that_sets_what_lives_around_it_changes_that(name: str) -> None:
    world = started(name, guests=["ann", "bob"], answers=0)
    world.complete("ask_guest", answers=1)
    assert world.variable("answers") == 1


def test_rounds_do_not_disturb_each_other() -> None:
    world = started("multi_instance/parallel_number", tables=2)
    world.complete("lay_table", plates=6)
    assert world.states[1].value(world.tasks()[0].key, "plates") is feel.MISSING


def test_inputs_are_evaluated_in_every_round() -> None:
    world = started("multi_instance/service", names=["ann", "bob"], mark="!")
    args = [feel.decode(job.args) for job in world.states[1].jobs.values()]
    assert [arg["name"] for arg in args if isinstance(arg, dict)] == ["ann", "bob"]


def test_outputs_of_the_step_are_set_in_its_round_and_collected() -> None:
    world = started("multi_instance/service", names=["ann", "bob"], mark="!")
    world.succeed("greet", {"text": "hello"})
    world.succeed("greet", {"text": "go away"})
    assert (world.variable("answers"), world.variable("answer")) == (["hello!", "go away!"], None)


def test_a_round_that_gave_nothing_leaves_nothing_in_its_place() -> None:
    world = started("multi_instance/flows_behind", voters=["ann", "bob"], winner="yes", loser="no")
    world.complete("vote", answer="yes")
    world.complete("vote")
    assert world.variable("answers") == ["yes", None]


def test_conditions_behind_it_see_what_was_collected() -> None:
    world = started("multi_instance/flows_behind", voters=["ann"], winner="yes", loser="no")
    world.complete("vote", answer="no")
    assert world.waiting() == ["mourn"]


def test_when_no_flow_behind_it_fits_the_repair_keeps_what_was_collected() -> None:
    world = started("multi_instance/flows_behind", voters=["ann"], winner="yes", loser="no")
    world.complete("vote", answer="perhaps")
    assert (world.stuck(), world.variable("answers")) == ([("vote", "flow.no-match")], None)
    world.repair(winner="perhaps")
    assert (world.waiting(), world.variable("answers")) == (["celebrate"], ["perhaps"])


# -- the completion condition ----------------------------------------------------------------------------


@UNTIL
def test_the_completion_condition_ends_the_rest(name: str) -> None:
    world = started(name, guests=["ann", "bob", "eve"], enough=2)
    world.complete("ask_guest")
    assert world.status() == "running"
    world.complete("ask_guest")
    assert (world.status(), world.tasks(), world.variable("asked")) == ("completed", [], ["ann", "bob"])


@UNTIL
def test_the_completion_condition_sees_the_variables_of_the_round_that_ends(name: str) -> None:
    world = started(name, guests=["ann", "bob", "eve"], enough=ALL, star="ann")
    world.complete("ask_guest")
    assert (world.status(), world.variable("asked")) == ("completed", ["ann"])


@UNTIL
def test_a_completion_condition_that_never_holds_lets_all_rounds_be_done(name: str) -> None:
    world = started(name, guests=["ann", "bob"], enough=ALL)
    complete_all(world)
    assert (world.status(), world.variable("asked")) == ("completed", ["ann", "bob"])


def test_the_completion_condition_sees_all_numbers() -> None:
    world = started("multi_instance/counts", guests=["ann", "bob", "eve"], left=1)
    world.complete("ask_guest")
    assert world.status() == "running"
    world.complete("ask_guest")
    assert world.status() == "completed"


@SCRIPT
def test_automatic_rounds_stop_at_the_completion_condition(name: str) -> None:
    world = started(name, numbers=[1, 2, 3, 4], people=1, enough=2)
    assert (world.status(), world.variable("shares")) == ("completed", [1, 2])


def test_automatic_sub_processes_stop_at_the_completion_condition() -> None:
    world = started("multi_instance/automatic_sub_process", rooms=["kitchen", "hall", "cellar"])
    assert (world.status(), world.path()[-3:]) == ("completed", ["room", "room", "found"])


@UNTIL
def test_a_wrong_completion_condition_is_an_incident_on_the_round(name: str) -> None:
    world = started(name, guests=["ann", "bob"], enough="some")
    world.complete("ask_guest")
    assert [(incident.element, incident.phase) for incident in world.incidents()] == [("ask_guest", "leave")]
    world.repair(enough=1)
    assert (world.status(), world.variable("asked")) == ("completed", ["ann"])


# -- stuck rounds ----------------------------------------------------------------------------------------


def test_a_stuck_round_holds_the_whole_and_its_retry_counts_no_repetition() -> None:
    world = started("multi_instance/parallel_script", numbers=[2, 4], people="none", enough=ALL)
    assert world.stuck() == [("share", "expression.failed")] * 2
    world.repair(people=2)
    assert (world.status(), world.variable("shares")) == ("completed", [1, 2])


def test_a_round_that_was_stuck_in_its_inputs_has_them_after_the_repair() -> None:
    world = started("multi_instance/inputs", donors=["ann", "bob"], total=60, people="some")
    for task in world.tasks():
        world.do(c.OpenUserTask(task.key))
    assert world.stuck() == [("donate", "expression.failed")] * 2
    world.repair(people=2)
    complete_all(world)
    assert (world.status(), world.variable("parts")) == ("completed", [30, 30])


def test_in_sequence_a_stuck_round_keeps_the_next_from_beginning() -> None:
    world = started("multi_instance/sequential_script", numbers=[2, 4], people="none", enough=ALL)
    assert world.stuck() == [("share", "expression.failed")]
    world.repair(people=2)
    assert (world.status(), world.variable("shares")) == ("completed", [1, 2])


def test_a_failed_job_of_one_round_leaves_the_others_alone() -> None:
    world = started("multi_instance/service", names=["ann", "bob"], mark="!")
    world.fail("greet")
    world.succeed("greet", {"text": "hello"})
    assert (world.stuck(), world.status()) == ([("greet", "job.failed")], "running")
    world.repair()
    world.succeed("greet", {"text": "good day"})
    assert (world.status(), world.variable("answers")) == ("completed", ["good day!", "hello!"])


# -- many rounds -----------------------------------------------------------------------------------------


@SCRIPT
def test_more_rounds_than_one_transaction_may_enter_go_on_in_the_next(name: str) -> None:
    world = World.file(name, budget=10)
    world.start(numbers=list(range(25)), people=1, enough=ALL)
    assert world.status() == "running"
    world.go_on()
    assert (world.status(), world.variable("shares")) == ("completed", list(range(25)))


def test_no_transaction_creates_more_rounds_than_its_budget() -> None:
    world = World.file("multi_instance/many", budget=10)
    world.start(soon="PT1H")
    assert len(world.tasks()) <= 10
    world.go_on()
    assert len(world.tasks()) == 25


def test_many_slices_of_a_large_list_come_in_order() -> None:
    world = World.file("multi_instance/sequential_script", budget=40)
    world.start(numbers=list(range(350)), people=1, enough=ALL)
    world.go_on()
    assert world.variable("shares") == list(range(350))
