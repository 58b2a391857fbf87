from stepwell.engine import commands as c
from tests.engine.drawing import end, gateway, process, script, start, sub, task, user
from tests.engine.world import World, conditional, flows


def block(more: str = "") -> bytes:
    inner = (
        start() + gateway("inclusive", "f", default="f_c") + user("a") + user("b") + user("c") + gateway("inclusive", "j")
        + user("after") + flows("s f c j after", "a j", "b j") + conditional("f", "a", "x &gt; 1")
        + conditional("f", "b", "x &gt; 2") + more
    )  # fmt: skip
    return process(inner)


def started(x: object) -> World:
    world = World.of(block())
    world.start(x=x)
    return world


def test_every_flow_whose_condition_holds_is_taken() -> None:
    assert started(3).waiting() == ["a", "b"]


def test_one_flow_may_be_all() -> None:
    assert started(2).waiting() == ["a"]


def test_the_default_is_taken_only_if_nothing_else_is() -> None:
    assert started(1).waiting() == ["c"]


def test_the_join_waits_for_the_paths_that_were_taken() -> None:
    world = started(3)
    world.complete("a")
    assert world.waiting() == ["b", "j"]


def test_the_join_goes_on_when_all_that_can_come_has_come() -> None:
    world = started(3)
    world.complete("b")
    world.complete("a")
    assert world.waiting() == ["after"]


def test_the_join_does_not_wait_for_paths_that_were_not_taken() -> None:
    world = started(2)
    world.complete("a")
    assert world.waiting() == ["after"]


def test_no_match_and_no_default_is_an_incident_and_a_retry_looks_again() -> None:
    inner = start() + gateway("inclusive", "f") + user("a") + user("b") + flows("s f")
    inner += conditional("f", "a", "x &gt; 1") + conditional("f", "b", "x &gt; 2")
    world = World.of(process(inner))
    world.start(x=0)
    assert [incident.code for incident in world.incidents()] == ["flow.no-match"]
    world.do(c.SetVariables(0, {"x": 2}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert world.waiting() == ["a"]


def test_a_join_that_can_not_choose_is_one_incident_and_goes_on_after_repair() -> None:
    inner = (
        start() + gateway("parallel", "f") + user("a") + user("b") + gateway("inclusive", "j") + user("c") + user("d")
        + flows("s f a j", "f b j") + conditional("j", "c", "x = 1") + conditional("j", "d", "x = 2")
    )  # fmt: skip
    world = World.of(process(inner))
    world.start(x=0)
    world.complete("a")
    world.complete("b")
    assert [incident.element for incident in world.incidents()] == ["j"]
    world.do(c.SetVariables(0, {"x": 2}))
    world.do(c.RetryIncident(world.incidents()[0].key))
    assert world.waiting() == ["d"]


def test_a_path_that_ends_elsewhere_frees_the_join() -> None:
    inner = (
        start() + gateway("parallel", "f") + user("a") + user("b") + gateway("exclusive", "x", default="x_e")
        + gateway("inclusive", "j") + user("after") + end() + flows("s f a j after", "f b x e")
        + conditional("x", "j", "false")
    )  # fmt: skip
    world = World.of(process(inner))
    world.start()
    world.complete("a")
    assert world.waiting() == ["b", "j"]
    world.complete("b")
    assert world.waiting() == ["after"]


def test_in_a_loop_the_join_of_the_first_pass_does_not_wait_for_the_second() -> None:
    inner = (
        start() + gateway("inclusive", "j") + user("a") + gateway("exclusive", "x", default="x_e") + end()
        + flows("s j a x e") + conditional("x", "j", "again")
    )  # fmt: skip
    world = World.of(process(inner))
    world.start()
    world.complete("a", again=True)
    world.complete("a", again=False)
    assert world.status() == "completed"


def test_blocks_may_be_nested() -> None:
    inner = (
        start() + gateway("inclusive", "f") + gateway("inclusive", "g") + user("a") + user("b") + user("c")
        + gateway("inclusive", "k") + gateway("inclusive", "j") + user("after")
        + flows("s f", "a k j after", "b k", "c j")
        + conditional("f", "g", "true") + conditional("f", "c", "true")
        + conditional("g", "a", "true") + conditional("g", "b", "true")
    )  # fmt: skip
    world = World.of(process(inner))
    world.start()
    for name in ("c", "a"):
        world.complete(name)
    assert world.waiting() == ["b", "j", "k"]
    world.complete("b")
    assert world.waiting() == ["after"]


def test_a_token_in_a_sub_process_before_the_join_holds_it() -> None:
    inner = (
        start() + gateway("parallel", "f") + user("a") + sub("x", start("i") + user("b") + flows("i b"))
        + gateway("inclusive", "j") + user("after") + flows("s f a j after", "f x j")
    )  # fmt: skip
    world = World.of(process(inner))
    world.start()
    world.complete("a")
    assert world.waiting() == ["x", "b", "j"]
    world.complete("b")
    assert world.waiting() == ["after"]


def test_automatic_paths_are_all_followed_before_the_join_looks() -> None:
    inner = (
        start() + gateway("parallel", "f") + script("a", "{n: 1}") + script("b", "{m: 1}") + task("task", "b2")
        + gateway("inclusive", "j") + user("after") + flows("s f a j after", "f b b2 j")
    )  # fmt: skip
    world = World.of(process(inner))
    world.start()
    assert world.path().count("j") == 1


def test_a_start_quantity_that_is_met_frees_the_join_when_its_path_ends() -> None:
    inner = (
        start() + gateway("parallel", "f") + user("a") + user("b1") + user("b2") + task("task", "t", startQuantity=2)
        + gateway("exclusive", "x", default="x_e") + gateway("inclusive", "j") + user("after") + end()
        + flows("s f a j after", "f b1 t", "f b2 t x e") + conditional("x", "j", "false")
    )  # fmt: skip
    world = World.of(process(inner))
    world.start()
    for name in ("a", "b1", "b2"):
        world.complete(name)
    assert world.waiting() == ["after"]
