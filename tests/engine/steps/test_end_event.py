from tests.engine.drawing import (
    TERMINATE,
    a_message,
    a_signal,
    an_error,
    boundary,
    catch,
    element,
    end,
    error,
    extended,
    gateway,
    given,
    message,
    process,
    signal,
    start,
    sub,
    taken,
    user,
)
from tests.engine.world import World, flows

FORK = start() + gateway("parallel", "f") + user("a") + user("b") + flows("s f a", "f b")


def test_an_instance_runs_on_until_every_path_has_ended() -> None:
    world = World.of(process(FORK + end("e1") + end("e2") + flows("a e1", "b e2")))
    world.start()
    world.complete("a")
    assert world.status() == "running"


def test_terminate_ends_everything_that_is_active() -> None:
    world = World.of(process(FORK + end("now", TERMINATE) + end() + flows("a now", "b e")))
    world.start()
    world.complete("a")
    assert (world.status(), world.waiting(), world.tasks()) == ("completed", [], [])


def test_terminate_in_a_sub_process_ends_only_the_sub_process() -> None:
    inner = FORK + end("now", TERMINATE) + flows("a now")
    world = World.of(process(start("s0") + sub("x", inner) + user("after") + flows("s0 x after")))
    world.start()
    world.complete("a")
    assert world.waiting() == ["after"]


def test_terminate_stops_the_paths_that_are_just_going() -> None:
    inner = (
        start()
        + gateway("parallel", "f")
        + end("now", TERMINATE)
        + user("b")
        + user("c")
        + flows("s f now", "f b c")
    )
    world = World.of(process(inner))
    world.start()
    assert (world.status(), world.path()) == ("completed", ["s", "f", "now"])


def test_a_message_end_event_throws_its_inputs() -> None:
    inner = start() + end("e", extended(given("amount", "= 2 + 3")) + message("paid")) + flows("s e")
    receiver = process(start() + catch("c", message("paid")) + flows("s c"), roots=a_message("paid"), id="r")
    world = World.of(process(inner, roots=a_message("paid")), receiver)
    world.start("r")
    world.start()
    assert (world.status(1), world.variable("amount", 1)) == ("completed", 5)


def test_a_signal_end_event_reaches_a_waiting_path_of_its_own_instance() -> None:
    inner = (
        start() + gateway("parallel", "f") + catch("c", signal("go")) + user("late") + end("e", signal("go"))
        + flows("s f c late", "f e")
    )  # fmt: skip
    world = World.of(process(inner, roots=a_signal("go")))
    world.start()
    assert world.waiting() == ["late"]


def test_an_error_end_event_leaves_its_sub_process_by_the_boundary() -> None:
    inner = start() + gateway("parallel", "f") + user("a") + end("bad", error("oops")) + user("hold")
    inner += flows("s f a bad", "f hold")
    outer = (
        start("s0")
        + sub("x", inner)
        + boundary("b", "x", error("oops"))
        + user("mend")
        + flows("s0 x", "b mend")
    )
    world = World.of(process(outer, roots=an_error("oops")))
    world.start()
    world.complete("a")
    assert world.waiting() == ["mend"]


def test_an_error_that_nobody_catches_is_an_incident_on_the_end_event() -> None:
    world = World.of(
        process(start() + end("bad", error("oops")) + flows("s bad"), roots=an_error("oops", "E1"))
    )
    world.start()
    (incident,) = world.incidents()
    assert (incident.element, incident.code) == ("bad", "error.uncaught")
    assert "'E1'" in incident.message


def test_an_end_event_with_a_wrong_output_throws_its_error_only_after_the_repair() -> None:
    bad = element("endEvent", "bad", extended(taken("n", "= 1 / divisor")) + error("oops"))
    inner = start() + bad + flows("s bad")
    outer = (
        start("s0")
        + sub("x", inner)
        + boundary("b", "x", error("oops"))
        + user("mend")
        + flows("s0 x", "b mend")
    )
    world = World.of(process(outer, roots=an_error("oops")))
    world.start(divisor="none")
    assert world.waiting() == ["x", "bad"]
