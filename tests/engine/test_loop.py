from stepwell.engine import commands as c
from tests.engine.drawing import around, boundary, loop, script, start, sub, taken, timer, user
from tests.engine.world import World, flows


def counting(characteristics: str, **values: object) -> World:
    world = World.of(around(script("x", "{n: n + 1}", inner=characteristics)))
    world.start(**{"n": 0, **values})
    return world


def test_it_is_done_once_before_the_condition_is_asked() -> None:
    assert counting(loop("false")).variable("n") == 1


def test_it_goes_on_while_the_condition_holds() -> None:
    assert counting(loop("n < 5")).variable("n") == 5


def test_with_test_before_it_may_never_be_done() -> None:
    world = counting(loop("false", test_before=True))
    assert (world.status(), world.variable("n")) == ("completed", 0)


def test_the_maximum_ends_it() -> None:
    assert counting(loop("true", maximum=3)).variable("n") == 3


def test_the_maximum_may_stand_alone() -> None:
    assert counting(loop(maximum=3)).variable("n") == 3


def test_the_condition_sees_how_many_rounds_there_were() -> None:
    assert counting(loop("loopCounter < 4")).variable("n") == 4


def test_rounds_share_their_variables() -> None:
    world = World.of(around(user("a", inner=loop("again"))))
    world.start()
    world.complete("a", again=True)
    world.complete("a", again=False)
    assert (world.status(), world.variable("again")) == ("completed", False)


def test_a_wrong_condition_is_an_incident_on_the_loop_and_goes_on_after_repair() -> None:
    world = World.of(around(user("a", inner=loop("again"))))
    world.start()
    world.complete("a", again="maybe")
    assert [(incident.element, incident.code) for incident in world.incidents()] == [
        ("a", "condition.not-boolean")
    ]
    world.do(c.SetVariables(0, {"again": True}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert [task.element for task in world.tasks()] == ["a"]


def test_a_sub_process_may_loop() -> None:
    world = World.of(
        around(sub("x", start("i") + script("y", "{n: n + 1}") + flows("i y"), inner=loop("n < 3")))
    )
    world.start(n=0)
    assert world.variable("n") == 3


def test_outputs_are_set_after_every_round() -> None:
    world = World.of(around(script("x", "n + 1", taken("n", "= result"), inner=loop("n < 3"))))
    world.start(n=0)
    assert world.variable("n") == 3


def test_its_rounds_do_not_count_as_repetitions() -> None:
    world = World.of(around(script("x", "{n: n + 1}", inner=loop("n < 50"))), max_repetitions=5)
    world.start(n=0)
    assert world.variable("n") == 50


def test_more_rounds_than_one_transaction_may_enter_go_on_in_the_next() -> None:
    world = World.of(around(script("x", "{n: n + 1}", inner=loop("n < 50"))), budget=10)
    world.start(n=0)
    world.go_on()
    assert (world.status(), world.variable("n")) == ("completed", 50)


def test_a_timer_ends_all_further_rounds() -> None:
    world = World.of(
        around(user("a", inner=loop("true")), boundary("b", "a", timer("PT1H")), user("c"), flows("b c"))
    )
    world.start()
    world.complete("a")
    world.pass_time(3600)
    assert world.waiting() == ["c"]
