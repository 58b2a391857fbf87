"""A command that crashes in the middle leaves the state exactly as it was (an exception is our bug, not an event)."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from stepwell.engine import commands as c
from stepwell.engine.run import At, Run
from stepwell.engine.state import State
from stepwell.engine.step import Step
from tests.engine.drawing import (
    around,
    boundary,
    each,
    end,
    gateway,
    process,
    script,
    start,
    sub,
    task,
    timer,
    user,
)
from tests.engine.truth import rows_of
from tests.engine.world import World, flows


@dataclass(frozen=True)
class Crash(Step):
    """A step with a bug."""

    tag: ClassVar[str] = ""

    def enter(self, run: Run, at: At) -> None:
        run.activate(at)
        raise ZeroDivisionError


def crashing(xml: bytes, element: str = "x", **settings: int) -> World:
    world = World.of(xml, **settings)
    world.definitions["p"].elements[element].step = Crash()
    return world


def everything(state: State) -> tuple[object, ...]:
    return rows_of(state), dict(state.joins), state.last_key, len(state.journal)


def crash(world: World, command: c.Command) -> None:
    """The command crashes, and nothing has changed."""
    before = everything(world.states[1])
    with pytest.raises(ZeroDivisionError):
        world.do(command)
    assert everything(world.states[1]) == before


def test_a_completion_that_crashes_behind_the_task_leaves_the_task() -> None:
    world = crashing(
        process(start() + user("a") + script("y", "{n: 2}") + task("task", "x") + flows("s a y x"))
    )
    world.start(n=1)
    crash(world, c.CompleteUserTask(world.tasks()[0].key, {"m": 1}))


def test_the_same_command_may_come_again_after_the_bug_is_gone() -> None:
    world = crashing(process(start() + user("a") + task("task", "x") + flows("s a x")))
    world.start()
    good = (
        world.definitions["p"].elements["a_end"].step
        if "a_end" in world.definitions["p"].elements
        else Step()
    )
    crash(world, c.CompleteUserTask(world.tasks()[0].key, {}))
    world.definitions["p"].elements["x"].step = good
    world.complete("a")
    assert world.status() == "completed"


def test_tokens_at_a_join_are_as_before() -> None:
    inner = (
        start()
        + gateway("parallel", "f")
        + user("a")
        + user("b")
        + gateway("parallel", "j")
        + task("task", "x")
    )
    world = crashing(process(inner + flows("s f a j x", "f b j")))
    world.start()
    world.complete("a")
    crash(world, c.CompleteUserTask(world.tasks()[0].key, {}))


def test_an_interrupted_sub_process_is_as_before() -> None:
    inner = start("i") + gateway("parallel", "f") + user("a") + user("b") + flows("i f a", "f b")
    world = crashing(
        around(sub("z", inner), boundary("t", "z", timer("PT1H")), task("task", "x"), flows("t x"))
    )
    world.start()
    crash(world, c.FireTimer(world.job("t").key))


def test_a_multi_instance_is_as_before() -> None:
    asked = user("a", inner=each("= [1, 2, 3]", "n", False, "out", "n", "true"))
    world = crashing(process(start() + asked + task("task", "x") + flows("s a x")))
    world.start()
    crash(world, c.CompleteUserTask(world.tasks()[0].key, {}))


def test_a_start_that_crashes_leaves_no_instance() -> None:
    world = crashing(process(start() + user("a") + task("task", "x") + end() + flows("s x e", "s a")))
    with pytest.raises(ZeroDivisionError):
        world.start()
    assert world.states == {}


def test_a_retry_that_crashes_leaves_the_incident() -> None:
    world = crashing(process(start() + script("y", "{n: 1 / m}") + task("task", "x") + flows("s y x")))
    world.start(m="none")
    world.do(c.SetVariables(0, {"m": 1}))
    crash(world, c.RetryIncident(world.incidents()[0].key))


def test_a_continuation_that_crashes_leaves_its_job_and_what_is_pending() -> None:
    names = [f"u{n}" for n in range(6)]
    inner = start() + gateway("parallel", "f") + "".join(map(user, names)) + task("task", "x")
    world = crashing(process(inner + flows("s f x", *(f"f {name}" for name in names))), budget=2)
    world.start()
    (job,) = world.states[1].jobs.values()
    crash(world, c.Continue(job.key))
