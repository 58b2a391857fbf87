import pytest

from stepwell.engine import commands as c
from tests.engine.drawing import (
    a_message,
    a_signal,
    an_error,
    around,
    boundary,
    catch,
    each,
    end,
    error,
    gateway,
    given,
    loop,
    message,
    process,
    service,
    signal,
    start,
    sub,
    taken,
    timer,
    user,
)
from tests.engine.world import World, flows

ROOTS = a_message("m") + a_signal("g") + an_error("oops", "E1") + an_error("other", "E2")


def hosted(definition: str, interrupting: bool = True, host: str = "", *extensions: str) -> World:
    world = World.of(
        around(host or user("h"), boundary("b", "h", definition, interrupting, *extensions), user("c"), flows("b c"),
               roots=ROOTS)
    )  # fmt: skip
    world.start(numbers=[1, 2], again=True)
    return world


def test_an_interrupting_timer_ends_the_activity() -> None:
    world = hosted(timer("PT1H"))
    world.pass_time(3600)
    assert (world.waiting(), world.tasks()[0].element) == (["c"], "c")


def test_a_timer_that_does_not_interrupt_leaves_the_activity_running() -> None:
    world = hosted(timer("PT1H"), False)
    world.pass_time(3600)
    assert world.waiting() == ["h", "c"]


def test_the_end_of_the_activity_ends_the_waiting() -> None:
    world = hosted(timer("PT1H"))
    world.complete("h")
    assert (world.status(), dict(world.states[1].jobs)) == ("completed", {})


def test_a_cycle_comes_again_until_the_activity_ends() -> None:
    world = hosted(timer(cycle="R/PT1H"), False)
    world.pass_time(3 * 3600)
    assert world.waiting() == ["h", "c", "c", "c"]


def test_a_cycle_with_a_number_comes_so_often() -> None:
    world = hosted(timer(cycle="R2/PT1H"), False)
    world.pass_time(10 * 3600)
    assert world.waiting() == ["h", "c", "c"]


def test_an_interrupting_message_ends_the_activity_and_brings_its_values() -> None:
    world = hosted(message("m"))
    world.publish("m", n=1)
    assert (world.waiting(), world.variable("n")) == (["c"], 1)


def test_a_message_that_does_not_interrupt_comes_as_often_as_it_is_sent() -> None:
    world = hosted(message("m"), False)
    world.publish("m")
    world.publish("m")
    assert world.waiting() == ["h", "c", "c"]


@pytest.mark.parametrize(("interrupting", "waiting"), [(True, ["c"]), (False, ["h", "c"])])
def test_a_signal(interrupting: bool, waiting: list[str]) -> None:
    world = hosted(signal("g"), interrupting)
    world.signal("g")
    assert world.waiting() == waiting


def test_outputs_of_the_event_see_its_values() -> None:
    world = hosted(message("m"), True, "", taken("double", "= n * 2"))
    world.publish("m", n=4)
    assert (world.variable("double"), world.variable("n")) == (8, None)


def test_a_wrong_output_of_the_event_is_an_incident_behind_the_ended_activity() -> None:
    world = hosted(message("m"), True, "", taken("part", "= 1 / n"))
    world.publish("m", n="none")
    assert (world.waiting(), [incident.element for incident in world.incidents()]) == (["b"], ["b"])


def test_an_error_takes_the_event_with_its_code_before_the_one_that_catches_all() -> None:
    world = World.of(
        around(service("h"), boundary("every", "h", error()), boundary("one", "h", error("oops")), user("c"), user("d"),
               flows("every c", "one d"), roots=ROOTS)
    )  # fmt: skip
    world.start()
    world.fail("h", code="E1")
    assert world.waiting() == ["d"]


def test_any_other_error_takes_the_one_that_catches_all() -> None:
    world = World.of(
        around(service("h"), boundary("one", "h", error("oops")), boundary("every", "h", error()), user("c"), user("d"),
               flows("every c", "one d"), roots=ROOTS)
    )  # fmt: skip
    world.start()
    world.fail("h", code="E2")
    assert world.waiting() == ["c"]


