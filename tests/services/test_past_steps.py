"""Steps as the history tells of them: whose they were at last, and how they ended."""

import pytest

from stepwell.engine import commands as c
from stepwell.library import Engine
from stepwell.services import past_steps
from stepwell.services.past_steps import PastStep
from stepwell.services.requests import OnInstance
from tests.engine.world import flows
from tests.engine.world import process as drawn
from tests.store.instances import Clock
from tests.worker.office import user

SECOND = 1_000_000


@pytest.fixture
def id(engine: Engine) -> int:
    """An instance with a step for ada (2) and one for bob (3)."""
    engine.deploy(
        drawn(
            '<bpmn:startEvent id="start"/><bpmn:parallelGateway id="fork"/><bpmn:endEvent id="end"/>'
            + user("a", "ada")
            + user("b", "bob")
            + flows("start fork a end", "fork b end")
        )
    )
    return int(engine.start("p").id)


def submit(engine: Engine, id: int, *commands: c.Command) -> None:
    for command in commands:
        engine.submit(OnInstance(id, command, command.key))  # type: ignore[attr-defined]


def told(engine: Engine, id: int, *keys: int) -> dict[int, PastStep | None]:
    with engine.store.reading() as session:
        return past_steps.of(session, id, frozenset(keys))


def keys(engine: Engine, id: int) -> dict[str, int]:
    """The steps by element."""
    found = engine.tasks(instance=id).items
    return {task.element: int(task.id.partition("-")[2]) for task in found}


def test_a_step_far_back_is_found_as_it_was_at_last(engine: Engine, id: int) -> None:
    a, b = (keys(engine, id)[name] for name in "ab")
    submit(engine, id, c.ReassignUserTask(a, "joe", (), ("clerks",), actor="ada"))
    submit(engine, id, c.CancelUserTask(a, actor="boss"))
    turns = [c.ReassignUserTask(b, name, actor="bob") for name in ("eve", "bob") * 40]
    submit(engine, id, *turns)
    step = told(engine, id, a)[a]
    assert step is not None
    assert (step.task.assignee, step.task.candidate_roles) == ("joe", ("clerks",))
    assert (step.is_completed, step.actor) == (False, "boss")


def test_a_step_that_is_done_tells_by_whom(engine: Engine, id: int) -> None:
    a = keys(engine, id)["a"]
    engine.complete(f"{id}-{a}", actor="ada")
    step = told(engine, id, a)[a]
    assert step is not None
    assert (step.is_completed, step.by) == (True, "ada")


def test_of_what_is_no_step_it_tells_that_and_of_what_never_was_nothing(engine: Engine, id: int) -> None:
    engine.complete(f"{id}-{keys(engine, id)['a']}", actor="ada")
    assert told(engine, id, 99) == {}


def test_a_step_from_before_the_history_was_shortened_is_told_as_it_was_then(
    engine: Engine, clock: Clock, id: int
) -> None:
    a = keys(engine, id)["a"]
    submit(engine, id, c.ReassignUserTask(a, "joe", actor="ada"))
    clock.now += SECOND
    engine.store.trim_history(clock.now)
    submit(engine, id, c.CancelUserTask(a, actor="boss"))
    step = told(engine, id, a)[a]
    assert step is not None
    assert (step.task.assignee, step.is_completed, step.actor) == ("joe", False, "boss")
