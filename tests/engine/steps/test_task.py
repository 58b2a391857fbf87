from tests.engine.drawing import around, taken, task, user
from tests.engine.world import World, flows


def test_a_task_of_no_kind_passes() -> None:
    world = World.of(around(task("task", "t")))
    world.start()
    assert world.path() == ["s", "t", "e"]


def test_a_task_that_passes_leaves_no_row() -> None:
    world = World.of(around(task("task", "t"), user("u"), flows("t u")))
    world.start()
    assert [row.key for row in world.states[1].elements.values()] == [1]


def test_its_outputs_are_set() -> None:
    world = World.of(around(task("task", "t", taken("n", "= 1 + 1"))))
    world.start()
    assert world.variable("n") == 2