def test_an_error_goes_outwards_to_the_first_who_catches_it() -> None:
    inner = sub("y", start("k") + service("w") + flows("k w"))
    host = sub(
        "h", start("i") + inner + boundary("not", "y", error("other")) + user("d") + flows("i y", "not d")
    )
    world = hosted(error("oops"), True, host)
    world.fail("w", code="E1")
    assert world.waiting() == ["c"]


def test_outputs_see_code_and_message_of_the_error() -> None:
    world = hosted(error(), True, service("h"), taken("text", '= errorCode + ": " + errorMessage'))
    world.fail("h", "no stock", code="E1")
    assert world.variable("text") == "E1: no stock"


def test_an_interrupted_sub_process_ends_with_all_that_is_in_it() -> None:
    inner = start("i") + gateway("parallel", "f") + user("x") + service("w") + catch("t", timer("PT9H"))
    world = hosted(timer("PT1H"), True, sub("h", inner + flows("i f x", "f w", "f t")))
    world.pass_time(3600)
    assert (world.waiting(), dict(world.states[1].jobs), len(world.tasks())) == (["c"], {}, 1)


def test_a_message_to_a_sub_process_that_does_not_interrupt_goes_on_beside_it() -> None:
    world = hosted(message("m"), False, sub("h", start("i") + user("x") + flows("i x")))
    world.publish("m")
    assert world.waiting() == ["h", "x", "c"]


@pytest.mark.parametrize("sequential", [False, True])
def test_on_a_multi_instance_it_belongs_to_the_whole(sequential: bool) -> None:
    world = hosted(timer("PT1H"), True, user("h", inner=each("numbers", sequential=sequential)))
    assert len(world.states[1].jobs) == 1
    world.pass_time(3600)
    assert world.waiting() == ["c"]


def test_on_a_loop_it_waits_once_for_all_rounds() -> None:
    world = hosted(timer("PT1H"), False, user("h", inner=loop("again")))
    world.complete("h")
    world.pass_time(3600)
    assert world.waiting() == ["h", "c", "h"] or world.waiting() == ["h", "h", "c"]


def test_an_error_in_one_round_ends_all_rounds() -> None:
    world = hosted(error("oops"), True, service("h", inner=each("numbers")))
    world.fail("h", code="E1")
    assert (world.waiting(), dict(world.states[1].jobs)) == (["c"], {})


def test_it_does_not_wait_while_its_activity_is_stuck_in_its_inputs() -> None:
    world = World.of(
        around(user("h", given("n", "= 1 / m")), boundary("b", "h", timer("PT1H")), user("c"), flows("b c"))
    )
    world.start(m="none")
    assert dict(world.states[1].jobs) == {}
    world.do(c.SetVariables(0, {"m": 1}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert len(world.states[1].jobs) == 1


def test_it_still_comes_while_a_failed_job_waits_for_repair() -> None:
    world = hosted(timer("PT1H"), True, service("h", settings='retries="0"'))
    world.fail("h")
    world.pass_time(3600)
    assert (world.waiting(), world.incidents(), world.states[1].instance.incidents) == (["c"], [], 0)


def test_two_events_at_one_activity_and_the_first_wins() -> None:
    world = World.of(
        around(user("h"), boundary("b", "h", timer("PT1H")), boundary("d", "h", message("m")), user("c"), user("f"),
               flows("b c", "d f"), roots=ROOTS)
    )  # fmt: skip
    world.start()
    world.publish("m")
    world.pass_time(7200)
    assert world.waiting() == ["f"]


def test_an_error_loop_through_a_boundary_event_ends_at_the_limit_of_repetitions() -> None:
    failing = sub("h", start("i") + end("bad", error("oops")) + flows("i bad"))
    inner = start() + boundary("b", "h", error("oops")) + failing + end() + flows("s h e", "b h")
    inner = boundary("b", "h", error("oops")) + inner.replace(boundary("b", "h", error("oops")), "")
    world = World.of(process(inner, roots=ROOTS), max_repetitions=5, budget=50)
    world.start()
    for _ in range(20):
        world.go_on()
    assert [incident.code for incident in world.incidents()] == ["repetitions.exceeded"]
