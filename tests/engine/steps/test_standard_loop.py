from tests.engine.world import World, started


def test_it_is_done_once_before_the_condition_is_asked() -> None:
    assert started("standard_loop/test_after", n=0, most=0).variable("n") == 1


def test_it_goes_on_while_the_condition_holds() -> None:
    assert started("standard_loop/test_after", n=0, most=5).variable("n") == 5


def test_with_test_before_it_may_never_be_done() -> None:
    world = started("standard_loop/test_before", n=0, most=0)
    assert (world.status(), world.variable("n")) == ("completed", 0)


def test_with_test_before_it_goes_on_while_the_condition_holds() -> None:
    assert started("standard_loop/test_before", n=0, most=5).variable("n") == 5


def test_the_maximum_ends_it() -> None:
    assert started("standard_loop/maximum", n=0, most=5).variable("n") == 3


def test_the_condition_may_end_it_before_the_maximum() -> None:
    assert started("standard_loop/maximum", n=0, most=2).variable("n") == 2


def test_the_maximum_may_stand_alone() -> None:
    assert started("standard_loop/maximum_alone", n=0).variable("n") == 3


def test_each_round_sees_its_number_and_the_condition_how_many_there_were() -> None:
    assert started("standard_loop/counter", seen=[]).variable("seen") == [1, 2, 3, 4]


def test_rounds_share_their_variables() -> None:
    world = started("standard_loop/try_again")
    world.complete("sit_exam", again=True, mark=5)
    world.complete("sit_exam", again=False)
    assert (world.status(), world.variable("again"), world.variable("mark")) == ("completed", False, 5)


def test_only_one_round_is_active() -> None:
    world = started("standard_loop/try_again")
    world.complete("sit_exam", again=True)
    assert (len(world.tasks()), world.waiting()) == (1, ["sit_exam", "sit_exam"])


def test_a_wrong_condition_is_an_incident_on_the_loop_and_goes_on_after_repair() -> None:
    world = started("standard_loop/try_again")
    world.complete("sit_exam", again="maybe")
    assert world.stuck() == [("sit_exam", "condition.not-boolean")]
    world.repair(again=True)
    assert [task.element for task in world.tasks()] == ["sit_exam"]


def test_a_wrong_condition_that_is_asked_before_begins_no_round() -> None:
    world = started("standard_loop/test_before", n=0, most="many")
    assert (world.stuck(), world.variable("n")) == ([("add_one", "expression.failed")], 0)
    world.repair(most=2)
    assert (world.status(), world.variable("n")) == ("completed", 2)


def test_a_sub_process_may_loop() -> None:
    assert started("standard_loop/sub_process", laps=0).variable("laps") == 3


def test_outputs_are_set_after_every_round() -> None:
    assert started("standard_loop/outputs", n=0).variable("n") == 3


def test_it_leads_on_once() -> None:
    assert started("standard_loop/test_after", n=0, most=5).path().count("counted") == 1


def test_its_rounds_do_not_count_as_repetitions() -> None:
    world = World.file("standard_loop/test_after", max_repetitions=5)
    world.start(n=0, most=50)
    assert world.variable("n") == 50


def test_more_rounds_than_one_transaction_may_enter_go_on_in_the_next() -> None:
    world = World.file("standard_loop/test_after", budget=10)
    world.start(n=0, most=50)
    assert world.status() == "running"
    world.go_on()
    assert (world.status(), world.variable("n")) == ("completed", 50)


def test_a_timer_ends_all_further_rounds() -> None:
    world = started("standard_loop/try_again")
    world.complete("sit_exam", again=True)
    world.pass_time(3600)
    assert world.waiting() == ["leave"]
