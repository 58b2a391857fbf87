from stepwell.engine import commands as c
from tests.engine.drawing import end, gateway, process, start, task, user
from tests.engine.world import World, conditional, flows

BLOCK = process(
    start() + gateway("parallel", "f") + user("a") + user("b") + gateway("parallel", "j") + user("after")
    + flows("s f a j after", "f b j")
)  # fmt: skip
TWICE = process(
    start() + gateway("parallel", "f") + user("a1") + user("a2") + gateway("exclusive", "m") + user("b")
    + gateway("parallel", "j") + user("after") + flows("s f a1 m j after", "f a2 m", "f b j")
)  # fmt: skip


def test_it_takes_every_flow() -> None:
    world = World.of(BLOCK)
    world.start()
    assert world.waiting() == ["a", "b"]


def test_the_join_waits_for_every_flow() -> None:
    world = World.of(BLOCK)
    world.start()
    world.complete("a")
    assert world.waiting() == ["b", "j"]


def test_the_join_goes_on_once() -> None:
    world = World.of(BLOCK)
    world.start()
    world.complete("a")
    world.complete("b")
    assert world.waiting() == ["after"]


def test_two_tokens_on_one_flow_do_not_make_it_go_on() -> None:
    world = World.of(TWICE)
    world.start()
    world.complete("a1")
    world.complete("a2")
    assert world.waiting() == ["b", "j"]


def test_it_consumes_one_token_of_each_flow_and_keeps_the_rest() -> None:
    world = World.of(TWICE)
    world.start()
    for name in ("a1", "a2", "b"):
        world.complete(name)
    waiting = {row.flow: row.tokens for row in world.states[1].flows.values()}
    assert (world.waiting(), waiting) == (["j", "after"], {"m_j": 1})


def test_what_is_left_waiting_for_ever_is_told_when_nothing_else_is_active() -> None:
    world = World.of(TWICE)
    world.start()
    for name in ("a1", "a2", "b", "after"):
        world.complete(name)
    assert [incident.code for incident in world.incidents()] == ["join.waits-forever"]


def test_a_join_that_an_exclusive_choice_starves_is_told_at_once() -> None:
    inner = (
        start() + user("u") + gateway("exclusive", "x", default="x_b") + task("task", "a") + task("task", "b")
    )
    inner += gateway("parallel", "j") + end() + flows("s u x b j e", "a j") + conditional("x", "a", "false")
    world = World.of(process(inner))
    world.start()
    world.complete("u")
    (incident,) = world.incidents()
    assert (incident.code, incident.phase, "j" in incident.message) == ("join.waits-forever", "join", True)


def test_a_retry_of_a_starved_join_says_the_same_again_and_only_once() -> None:
    inner = start() + gateway("exclusive", "x", default="x_b") + task("task", "a") + task("task", "b")
    inner += gateway("parallel", "j") + end() + flows("s x b j e", "a j") + conditional("x", "a", "false")
    world = World.of(process(inner))
    world.start()
    world.do(c.RetryIncident(0))
    assert len(world.incidents()) == 1


def test_a_gateway_may_join_and_fork_at_once() -> None:
    inner = (
        start()
        + gateway("parallel", "f")
        + user("a")
        + user("b")
        + gateway("parallel", "j")
        + user("c")
        + user("d")
    )
    world = World.of(process(inner + flows("s f a j c", "f b j d")))
    world.start()
    world.complete("a")
    world.complete("b")
    assert world.waiting() == ["c", "d"]


def test_with_one_incoming_flow_it_does_not_wait() -> None:
    world = World.of(
        process(start() + gateway("parallel", "f") + user("a") + user("b") + flows("s f a", "f b"))
    )
    world.start()
    assert "f" in world.path()
